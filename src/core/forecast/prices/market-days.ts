import { MARKET_ZONE } from '../../domain/day-ahead.ts'
import { DAY_MS, HOUR_MS, type Instant, SLOT_MS } from '../../domain/instant.ts'
import { localMidnight, localTime } from '../../domain/local-time.ts'
import type { SlotSeries } from '../../domain/series.ts'

/** Hourly means by delivery day and the market's clock on the wall, 24 a day; `NaN` where unknown. */
export interface DayTable {
  /** Local days since 1970-01-01, a Thursday. */
  readonly firstDay: number
  readonly hours: Float64Array
}

export const HOURS = 24
const SLOTS_AN_HOUR = HOUR_MS / SLOT_MS
/** A longer gap stays one. */
const LONGEST_BRIDGE_HOURS = 3

export function marketDay(at: Instant): number {
  // Noon UTC is noon or near it on the market's clock.
  return Math.floor((localMidnight(at, MARKET_ZONE) + DAY_MS / 2) / DAY_MS)
}

export function marketDayStart(day: number): Instant {
  return localMidnight(day * DAY_MS + DAY_MS / 2, MARKET_ZONE)
}

/** The hour that a day of 23 lacks lies between its neighbours, the one that a day of 25 has twice is their mean. */
export function toMarketDays(series: SlotSeries): DayTable {
  const firstDay = marketDay(series.start)
  const end = series.start + series.values.length * SLOT_MS
  const count = Math.max(0, marketDay(end - 1) + 1 - firstDay)
  const hours = new Float64Array(count * HOURS).fill(Number.NaN)
  for (let k = 0; k < count; k++) fillDay(series, firstDay + k, hours.subarray(k * HOURS, (k + 1) * HOURS))
  bridge(hours)
  return { firstDay, hours }
}

function fillDay(series: SlotSeries, day: number, hours: Float64Array): void {
  const start = marketDayStart(day)
  const end = marketDayStart(day + 1)
  const isOrdinary = end - start === DAY_MS
  for (let at = start; at < end; at += HOUR_MS) {
    const hour = isOrdinary ? (at - start) / HOUR_MS : localTime(at, MARKET_ZONE).hour
    const value = hourMean(series, at)
    hours[hour] = Number.isNaN(hours[hour]) ? value : (hours[hour] + value) / 2
  }
}

function hourMean({ start, values }: SlotSeries, at: Instant): number {
  const first = (at - start) / SLOT_MS
  let sum = 0
  for (let k = 0; k < SLOTS_AN_HOUR; k++) sum += values[first + k] ?? Number.NaN
  return sum / SLOTS_AN_HOUR
}

/** Fills short gaps on a line between their neighbours. */
function bridge(hours: Float64Array): void {
  let last = -1
  for (let k = 0; k < hours.length; k++) {
    if (Number.isNaN(hours[k])) continue
    const gap = k - last - 1
    if (last >= 0 && gap > 0 && gap <= LONGEST_BRIDGE_HOURS) {
      const slope = (hours[k] - hours[last]) / (gap + 1)
      for (let j = 1; j <= gap; j++) hours[last + j] = hours[last] + slope * j
    }
    last = k
  }
}

/** The last day whose 24 hours are all known; undefined where there is none. */
export function lastFullDay({ firstDay, hours }: DayTable): number | undefined {
  for (let k = hours.length / HOURS - 1; k >= 0; k--) {
    if (!hours.subarray(k * HOURS, (k + 1) * HOURS).some(Number.isNaN)) return firstDay + k
  }
  return undefined
}

/** The 24 hours of a day, all `NaN` outside the table. */
export function hoursOf({ firstDay, hours }: DayTable, day: number): Float64Array {
  const from = (day - firstDay) * HOURS
  return from >= 0 && from < hours.length ? hours.subarray(from, from + HOURS) : UNKNOWN_DAY
}

const UNKNOWN_DAY = new Float64Array(HOURS).fill(Number.NaN)
