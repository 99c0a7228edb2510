import { syntheticWeather } from '../../src/adapters/synthetic/synthetic-weather.ts'
import { DAY_MS, SLOT_MS } from '../../src/core/domain/instant.ts'

/** Weather of a made-up winter, a value a quarter-hour. */
export interface WinterWeather {
  readonly at: Float64Array
  readonly outdoorC: Float64Array
  readonly solarWm2: Float64Array
}

const START = Date.UTC(2024, 0, 8)

export function winterWeather(seed: number, days: number): WinterWeather {
  const source = syntheticWeather({ seed, latitude: 60.2, longitude: 24.9 })
  const slots = (days * DAY_MS) / SLOT_MS
  const at = Float64Array.from({ length: slots }, (_, k) => START + k * SLOT_MS)
  return {
    at,
    outdoorC: at.map((instant) => source.weatherAt(instant).outdoorC),
    solarWm2: at.map((instant) => source.weatherAt(instant - SLOT_MS / 2).solarWm2),
  }
}
