import { hashedNormal } from '../../core/domain/chance.ts'

/**
 * Smooth noise of mean zero and variance one at any instant, without a past to run through: normal draws at
 * whole multiples of `spanMs`, faded from one to the next so that the variance stays one between them.
 */
export function createNoise(seed: number, stream: number, spanMs: number): (at: number) => number {
  const draws = new Map<number, number>()
  const draw = (node: number) => {
    let value = draws.get(node)
    if (value === undefined) {
      if (draws.size > 10_000) draws.clear()
      value = hashedNormal(seed, stream, node)
      draws.set(node, value)
    }
    return value
  }
  return (at) => {
    const node = Math.floor(at / spanMs)
    const share = at / spanMs - node
    const fade = share * share * (3 - 2 * share)
    return Math.sqrt(1 - fade) * draw(node) + Math.sqrt(fade) * draw(node + 1)
  }
}
