import { HOUR_MS, type Instant, SLOT_MS } from '../domain/instant.ts'
import { type LocalBias, localBiasK } from '../domain/local-bias.ts'
import type { WeatherSeries } from '../domain/series.ts'

/** What a building's own outdoor sensor shows. */
export interface OutdoorReading {
  readonly at: Instant
  readonly outdoorC: number
}

/** What is known of the weather at the building itself. */
export interface LocalWeather {
  readonly reading?: OutdoorReading | undefined
  /** What forecasts for the place are wrong by, as learned so far. */
  readonly local?: LocalBias | undefined
}

/** Half of a difference on the spot is gone after some four hours. */
const DECAY_MS = 6 * HOUR_MS
/** A sensor in the sun or over a vent is not believed further than this. */
const LARGEST_BIAS_K = 5
const MAX_AGE_MS = HOUR_MS

/**
 * The outdoor temperature at the building from `now` on: the forecast and what it is usually wrong by at that hour and
 * horizon, leaning on what is measured there now, less and less with time.
 */
export function correctWeather(
  weather: WeatherSeries,
  { reading, local }: LocalWeather,
  now: Instant,
): WeatherSeries {
  const usualK = (at: Instant) =>
    local ? limited(localBiasK(local, at, Math.max(0, at - now) / HOUR_MS)) : 0
  const spotK = reading && now - reading.at <= MAX_AGE_MS ? biasAtReading(weather, reading) : undefined
  if (spotK === undefined && !local) return weather
  const unusualK = spotK === undefined ? 0 : spotK - usualK(now)
  const outdoorC = weather.outdoorC.map((forecastC, k) => {
    const at = weather.start + k * SLOT_MS
    if (at - now < -SLOT_MS) return forecastC
    return forecastC + usualK(at) + unusualK * Math.exp(-Math.max(0, at - now) / DECAY_MS)
  })
  return { ...weather, outdoorC }
}

/** Undefined where the forecast does not reach back to the reading, or one of both is `NaN`. */
function biasAtReading({ start, outdoorC }: WeatherSeries, reading: OutdoorReading): number | undefined {
  const biasK = reading.outdoorC - outdoorC[Math.round((reading.at - start) / SLOT_MS)]
  return Number.isFinite(biasK) ? limited(biasK) : undefined
}

function limited(biasK: number): number {
  return Math.min(Math.max(biasK, -LARGEST_BIAS_K), LARGEST_BIAS_K)
}
