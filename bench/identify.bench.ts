import { identifyBuilding } from '../src/core/thermal/identify/identify-building.ts'
import { refitSeconds, secondsOf, typicalTelemetry } from '../tests/validate/night.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'

const BUILDINGS = 15
const WARM_UP = 3
const NIGHT = 20
const WHOLE_NIGHT = 1000

/** One building from its telemetry to its verdict, several buildings in turn. */
async function time(): Promise<Spread> {
  const seconds = Array.from({ length: WARM_UP + BUILDINGS }, (_, i) => {
    const { telemetry, prior } = typicalTelemetry(6000 + i)
    return secondsOf(() => void identifyBuilding(telemetry, prior))
  })
  return spreadOf(seconds.slice(WARM_UP))
}

/** A night's refit of a thousand, from the mean of some: median, least and most over quarters of them. */
async function night(): Promise<Spread> {
  const seconds = refitSeconds(NIGHT)
  const part = Math.ceil(NIGHT / 4)
  const means = Array.from({ length: 4 }, (_, i) => {
    const some = seconds.slice(i * part, (i + 1) * part)
    return (WHOLE_NIGHT * some.reduce((sum, value) => sum + value, 0)) / some.length
  })
  return spreadOf(means)
}

export const benches: readonly Bench[] = [
  { name: 'identify.time', unit: 's', run: time },
  { name: 'identify.night1000', unit: 's (1000 refits on one core, from 20 measured)', run: night },
]
