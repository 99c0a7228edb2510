import type { Building } from '../domain/building.ts'
import { HOUR_MS } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import { filterNoise, shiftFilter, type ThermalFilter } from '../thermal/filter.ts'
import { modelOf } from '../thermal/prior-model.ts'
import { updateFilter } from '../thermal/update-filter.ts'
import { advanceFilter, startFilter } from './advance-filter.ts'
import type { Belief } from './belief.ts'
import { comfortOf, compositionShiftK } from './comfort.ts'
import { hotWaterKw } from './hot-water.ts'
import { addToHour, hourIndex, NO_SUMS } from './hour-sums.ts'
import { learnHour } from './learn-hour.ts'
import { learnLocalBias } from './learn-local-bias.ts'
import { observeActuator } from './observe-actuator.ts'
import { observeOutdoor } from './observe-outdoor.ts'
import { observeZones } from './observe-zones.ts'
import { splitHeat } from './split-heat.ts'
import type { World } from './world.ts'

const LONGEST_HOURS = 1

/** The belief with one sample more; samples come in order of `at` (`timeline.ts` sees to it). */
export function observe(belief: Belief, building: Building, sample: Sample, world: World): Belief {
  if (sample.at <= belief.at) return belief
  const ready = beginHour(belief, building, sample, world)
  const hours = belief.samples === 0 ? 0 : Math.min(LONGEST_HOURS, (sample.at - belief.at) / HOUR_MS)
  const seenOutdoor = observeOutdoor(ready, sample, world.weatherAt(sample.at).outdoorC, hours)
  const outdoor = learnLocalBias(seenOutdoor, sample.at, world)
  const outdoorC = outdoor.outdoorC ?? 0
  const heat = splitHeat(
    ready.heat,
    sample,
    hotWaterKw(ready, sample.at - sample.intervalS * 500, world.timeZone),
  )
  const actuator = observeActuator(ready, building, sample, world, outdoorC)
  const { zones, level } = building.hasIndoorSensor
    ? observeZones(ready, building, sample)
    : { zones: ready.zones, level: ready.level }
  const comfort = comfortOf(zones, level.c)
  const seen = { ...ready, outdoor, heat, actuator, zones, level, comfort }
  const filter = nextFilter({ ...seen, heat: ready.heat }, building, sample, world, {
    heatKw: heat.at === sample.at ? heat.spaceKw : null,
    shiftK: compositionShiftK(ready.zones, zones, level.c),
  })
  const next = { ...seen, filter, at: sample.at, samples: belief.samples + 1 }
  return { ...next, hour: addToHour(ready.hour, next, sample, hours) }
}

function beginHour(belief: Belief, building: Building, sample: Sample, world: World): Belief {
  const index = hourIndex(sample.at)
  if (index === belief.hour.index) return belief
  return { ...learnHour(belief, building, world.timeZone), hour: { index, ...NO_SUMS } }
}

interface Step {
  readonly heatKw: number | null
  readonly shiftK: number
}

function nextFilter(
  belief: Belief,
  building: Building,
  sample: Sample,
  world: World,
  step: Step,
): ThermalFilter | null {
  const airC = isMeasured(belief, sample) ? belief.comfort.coldestC : null
  const ahead = advanceFilter(belief, building, sample, world, step.heatKw)
  if (ahead === null)
    return airC === null ? belief.filter : startFilter(belief, building, airC, belief.outdoor.outdoorC ?? 0)
  if (airC === null) return ahead
  const hours = (sample.at - belief.at) / HOUR_MS
  const moved = step.shiftK === 0 ? ahead : shiftFilter(ahead, step.shiftK)
  return updateFilter(moved, filterNoise(modelOf(building)), airC, hours).filter
}

// A sample without temperatures leaves the comfort figures as they were: they are no new measurement.
function isMeasured(belief: Belief, sample: Sample): boolean {
  return belief.zones.some((zone) => zone.state === 'ok' && zone.at === sample.at)
}
