import {
  DAY_MS,
  type Instant,
  SLOT_MS,
  slotCount,
  slotStart,
  type Window,
} from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'

type Quantity = 'outdoorC' | 'solarWm2' | 'windMs'

/** What was told of slots that a new forecast no longer holds. */
const KEEP_MS = 2 * DAY_MS

/** The newer forecast, and before it what the older ones said last. */
export function rememberWeather(
  older: WeatherSeries | undefined,
  newer: WeatherSeries,
  asOf: Instant,
): WeatherSeries {
  if (!older) return newer
  const start = Math.min(newer.start, Math.max(older.start, slotStart(asOf - KEEP_MS)))
  const from = (series: WeatherSeries, quantity: Quantity, at: Instant) =>
    series[quantity][(at - series.start) / SLOT_MS] ?? Number.NaN
  const slots = (newer.start - start) / SLOT_MS + newer.outdoorC.length
  const merged = (quantity: Quantity) =>
    Float64Array.from({ length: slots }, (_, k) => {
      const at = start + k * SLOT_MS
      return at < newer.start ? from(older, quantity, at) : from(newer, quantity, at)
    })
  return {
    start,
    outdoorC: merged('outdoorC'),
    solarWm2: merged('solarWm2'),
    windMs: merged('windMs'),
    provenance: newer.provenance,
  }
}

/** The slots of `window`, `NaN` where the series does not reach. */
export function cutWeather(series: WeatherSeries, window: Window): WeatherSeries {
  const start = slotStart(window.from)
  const first = (start - series.start) / SLOT_MS
  const slots = slotCount(window)
  const cut = (values: Float64Array) =>
    Float64Array.from({ length: slots }, (_, k) => values[first + k] ?? Number.NaN)
  return {
    start,
    outdoorC: cut(series.outdoorC),
    solarWm2: cut(series.solarWm2),
    windMs: cut(series.windMs),
    provenance: series.provenance,
  }
}
