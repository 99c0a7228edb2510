/**
 * How unequally something is shared, 0 where all have the same to nearly 1 where one has it all: half the mean
 * difference of any two over the mean. Undefined where there is nothing to share, or nobody to share it.
 */
export function gini(values: readonly number[]): number | undefined {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  let sum = 0
  let ranked = 0
  for (const [i, value] of sorted.entries()) {
    const held = Math.max(0, value)
    sum += held
    ranked += (i + 1) * held
  }
  const n = sorted.length
  return sum > 0 ? (2 * ranked) / (n * sum) - (n + 1) / n : undefined
}
