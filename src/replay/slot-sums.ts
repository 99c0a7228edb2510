/** Sum over items and slots. */
export function total<T>(
  items: readonly T[],
  slots: readonly number[],
  of: (item: T) => Float64Array,
): number {
  return sumOf(items, (item) => slots.reduce((sum, k) => sum + value(of(item), k), 0))
}

/** Sum over items, in their order. */
export function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

/** Sum over slots of values times weights. */
export function weighted(slots: readonly number[], values: Float64Array, weights: Float64Array): number {
  return slots.reduce((sum, k) => sum + value(values, k) * value(weights, k), 0)
}

/** Mean over slots. */
export function meanOf(slots: readonly number[], values: Float64Array): number {
  return slots.reduce((sum, k) => sum + value(values, k), 0) / slots.length
}

/** The largest value of the slots, at least zero. */
export function largest(slots: readonly number[], values: Float64Array): number {
  return slots.reduce((most, k) => Math.max(most, value(values, k)), 0)
}

/** The largest mean of a group of slots, such as an hour or a day. */
export function largestMean(
  slots: readonly number[],
  values: Float64Array,
  group: (k: number) => number,
): number {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const k of slots) {
    const part = sums.get(group(k)) ?? { sum: 0, count: 0 }
    sums.set(group(k), { sum: part.sum + value(values, k), count: part.count + 1 })
  }
  let most = 0
  for (const { sum, count } of sums.values()) most = Math.max(most, sum / count)
  return most
}

/** The value of a slot; `NaN` outside the series. */
export function value(values: Float64Array, k: number): number {
  return values[k] ?? Number.NaN
}
