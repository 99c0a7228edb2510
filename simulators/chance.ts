/**
 * Counter-based chance: a number depends on its stream's key and its index alone, so that what a controller
 * does never changes which numbers the occupants, draws and sensors see.
 */

function scramble(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** The key of a stream named by its parts, such as seed, building, purpose and zone. */
export function streamKey(...parts: readonly (number | string)[]): number {
  let key = 0x2545f491
  for (const part of parts) {
    const text = String(part)
    for (let i = 0; i < text.length; i++) key = scramble(key ^ Math.imul(text.charCodeAt(i) + i, 0x9e3779b1))
    key = scramble(key + 0x7f4a7c15)
  }
  return key
}

/** In [0, 1). */
export function uniform(key: number, index: number): number {
  const h = scramble(key ^ scramble(Math.imul(index, 0x9e3779b1) + 0x1b873593))
  return (h >>> 0) / 4_294_967_296
}

/** Mean 0, deviation 1. */
export function normal(key: number, index: number): number {
  const u = uniform(key, index * 2)
  const v = uniform(key, index * 2 + 1)
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(6.283185307179586 * v)
}
