import { normal, uniform } from './chance.ts'

/** Numbers of one stream in order, for drawing what never changes again. */
export interface Draw {
  between(low: number, high: number): number
  /** Cut at two and a half deviations. */
  around(mean: number, deviation: number): number
  happens(chance: number): boolean
}

export function createDraw(key: number): Draw {
  let index = 0
  const next = () => uniform(key, index++)
  return {
    between: (low, high) => low + (high - low) * next(),
    around(mean, deviation) {
      const value = normal(key ^ 0x5bd1e995, index++)
      return mean + deviation * Math.max(-2.5, Math.min(2.5, value))
    },
    happens: (chance) => next() < chance,
  }
}
