import { DAY_MS, HOUR_MS, type Instant, SLOT_MS, slotStart } from '../core/domain/instant.ts'
import type { PriceSeries, WeatherSeries } from '../core/domain/series.ts'
import { type ExtendedPrices, extendPrices } from '../core/forecast/extend-prices.ts'
import { type IssuedForecast, keepIssued } from './issued-forecasts.ts'
import type { PriceSource, WeatherSource } from './ports.ts'
import type { PriceAhead } from './price-ahead.ts'

/** What a turn sees ahead, on the slot grid from `start` on, without gaps. */
export interface Outlook {
  readonly start: Instant
  readonly slots: number
  readonly timeZone: string
  /** Spot prices, EUR/MWh; from `knownUntil` on they are our estimate. */
  readonly prices: ExtendedPrices
  readonly outdoorC: Float64Array
  readonly solarWm2: Float64Array
  readonly weather: WeatherSeries
  /** What was forecast before, oldest first. */
  readonly issued: readonly IssuedForecast[]
  /** Mean outdoor temperature of the last day, °C. */
  readonly dayMeanOutdoorC: number
}

export interface OutlookSetup {
  readonly prices: PriceSource
  readonly priceAhead: PriceAhead
  readonly weather: WeatherSource
  readonly horizonHours: number
  readonly timeZone: string
}

const PRICE_HISTORY_MS = 8 * DAY_MS

/** Asks both sources for history and horizon; `prices` and `weather` never fail, they fall back. */
export async function takeOutlook(
  setup: OutlookSetup,
  now: Instant,
  signal: AbortSignal,
  before?: Outlook,
): Promise<Outlook> {
  const start = slotStart(now)
  const to = start + setup.horizonHours * HOUR_MS
  const [known, weather] = await Promise.all([
    setup.prices.prices({ from: start - PRICE_HISTORY_MS, to }, now, signal),
    setup.weather.weather({ from: start - DAY_MS, to }, now, signal),
  ])
  const forecast = await setup.priceAhead.forecast(known, now, signal)
  const slots = (to - start) / SLOT_MS
  const first = DAY_MS / SLOT_MS
  const outdoorC = weather.outdoorC.slice(first, first + slots)
  return {
    start,
    slots,
    timeZone: setup.timeZone,
    prices: extendPrices(known, { from: start, to }, setup.timeZone, forecast),
    outdoorC,
    solarWm2: weather.solarWm2.slice(first, first + slots),
    weather,
    issued: keepIssued(before?.issued ?? [], { at: now, start, outdoorC }),
    dayMeanOutdoorC: mean(weather.outdoorC.subarray(0, first)),
  }
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** The spot price of the slot that holds `at`, EUR/MWh; `NaN` outside the outlook. */
export function spotAt(known: PriceSeries, at: Instant): number {
  return known.values[Math.floor((at - known.start) / SLOT_MS)] ?? Number.NaN
}
