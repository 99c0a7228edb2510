import type { WeatherSource } from '../../controller/ports.ts'
import {
  emulatedForecast,
  type ForecastQuality,
  forecastIssuedAt,
} from '../../core/domain/emulated-forecast.ts'
import { DAY_MS, type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'

/** Weather of a file: measured before `asOf`, after it a forecast as wrong as `quality` says. */
export function createFileWeather(series: WeatherSeries, quality: ForecastQuality): WeatherSource {
  const truth = fileWeatherTruth(series)
  return {
    async weather(window, asOf) {
      const issuedAt = forecastIssuedAt(asOf)
      const kind = window.to > asOf && quality.error !== 'perfect' ? 'forecast' : series.provenance.kind
      return emulatedForecast(truth, window, asOf, quality, { ...series.provenance, kind, issuedAt })
    },
  }
}

/** The weather of a file at any instant: temperature on a line between slots, sun and wind held over each. */
export function fileWeatherTruth(series: WeatherSeries): WeatherTruth {
  const value = (values: Float64Array, at: Instant) =>
    values[Math.floor((at - series.start) / SLOT_MS)] ?? Number.NaN
  return {
    weatherAt: (at) => ({
      outdoorC: outdoorCAt(series, at),
      solarWm2: value(series.solarWm2, at),
      windMs: value(series.windMs, at),
    }),
    clearSkyWm2: (at) => brightestWm2((day) => value(series.solarWm2, at + day * DAY_MS)),
  }
}

function outdoorCAt({ start, outdoorC }: WeatherSeries, at: Instant): number {
  const place = (at - start) / SLOT_MS
  const slot = Math.floor(place)
  const share = place - slot
  const here = outdoorC[slot] ?? Number.NaN
  if (share === 0) return here
  // The last slot has no next one to lean to.
  const next = outdoorC[slot + 1] ?? here
  return here * (1 - share) + next * share
}

/** The brightest of this time of day in the week before and after stands for a clear sky. */
function brightestWm2(solarOnDay: (day: number) => number): number {
  let brightest = 0
  for (let day = -7; day <= 7; day++) {
    const solarWm2 = solarOnDay(day)
    if (solarWm2 > brightest) brightest = solarWm2
  }
  return brightest
}
