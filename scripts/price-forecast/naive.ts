import { weekdayOf } from '../../src/core/forecast/prices/day-features.ts'
import { type DayTable, hoursOf } from '../../src/core/forecast/prices/market-days.ts'

/** The same hour a week before. */
export function lastWeek(prices: DayTable, _origin: number, day: number): Float64Array {
  return hoursOf(prices, day - 7)
}

/**
 * epftoolbox's rule: from Tuesday to Friday the day before, else a week before. Where the day before is not yet
 * known the last known day stands for it.
 */
export function epfNaive(prices: DayTable, origin: number, day: number): Float64Array {
  const weekday = weekdayOf(day)
  const isWeekly = weekday === 0 || weekday >= 5
  return isWeekly ? lastWeek(prices, origin, day) : hoursOf(prices, Math.min(day - 1, origin))
}
