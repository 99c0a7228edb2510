import { HOUR_MS, type Instant } from '../domain/instant.ts'

/**
 * How far above the band's lower edge a building is planned, K. It begins with how far its comfort zone strays in four
 * hours for reasons that no plan knows, and learns from what happened (adaptive conformal inference, Gibbs and Candès
 * 2021): a quarter-hour under the edge moves it up, the many others move it down, until one in two hundred is.
 */
export interface LearnedMargin {
  /** What the errors have added, K. */
  readonly addedK: number
  /** Variance of the comfort zone's change in four hours beyond what our offsets did, K². */
  readonly strayK2: number
  /** Such levels of the last hours, oldest first, an hour apart. */
  readonly levels: readonly { readonly at: Instant; readonly c: number }[]
}

/** Before a building has shown how it strays. */
const PRIOR_STRAY_K = 0.2
export const NEW_MARGIN: LearnedMargin = { addedK: 0, strayK2: PRIOR_STRAY_K * PRIOR_STRAY_K, levels: [] }

/** Thermometers are off by some tenths, for good: no error shows it. */
const SENSOR_K = 0.15
const ALLOWED_SHARE = 0.005
const STEP_K = 0.05
const MOST_K = 0.8
const AHEAD_H = 4
/** In about this time how it strayed is forgotten, h. */
const MEMORY_H = 7 * 24

export function marginK({ addedK, strayK2 }: LearnedMargin): number {
  return Math.max(SENSOR_K, Math.min(MOST_K, SENSOR_K + Math.sqrt(strayK2) + addedK))
}

/** After a slot in which the building was steered. */
export function learnFromMiss(margin: LearnedMargin, isUnder: boolean): LearnedMargin {
  const step = STEP_K * ((isUnder ? 1 : 0) - ALLOWED_SHARE)
  const known = marginK({ ...margin, addedK: 0 })
  // Beyond its bounds it would only have to come back.
  const addedK = Math.max(SENSOR_K - known, Math.min(MOST_K - known, margin.addedK + step))
  return { ...margin, addedK }
}

/** After any slot: `c` is the comfort zone without what our offsets made of it. */
export function learnStray(margin: LearnedMargin, at: Instant, c: number): LearnedMargin {
  const last = margin.levels[margin.levels.length - 1]
  if (last && at - last.at < HOUR_MS) return margin
  const levels = [...margin.levels, { at, c }].slice(-AHEAD_H - 1)
  const first = levels[0]
  if (!first || at - first.at !== AHEAD_H * HOUR_MS) return { ...margin, levels }
  const rate = 1 / MEMORY_H
  const strayK2 = margin.strayK2 + rate * ((c - first.c) * (c - first.c) - margin.strayK2)
  return { ...margin, levels, strayK2 }
}
