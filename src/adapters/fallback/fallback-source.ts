import type { Co2Source, PriceSource, WeatherSource } from '../../controller/ports.ts'
import { type Instant, SLOT_MS, slotCount, slotStart, type Window } from '../../core/domain/instant.ts'
import type { Co2Series, PriceSeries, WeatherSeries } from '../../core/domain/series.ts'
import { askInTurn, type FallbackOptions, type Kind, type Named } from './ask-in-turn.ts'

const PRICES: Kind<PriceSource, PriceSeries> = {
  fetch: (source, window, asOf, signal) => source.prices(window, asOf, signal),
  recut: (series, window) => ({
    ...series,
    start: slotStart(window.from),
    values: recut(series.start, series.values, window),
  }),
  isUsable: (series, asOf) => hasValueFrom(series.start, series.values, asOf),
}

/** What lies ahead is estimated from what was: any value will do. */
const CO2: Kind<Co2Source, Co2Series> = {
  fetch: (source, window, asOf, signal) => source.co2(window, asOf, signal),
  recut: (series, window) => ({
    ...series,
    start: slotStart(window.from),
    values: recut(series.start, series.values, window),
  }),
  isUsable: (series) => series.values.some((value) => !Number.isNaN(value)),
}

const WEATHER: Kind<WeatherSource, WeatherSeries> = {
  fetch: (source, window, asOf, signal) => source.weather(window, asOf, signal),
  recut: (series, window) => ({
    ...series,
    start: slotStart(window.from),
    outdoorC: recut(series.start, series.outdoorC, window),
    solarWm2: recut(series.start, series.solarWm2, window),
    windMs: recut(series.start, series.windMs, window),
  }),
  isUsable: (series, asOf) => hasValueFrom(series.start, series.outdoorC, asOf),
  fillGaps: (series, other) => ({
    ...series,
    outdoorC: filled(series.outdoorC, other.outdoorC),
    solarWm2: filled(series.solarWm2, other.solarWm2),
    windMs: filled(series.windMs, other.windMs),
  }),
}

/** Prices of the first source; where it fails its last good answer, then the next source. What is unknown stays so. */
export function withPriceFallback(
  sources: readonly Named<PriceSource>[],
  options: FallbackOptions,
): PriceSource {
  const first = sources[0]?.source
  return {
    prices: askInTurn(sources, options, PRICES),
    historyDays: first?.historyDays ?? 0,
    past: first?.past,
  }
}

/** Emissions of the first source; where it fails its last good answer, then the next source. */
export function withCo2Fallback(sources: readonly Named<Co2Source>[], options: FallbackOptions): Co2Source {
  return { co2: askInTurn(sources, options, CO2) }
}

/** Weather of the first source; where it fails its last forecast, and beyond its end that of the next source. */
export function withWeatherFallback(
  sources: readonly Named<WeatherSource>[],
  options: FallbackOptions,
): WeatherSource {
  return { weather: askInTurn(sources, options, WEATHER) }
}

function recut(start: Instant, values: Float64Array, window: Window): Float64Array {
  const shift = (slotStart(window.from) - start) / SLOT_MS
  return Float64Array.from({ length: slotCount(window) }, (_, k) => values[k + shift] ?? Number.NaN)
}

function filled(values: Float64Array, other: Float64Array): Float64Array {
  return values.map((value, k) => (Number.isNaN(value) ? (other[k] ?? Number.NaN) : value))
}

function hasValueFrom(start: Instant, values: Float64Array, asOf: Instant): boolean {
  const now = Math.max(0, Math.floor((asOf - start) / SLOT_MS))
  return values.subarray(now).some((value) => !Number.isNaN(value))
}
