import { HOUR_MS, type Instant } from './instant.ts'

/** How far ahead forecasts are held against what came, hours. */
export const LEAD_HOURS = [3, 6, 12, 24, 36, 48] as const
export const DAY_HOURS = 24
/** A cell is a mean, K, the mean square about it, K², and the days behind it. */
export const CELL = 3

/** How the weather at one building differs from what is forecast, learned from its own sensor. */
export interface LocalBias {
  /** Hours since the epoch, of the last hour learned from. */
  readonly learnedHour: number
  /** A cell for each hour of the day in UTC, since the sun keeps no summer time. */
  readonly byHour: Float64Array
  /** A cell for each of `LEAD_HOURS`: what is wrong beyond the hour's own. */
  readonly byLead: Float64Array
}

// An hour with as many days behind it stands half for itself and half for all hours.
const HOUR_DAYS = 3
const ALL_DAYS = 12

/** What to add to a forecast made `leadHours` before `at`, K. */
export function localBiasK(bias: LocalBias, at: Instant, leadHours: number): number {
  return hourBiasK(bias, at) + leadBiasK(bias, leadHours)
}

/** The part that is there at every distance, K: hours that cannot be learned from follow the others. */
export function hourBiasK({ byHour }: LocalBias, at: Instant): number {
  let days = 0
  let sum = 0
  for (let cell = 0; cell < byHour.length; cell += CELL) {
    days += byHour[cell + 2]
    sum += byHour[cell] * byHour[cell + 2]
  }
  const all = sum / (days + ALL_DAYS)
  const own = CELL * (Math.floor(at / HOUR_MS) % DAY_HOURS)
  return (byHour[own] * byHour[own + 2] + all * HOUR_DAYS) / (byHour[own + 2] + HOUR_DAYS)
}

/** On a line between the leads, from nothing at none. */
function leadBiasK({ byLead }: LocalBias, leadHours: number): number {
  let [beforeHours, beforeK] = [0, 0]
  for (const [index, hours] of LEAD_HOURS.entries()) {
    const hereK = surelyK(byLead, CELL * index)
    if (leadHours < hours) {
      const share = Math.max(0, leadHours - beforeHours) / (hours - beforeHours)
      return beforeK * (1 - share) + hereK * share
    }
    beforeHours = hours
    beforeK = hereK
  }
  return beforeK
}

/** A mean shrunk by what it may owe to chance: forecasts of one day err together. */
function surelyK(cells: Float64Array, cell: number): number {
  const [mean, spread, days] = [cells[cell], cells[cell + 1], cells[cell + 2]]
  if (mean === 0) return 0
  return mean * Math.max(0, 1 - (2 * spread) / (days * mean * mean))
}
