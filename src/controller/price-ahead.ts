import { DAY_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { PriceSeries, SlotSeries } from '../core/domain/series.ts'
import { forecastPrices, type PriceForecast } from '../core/forecast/prices/forecast-prices.ts'
import { lastFullDay, marketDayStart, toMarketDays } from '../core/forecast/prices/market-days.ts'
import { createPastPrices } from './past-prices.ts'
import type { PriceSource } from './ports.ts'

/** Prices of the days after the last published one. */
export interface PriceAhead {
  /** Undefined until eight weeks of prices have been seen; calibrated anew when more is known. */
  forecast(known: PriceSeries, now: Instant, signal: AbortSignal): Promise<PriceForecast | undefined>
}

interface Kept {
  readonly lastDay: number
  readonly history: SlotSeries
  readonly forecast: PriceForecast | undefined
}

/** The longest calibration window and what its first row looks back at. */
const HISTORY_DAYS = 372
const MOST_DAYS = 3
/** Shortly before a publication prices are known to the next midnight. */
const LEAST_KNOWN_HOURS = 10

/** Keeps the history of each source apart: what stood in for a market for an hour says nothing about it. */
export function createPriceAhead(prices: PriceSource, horizonHours: number): PriceAhead {
  const days = Math.max(1, Math.min(MOST_DAYS, Math.ceil((horizonHours - LEAST_KNOWN_HOURS) / 24)))
  const kept = new Map<string, Kept>()
  const past = prices.past && createPastPrices(prices.past)

  /** What the source can tell of earlier days in one question; nothing where another answers in its place. */
  const earlier = async (known: PriceSeries, lastDay: number, now: Instant, signal: AbortSignal) => {
    const historyDays = Math.min(prices.historyDays ?? 0, HISTORY_DAYS)
    if (historyDays === 0) return known
    const series = await prices.prices(windowBefore(lastDay, historyDays), now, signal)
    return series.provenance.source === known.provenance.source ? series : known
  }

  return {
    async forecast(known, now, signal) {
      const lastDay = lastFullDay(toMarketDays(known))
      if (lastDay === undefined) return undefined
      const { source } = known.provenance
      const before = kept.get(source)
      const told = past?.arrived(source, windowBefore(lastDay, HISTORY_DAYS))
      if (before?.lastDay === lastDay && !told) return before.forecast
      const end = marketDayStart(lastDay + 1)
      const first = before?.history ?? (await earlier(known, lastDay, now, signal))
      const history = mergedTo(told ? mergedTo(told, first, end) : first, known, end)
      const forecast = forecastPrices(history, days)
      kept.set(source, { lastDay, history, forecast })
      past?.keep(source, history)
      return forecast
    },
  }
}

function windowBefore(lastDay: number, days: number) {
  return { from: marketDayStart(lastDay + 1 - days), to: marketDayStart(lastDay + 1) }
}

/** Both on one grid up to `end`, no longer than a calibration needs; where both have a price the later answer holds. */
function mergedTo(earlier: SlotSeries, later: SlotSeries, end: Instant): SlotSeries {
  const start = Math.max(Math.min(earlier.start, later.start), end - HISTORY_DAYS * DAY_MS)
  const values = Float64Array.from({ length: Math.max(0, (end - start) / SLOT_MS) }, (_, k) => {
    const at = start + k * SLOT_MS
    const value = valueAt(later, at)
    return Number.isNaN(value) ? valueAt(earlier, at) : value
  })
  return { start, values }
}

function valueAt({ start, values }: SlotSeries, at: Instant): number {
  return values[(at - start) / SLOT_MS] ?? Number.NaN
}
