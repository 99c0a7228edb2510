/** The q-quantile, 0 ≤ q ≤ 1, linear between order statistics (type 7); undefined for no values. */
export function quantile(values: Iterable<number>, q: number): number | undefined {
  const sorted = Float64Array.from(values).sort()
  return sorted.length === 0 ? undefined : sortedQuantile(sorted, q)
}

/** The same of at least one value, sorted already. */
export function sortedQuantile(sorted: Float64Array, q: number): number {
  const at = Math.max(0, Math.min(1, q)) * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
