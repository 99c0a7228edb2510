import type { WeatherSource } from '../../controller/ports.ts'
import { emulatedForecast, forecastIssuedAt } from '../../core/domain/emulated-forecast.ts'
import type { ForecastErrorLevel } from '../../core/domain/forecast-error.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'
import { seasonal, shareOfYear, sharpened } from './calendar.ts'
import { type Climate, LAPPEENRANTA } from './climate.ts'
import { createNoise } from './noise.ts'
import { clearSkyWm2, type Place } from './sun.ts'

export interface SyntheticWeatherOptions extends Partial<Place> {
  readonly seed: number
  readonly climate?: Climate | undefined
  /** How wrong its forecasts are; `medium` where nothing is said. */
  readonly error?: ForecastErrorLevel | undefined
}

export type SyntheticWeather = WeatherTruth & WeatherSource

/** A made-up but plausible weather: the same at every instant whoever asks, whenever. */
export function syntheticWeather(options: SyntheticWeatherOptions): SyntheticWeather {
  const truth = weatherTruth(options)
  const quality = { error: options.error ?? 'medium', seed: options.seed }
  return {
    ...truth,
    async weather(window, asOf) {
      const provenance = { source: 'synthetic', kind: 'synthetic', issuedAt: forecastIssuedAt(asOf) } as const
      return emulatedForecast(truth, window, asOf, quality, provenance)
    },
  }
}

function weatherTruth(options: SyntheticWeatherOptions): WeatherTruth {
  const place = { latitude: options.latitude ?? 61.06, longitude: options.longitude ?? 28.19 }
  const climate = options.climate ?? LAPPEENRANTA
  const airMass = createAirMass(options.seed)
  const cloud = createCloud(options.seed, climate, airMass)
  const outdoorC = createOutdoor(options.seed, climate, place, airMass, cloud)
  const windMs = createWind(options.seed, climate)
  const clearSky = (at: Instant) => clearSkyWm2(at, place)
  return {
    clearSkyWm2: clearSky,
    weatherAt: (at) => ({
      outdoorC: outdoorC(at),
      solarWm2: clearSky(at) * cloudPass(cloud(at)),
      windMs: windMs(at),
    }),
  }
}

type OfTime = (at: Instant) => number

/** How warm the air is that weather systems bring, in spreads about the season's mean. */
function createAirMass(seed: number): OfTime {
  const regime = createNoise(seed, 11, 9 * DAY_MS)
  const front = createNoise(seed, 12, 3.5 * DAY_MS)
  const day = createNoise(seed, 13, 1.2 * DAY_MS)
  return (at) => 0.72 * regime(at) + 0.58 * front(at) + 0.36 * day(at)
}

/** Cloud cover, 0 to 1. Cold winter air is clear air. */
function createCloud(seed: number, climate: Climate, airMass: OfTime): OfTime {
  const slow = createNoise(seed, 21, 1.5 * DAY_MS)
  const fast = createNoise(seed, 22, 4 * HOUR_MS)
  return (at) => {
    const winter = (Math.cos(yearAngle(at)) + 1) / 2
    const leaning = seasonal(climate.cloudBias, at) + 0.9 * slow(at) + 0.5 * fast(at)
    return 1 / (1 + Math.exp(-1.6 * (leaning + winter * airMass(at))))
  }
}

/** Zero at New Year. */
function yearAngle(at: Instant): number {
  return 2 * Math.PI * shareOfYear(at)
}

/** The share of clear-sky irradiance under clouds, by Kasten and Czeplak. */
function cloudPass(cloud: number): number {
  return 1 - 0.75 * Math.exp(3.4 * Math.log(cloud))
}

function createOutdoor(seed: number, climate: Climate, place: Place, airMass: OfTime, cloud: OfTime): OfTime {
  const meanC = sharpened(climate.meanC)
  const gust = createNoise(seed, 31, 2 * HOUR_MS)
  return (at) => {
    const hourTurns = at / DAY_MS + place.longitude / 360
    // Warmest at three in the afternoon by the sun.
    const swing = seasonal(climate.dailySwingK, at) * Math.cos(2 * Math.PI * (hourTurns - 15 / 24))
    const clearness = 1.35 - 0.9 * cloud(at)
    return (
      seasonal(meanC, at) +
      seasonal(climate.spreadK, at) * skewed(airMass(at), at) +
      swing * clearness +
      0.35 * gust(at)
    )
  }
}

/** Winter's air masses reach further down than up; the mean stays where it was. */
function skewed(spreads: number, at: Instant): number {
  const skew = 0.15 * (Math.cos(yearAngle(at)) + 1)
  // Beyond two spreads the cold deepens half as fast: no winter below what Finland has seen.
  const deep = spreads < -2 ? -2 + 0.5 * (spreads + 2) : spreads
  // 0.399 is the mean of the positive half of a normal distribution.
  return (deep < 0 ? (1 + skew) * deep : (1 - skew) * deep) + 2 * skew * 0.399
}

function createWind(seed: number, climate: Climate): OfTime {
  const slow = createNoise(seed, 41, 1 * DAY_MS)
  const fast = createNoise(seed, 42, 3 * HOUR_MS)
  // The mean of a log-normal is above its median by exp(variance / 2).
  return (at) => seasonal(climate.windMs, at) * Math.exp(0.42 * slow(at) + 0.18 * fast(at) - 0.104)
}
