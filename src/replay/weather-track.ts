import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { WeatherSeries } from '../core/domain/series.ts'

/** The weather that really was, by the minute: temperature straight between slots, sun and wind held. */
export interface WeatherTrack {
  at(instant: Instant): { readonly outdoorC: number; readonly solarWm2: number; readonly windMs: number }
}

/** Throws a RangeError outside the series: a replay without weather would be a replay of nothing. */
export function createWeatherTrack(
  series: Pick<WeatherSeries, 'start' | 'outdoorC' | 'solarWm2' | 'windMs'>,
): WeatherTrack {
  const last = series.outdoorC.length - 1
  const weather = { outdoorC: 0, solarWm2: 0, windMs: 0 }
  return {
    at(instant) {
      const place = (instant - series.start) / SLOT_MS
      const k = Math.floor(place)
      if (k < 0 || k > last) throw new RangeError(`no weather at ${new Date(instant).toISOString()}`)
      const next = Math.min(k + 1, last)
      const share = place - k
      weather.outdoorC = series.outdoorC[k]! + share * (series.outdoorC[next]! - series.outdoorC[k]!)
      weather.solarWm2 = series.solarWm2[k]!
      weather.windMs = series.windMs[k]!
      return weather
    },
  }
}
