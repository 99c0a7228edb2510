import { restoreBuilding } from '../../../simulators/building.ts'
import type { SimulatedBuilding } from '../../../simulators/simulated-building.ts'
import { MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { PhysicsRun } from '../physics-run.ts'
import type { WeatherTrack } from '../weather-track.ts'

/** Heat that the largest cut and the largest rise of the curve lead to within an hour, kW, slot by slot. */
export interface Reach {
  readonly leastKw: Float64Array
  readonly mostKw: Float64Array
}

const EVERY = 4
const MINUTES = SLOT_MS / MINUTE_MS

/** Looks aside from a life at the hour that would follow: the moment's reach, before rooms answer to it. */
export function createReachProbe(
  run: PhysicsRun,
  weather: WeatherTrack,
  offsets: { readonly min: number; readonly max: number },
  slots: number,
) {
  const reach: Reach = { leastKw: new Float64Array(slots), mostKw: new Float64Array(slots) }
  const hourOf = (snapshot: string, at: number, offsetK: number) => {
    const aside = restoreBuilding(run.spec, { ...run.site, start: at }, snapshot)
    const kw: number[] = []
    for (let slot = 0; slot < EVERY; slot++) kw.push(meanKw(aside, weather, offsetK))
    return kw
  }
  function look(k: number, building: SimulatedBuilding): void {
    if (k % EVERY !== 0) return
    const snapshot = building.snapshot()
    const leastKw = meanOf(hourOf(snapshot, building.at, offsets.min))
    const mostKw = meanOf(hourOf(snapshot, building.at, offsets.max))
    for (let j = k; j < Math.min(slots, k + EVERY); j++) {
      reach.leastKw[j] = leastKw
      reach.mostKw[j] = mostKw
    }
  }
  return { look, reach }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function meanKw(building: SimulatedBuilding, weather: WeatherTrack, offsetK: number): number {
  let sum = 0
  for (let m = 0; m < MINUTES; m++) {
    building.step(weather.at(building.at), { supplyOffsetK: offsetK })
    const truth = building.truth()
    sum += truth.spaceHeatKw + truth.ventHeatKw
  }
  return sum / MINUTES
}
