/** The q-quantile, 0 ≤ q ≤ 1, linear between order statistics (type 7); undefined for no values. */
export function quantile(values: Iterable<number>, q: number): number | undefined {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0) return undefined
  const at = Math.max(0, Math.min(1, q)) * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
