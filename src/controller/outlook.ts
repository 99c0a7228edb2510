import { DAY_MS, HOUR_MS, type Instant, SLOT_MS, slotStart, type Window } from '../core/domain/instant.ts'
import type { EmissionTerms } from '../core/domain/plant.ts'
import type { PriceSeries, WeatherSeries } from '../core/domain/series.ts'
import { type ExtendedCo2, extendCo2 } from '../core/forecast/extend-co2.ts'
import { type ExtendedPrices, extendPrices } from '../core/forecast/extend-prices.ts'
import { type IssuedForecast, keepIssued } from './issued-forecasts.ts'
import type { Co2Source, PriceSource, WeatherSource } from './ports.ts'
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
  /** Emissions of electricity; undefined where nobody tells. */
  readonly co2?: ExtendedCo2 | undefined
  /** What they add to the price of electricity, EUR/MWh a slot, where they are priced. */
  readonly carbonEurPerMwh?: Float64Array | undefined
  /** What was forecast before, oldest first. */
  readonly issued: readonly IssuedForecast[]
  /** Mean outdoor temperature of the last day, °C. */
  readonly dayMeanOutdoorC: number
}

export interface OutlookSetup {
  readonly prices: PriceSource
  readonly priceAhead: PriceAhead
  readonly weather: WeatherSource
  readonly co2?: Co2Source | undefined
  readonly emissions?: EmissionTerms | undefined
  readonly onError?: ((error: unknown, what: string) => void) | undefined
  readonly horizonHours: number
  readonly timeZone: string
}

const PRICE_HISTORY_MS = 8 * DAY_MS

/** Asks the sources for history and horizon; `prices` and `weather` never fail, they fall back; without CO2 one plans too. */
export async function takeOutlook(
  setup: OutlookSetup,
  now: Instant,
  signal: AbortSignal,
  before?: Outlook,
): Promise<Outlook> {
  const start = slotStart(now)
  const to = start + setup.horizonHours * HOUR_MS
  const [known, weather, co2] = await Promise.all([
    setup.prices.prices({ from: start - PRICE_HISTORY_MS, to }, now, signal),
    setup.weather.weather({ from: start - DAY_MS, to }, now, signal),
    takeCo2(setup, { from: start, to }, now, signal),
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
    co2,
    carbonEurPerMwh: carbonPrice(setup.emissions, co2),
    issued: keepIssued(before?.issued ?? [], { at: now, start, outdoorC }),
    dayMeanOutdoorC: mean(weather.outdoorC.subarray(0, first)),
  }
}

/** The emissions of electricity as far as anyone tells them; a service that is silent for long is done without. */
async function takeCo2(
  { co2, timeZone, onError }: OutlookSetup,
  window: Window,
  now: Instant,
  signal: AbortSignal,
): Promise<ExtendedCo2 | undefined> {
  if (!co2) return undefined
  try {
    const known = await co2.co2({ from: window.from - PRICE_HISTORY_MS, to: window.to }, now, signal)
    return extendCo2(known, window, timeZone)
  } catch (error) {
    signal.throwIfAborted()
    onError?.(error, 'emissions not known')
    return undefined
  }
}

function carbonPrice(emissions: EmissionTerms | undefined, co2: ExtendedCo2 | undefined) {
  const eurPerT = emissions?.electricityEurPerT ?? 0
  if (eurPerT === 0 || !co2) return undefined
  return co2.gPerKwh.map((g) => (Number.isNaN(g) ? 0 : (g * eurPerT) / 1000))
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
