/**
 * Chance without a state: the same seed and keys give the same draw, on every machine and in any order.
 * Keys are whole numbers below 2⁵³, such as an hour since 1970 or the index of a building.
 */
export function hashedUnit(seed: number, ...keys: readonly number[]): number {
  let hash = mix(seed | 0, 0x9e3779b9)
  for (const key of keys) {
    hash = mix(hash, key | 0)
    hash = mix(hash, Math.floor(key / 2 ** 32))
  }
  // Half a step above zero, so that a logarithm of it is finite.
  return ((hash >>> 0) + 0.5) / 2 ** 32
}

/** A standard normal draw, by Box and Muller. */
export function hashedNormal(seed: number, ...keys: readonly number[]): number {
  const radius = Math.sqrt(-2 * Math.log(hashedUnit(seed, 1, ...keys)))
  return radius * Math.cos(2 * Math.PI * hashedUnit(seed, 2, ...keys))
}

/** A draw from Laplace's distribution of mean zero and scale one. */
export function hashedLaplace(seed: number, ...keys: readonly number[]): number {
  const u = hashedUnit(seed, ...keys) - 0.5
  return -Math.sign(u) * Math.log(1 - 2 * Math.abs(u))
}

/** The finalizer of MurmurHash3 over both words. */
function mix(hash: number, word: number): number {
  let h = Math.imul(hash ^ word, 0x85ebca6b) + 0x6d2b79f5
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
