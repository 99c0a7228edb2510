import { HOUR_MS, type Instant, SLOT_MS } from '../domain/instant.ts'
import type { WeatherSeries } from '../domain/series.ts'

/** What a building's own outdoor sensor shows. */
export interface OutdoorReading {
  readonly at: Instant
  readonly outdoorC: number
}

/** Half of a difference on the spot is gone after some four hours. */
const DECAY_MS = 6 * HOUR_MS
/** A sensor in the sun or over a vent is not believed further than this. */
const LARGEST_BIAS_K = 5
const MAX_AGE_MS = HOUR_MS

/** Leans the outdoor temperature from `now` on towards what is measured at the building, less and less with time. */
export function correctWeather(
  weather: WeatherSeries,
  reading: OutdoorReading | undefined,
  now: Instant,
): WeatherSeries {
  const biasK = reading && now - reading.at <= MAX_AGE_MS ? biasAtReading(weather, reading) : 0
  if (biasK === 0) return weather
  const outdoorC = weather.outdoorC.map((forecastC, k) => {
    const aheadMs = weather.start + k * SLOT_MS - now
    if (aheadMs < -SLOT_MS) return forecastC
    return forecastC + biasK * Math.exp(-Math.max(0, aheadMs) / DECAY_MS)
  })
  return { ...weather, outdoorC }
}

function biasAtReading({ start, outdoorC }: WeatherSeries, reading: OutdoorReading): number {
  const biasK = reading.outdoorC - outdoorC[Math.round((reading.at - start) / SLOT_MS)]
  // Also where the forecast does not reach back to the reading, or the reading is NaN.
  if (!Number.isFinite(biasK)) return 0
  return Math.min(Math.max(biasK, -LARGEST_BIAS_K), LARGEST_BIAS_K)
}
