import type { Building } from '../../core/domain/building.ts'
import { SLOT_MS } from '../../core/domain/instant.ts'
import type { Belief } from '../../core/state/belief.ts'
import { newBelief } from '../../core/state/new-belief.ts'
import { observe } from '../../core/state/observe.ts'
import type { World } from '../../core/state/world.ts'
import type { WeatherTrack } from '../weather-track.ts'
import type { ExcitedLife } from './excited-life.ts'

/** What the controller would have believed after each sample, had it known `building` by this model. */
export function followBeliefs(
  building: Building,
  life: ExcitedLife,
  weather: WeatherTrack,
  timeZone: string,
): readonly Belief[] {
  const first = life.samples[0]?.at ?? 0
  const world: World = {
    timeZone,
    weatherAt: (at) => ({ ...weather.at(at) }),
    offsetAt: (at) => life.offsetK[Math.round((at - first) / SLOT_MS)],
  }
  const beliefs: Belief[] = []
  let belief = newBelief(building, first - SLOT_MS)
  for (const sample of life.samples) {
    belief = observe(belief, building, sample, world)
    beliefs.push(belief)
  }
  return beliefs
}

/** One value a sample of what the model is driven by, and of what it is to explain. */
export interface Observations {
  readonly airC: Float64Array
  /** Mean of the quarter-hour that ends at the sample. */
  readonly heatKw: Float64Array
  readonly outdoorC: Float64Array
  readonly solarWm2: Float64Array
}

export function observations(beliefs: readonly Belief[], weather: WeatherTrack): Observations {
  const series = (of: (belief: Belief) => number) => Float64Array.from(beliefs, of)
  return {
    airC: series((belief) => belief.comfort.coldestC ?? Number.NaN),
    heatKw: series((belief) => belief.heat.spaceKw ?? Number.NaN),
    outdoorC: series((belief) => belief.outdoor.outdoorC ?? Number.NaN),
    solarWm2: series((belief) => weather.at(belief.at - SLOT_MS).solarWm2),
  }
}
