import { createBuilding } from '../../../simulators/building.ts'
import type { BuildingSpec } from '../../../simulators/building-spec.ts'
import type { Setup } from '../../../simulators/simulated-building.ts'
import type { Building } from '../../core/domain/building.ts'
import { hashedUnit } from '../../core/domain/chance.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { Sample } from '../../core/domain/telemetry.ts'
import type { WeatherTrack } from '../weather-track.ts'

export interface FitRun {
  readonly building: Building
  readonly spec: BuildingSpec
  readonly site: Omit<Setup, 'start'>
  /** First day of the trial; it ends before the days that are to be predicted begin. */
  readonly from: Instant
  readonly days: number
}

/** What a building published while its curve was moved up and down, and the offset in force at each sample, K. */
export interface ExcitedLife {
  readonly samples: readonly Sample[]
  readonly offsetK: Float64Array
}

const LOWEST_K = -8
const HIGHEST_K = 6
/** No tenant pays for a trial: beyond these distances from the band only the way back is drawn. */
const COLD_K = 0
const WARM_K = 1

/** A trial as a careful engineer runs it: random steps of four to twelve hours that give way to comfort. */
export function liveExcited(run: FitRun, weather: WeatherTrack): ExcitedLife {
  const { building, spec, site, from, days } = run
  const simulated = createBuilding(spec, { ...site, start: from })
  const slots = (days * DAY_MS) / SLOT_MS
  const samples: Sample[] = []
  const offsetK = new Float64Array(slots)
  const steps = createSteps(run)
  for (let k = 0; k < slots; k++) {
    offsetK[k] = steps(from + k * SLOT_MS, samples[k - 1])
    for (let m = 0; m < SLOT_MS / MINUTE_MS; m++) {
      simulated.step(weather.at(simulated.at), { supplyOffsetK: offsetK[k]! })
    }
    samples.push({ building: building.id, ...simulated.read() })
  }
  return { samples, offsetK }
}

function createSteps({ building, spec }: FitRun) {
  let heldK = 0
  let until = Number.NEGATIVE_INFINITY
  let count = 0
  return (now: Instant, last: Sample | undefined): number => {
    if (now >= until) {
      heldK = LOWEST_K + (HIGHEST_K - LOWEST_K) * hashedUnit(spec.seed, 71, count)
      until = now + (4 + 8 * hashedUnit(spec.seed, 72, count)) * HOUR_MS
      count++
    }
    const { coldestC, warmestC } = extremes(last)
    if (coldestC < building.comfort.minC - COLD_K) heldK = Math.max(heldK, 0)
    if (warmestC > building.comfort.maxC + WARM_K && coldestC > building.comfort.minC + 1) {
      heldK = Math.min(heldK, 0)
    }
    return heldK
  }
}

function extremes(sample: Sample | undefined): { coldestC: number; warmestC: number } {
  const rooms = Object.values(sample?.readings.zones ?? {}).flatMap(({ indoorC }) => indoorC ?? [])
  return { coldestC: Math.min(...rooms), warmestC: Math.max(...rooms) }
}
