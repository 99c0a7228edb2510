/** How unevenly a burden lies: 0 where all bear the same, towards 1 where one bears all; null where none does. */
export function gini(burdens: readonly number[]): number | null {
  const sorted = burdens.toSorted((a, b) => a - b)
  const n = sorted.length
  const sum = sorted.reduce((total, burden) => total + burden, 0)
  if (!(sum > 0)) return null
  const ranked = sorted.reduce((total, burden, i) => total + (2 * (i + 1) - n - 1) * burden, 0)
  return ranked / (n * sum)
}
