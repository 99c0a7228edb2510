import { type DayTable, HOURS, hoursOf } from './market-days.ts'

/** What a row of the regression looks at, and the day that it looks ahead to. */
export interface DayView {
  /** Stabilised prices. */
  readonly prices: DayTable
  /** Forecasts of what moves prices, wind power for one, known for past days and the day ahead. */
  readonly exogenous: readonly DayTable[]
  /** The last day whose prices are known. */
  readonly origin: number
  /** Days from the origin to the target. */
  readonly ahead: number
}

const WEEK_DAYS = 7
const CALENDAR = 4
const LEVELS = 4

export function featureCount(exogenous: number): number {
  return 2 * HOURS + LEVELS + CALENDAR + exogenous * 2 * (HOURS + 1)
}

/** Days before the origin that a row needs, the origin with them. */
export const FEATURE_DAYS = WEEK_DAYS

/**
 * The origin's 24 prices and the week's mean of each hour, the origin's mean, largest and smallest, the week's mean,
 * the target's day of the week, and for each exogenous series the target day and the origin with their means.
 */
export function writeFeatures(view: DayView, out: Float64Array): void {
  const { prices, exogenous, origin, ahead } = view
  const last = hoursOf(prices, origin)
  const week = weekMean(prices, origin)
  out.set(last)
  out.set(week, HOURS)
  let next = 2 * HOURS
  for (const level of [mean(last), Math.max(...last), Math.min(...last), mean(week)]) out[next++] = level
  const weekday = weekdayOf(origin + ahead)
  for (const kind of [weekday >= 5, weekday === 5, weekday === 6, weekday === 0]) out[next++] = kind ? 1 : 0
  for (const table of exogenous) {
    for (const day of [origin + ahead, origin]) {
      const hours = hoursOf(table, day)
      out.set(hours, next)
      out[next + HOURS] = mean(hours)
      next += HOURS + 1
    }
  }
}

/** 0 is Monday; the first day of 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS
}

function weekMean(prices: DayTable, origin: number): Float64Array {
  const sum = new Float64Array(HOURS)
  for (let back = 0; back < WEEK_DAYS; back++) {
    const hours = hoursOf(prices, origin - back)
    for (let q = 0; q < HOURS; q++) sum[q] += hours[q] / WEEK_DAYS
  }
  return sum
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
