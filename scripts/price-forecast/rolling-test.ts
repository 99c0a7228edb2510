import { MARKET_ZONE } from '../../src/core/domain/day-ahead.ts'
import { type Instant, SLOT_MS } from '../../src/core/domain/instant.ts'
import type { SlotSeries } from '../../src/core/domain/series.ts'
import { extendPrices } from '../../src/core/forecast/extend-prices.ts'
import { forecastDays, LEVELS } from '../../src/core/forecast/prices/forecast-days.ts'
import {
  type DayTable,
  hoursOf,
  marketDay,
  marketDayStart,
  toMarketDays,
} from '../../src/core/forecast/prices/market-days.ts'
import { epfNaive, lastWeek } from './naive.ts'

export const DAYS_AHEAD = 3

export interface RollingTest {
  readonly prices: SlotSeries
  readonly ownForecast: SlotSeries
  /** Known for the days ahead too: what is handed in here is perfect foresight. */
  readonly foreseen?: SlotSeries | undefined
  /** First delivery day, and the one after the last. */
  readonly from: Instant
  readonly to: Instant
}

/** Hour by hour over all delivery days, for one distance from the day of issue. */
export interface Ahead {
  readonly actual: readonly number[]
  readonly quantiles: readonly (readonly number[])[]
  readonly lastWeek: readonly number[]
  readonly epfNaive: readonly number[]
  /** What the controller takes where history is too short for a forecast. */
  readonly profile: readonly number[]
  readonly own: readonly number[]
}

/**
 * Forecasts every delivery day from one, two and three days before it, at 12:00 CET: the prices of the day of issue
 * are known and none after. Each issue day calibrates anew on a series that ends there.
 */
export function rollingTest(test: RollingTest): readonly Ahead[] {
  const actual = toMarketDays(test.prices)
  const own = toMarketDays(test.ownForecast)
  const ahead = Array.from({ length: DAYS_AHEAD }, emptyAhead)
  const [first, end] = [marketDay(test.from), marketDay(test.to)]
  for (let issueDay = first - DAYS_AHEAD; issueDay < end - 1; issueDay++) {
    const published = until(test.prices, marketDayStart(issueDay + 1))
    const known = toMarketDays(published)
    const profile = profileAfter(published)
    const forecasts = forecastDays(known, DAYS_AHEAD, foreseenAt(test, issueDay))
    for (const [k, { day, quantiles }] of (forecasts ?? []).entries()) {
      if (day < first || day >= end) continue
      const to = ahead[k]
      to.actual.push(...hoursOf(actual, day))
      for (const [l, values] of quantiles.entries()) to.quantiles[l].push(...values)
      to.lastWeek.push(...lastWeek(known, issueDay, day))
      to.epfNaive.push(...epfNaive(known, issueDay, day))
      to.profile.push(...hoursOf(profile, day))
      to.own.push(...hoursOf(own, day))
    }
  }
  return ahead
}

function emptyAhead() {
  const column = (): number[] => []
  return {
    actual: column(),
    quantiles: LEVELS.map(column),
    lastWeek: column(),
    epfNaive: column(),
    profile: column(),
    own: column(),
  }
}

function profileAfter(published: SlotSeries): DayTable {
  const end = published.start + published.values.length * SLOT_MS
  const provenance = { source: 'file', kind: 'measured', issuedAt: end } as const
  const to = marketDayStart(marketDay(end) + DAYS_AHEAD)
  const { start, eurPerMwh } = extendPrices({ ...published, provenance }, { from: end, to }, MARKET_ZONE)
  return toMarketDays({ start, values: eurPerMwh })
}

function foreseenAt({ foreseen }: RollingTest, issueDay: number) {
  return foreseen ? [toMarketDays(until(foreseen, marketDayStart(issueDay + 1 + DAYS_AHEAD)))] : []
}

/** The series up to `end`, as if nothing after it had ever been written. */
export function until({ start, values }: SlotSeries, end: Instant): SlotSeries {
  return { start, values: values.slice(0, Math.max(0, (end - start) / SLOT_MS)) }
}
