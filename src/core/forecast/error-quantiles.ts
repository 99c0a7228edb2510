import type { Instant } from '../domain/instant.ts'
import { sortedQuantile } from '../math/quantile.ts'
import { weekHour } from '../thermal/week-profile.ts'

/** Errors of forecasts, as shares of what was expected, and their 10th, 50th and 90th percentile. */
export interface ErrorCell {
  /** The last of them, oldest first. */
  readonly errors: Float32Array
  readonly quantiles: Float64Array
}

export const SHARES = [0.1, 0.5, 0.9] as const
/** Morning, day, evening, night: hot water makes some hours harder than others. */
export const DAY_PARTS = 4
const PART_STARTS = [5, 10, 16, 22] as const

/** Ten days of a quarter of the hours. */
const REMEMBERED = 60
/** From so many errors on, four days of them, they alone decide. */
export const ENOUGH = 24
/** Before anything was seen: a building of known type and area is some 30 % off, hot water more than that. */
const PRIOR_ERROR = 0.3
const NORMAL_P90 = 1.2816
const PRIOR = Float64Array.of(-NORMAL_P90 * PRIOR_ERROR, 0, NORMAL_P90 * PRIOR_ERROR)

export const NO_ERRORS: ErrorCell = { errors: new Float32Array(0), quantiles: PRIOR }

/** The part of the local day that the hour from `at` on lies in. */
export function dayPart(at: Instant, timeZone: string): number {
  const hour = weekHour(at, timeZone) % 24
  const part = PART_STARTS.findLastIndex((start) => hour >= start)
  return part === -1 ? DAY_PARTS - 1 : part
}

/** The cell with one error more. The prior fades with every error and is gone at `ENOUGH`. */
export function addError(cell: ErrorCell, error: number): ErrorCell {
  const kept = cell.errors.subarray(Math.max(0, cell.errors.length + 1 - REMEMBERED))
  const errors = new Float32Array(kept.length + 1)
  errors.set(kept)
  errors[kept.length] = error
  const seen = Math.min(1, errors.length / ENOUGH)
  const sorted = Float64Array.from(errors).sort()
  const quantiles = new Float64Array(SHARES.length)
  for (const [i, share] of SHARES.entries()) {
    quantiles[i] = seen * sortedQuantile(sorted, share) + (1 - seen) * PRIOR[i]
  }
  return { errors, quantiles }
}

/** Shares are of the expected heat, but never of next to nothing. */
export function errorUnitKw(expectedKw: number, leastKw: number): number {
  return Math.max(expectedKw, leastKw)
}
