import type { Building } from '../domain/building.ts'
import type { Instant } from '../domain/instant.ts'
import { WEEK_HOURS } from '../thermal/week-profile.ts'
import type { Belief } from './belief.ts'
import { newHotWater } from './hot-water.ts'
import { hourIndex, NO_SUMS } from './hour-sums.ts'
import { newSignature } from './signature.ts'

/** What is believed of a building that has never been heard, from its description alone. */
export function newBelief(building: Building, at: Instant): Belief {
  return {
    version: 1,
    building: building.id,
    at,
    samples: 0,
    filter: null,
    gains: { profileKw: new Float64Array(WEEK_HOURS) },
    zones: [],
    comfort: { coldestC: null, lowestC: null, meanC: null, warmestC: null, zones: 0 },
    level: { c: null, recent: [] },
    outdoor: {
      outdoorC: null,
      dayMeanC: null,
      biasK: 0,
      source: 'none',
      sameSince: at,
      weatherLowC: 0,
      weatherHighC: 0,
      sensorC: null,
    },
    heat: { totalKw: null, spaceKw: null, hotWaterKw: null, source: 'none', at },
    hotWater: newHotWater(building),
    signature: newSignature(building),
    actuator: {
      offset: 0,
      laggedOffset: 0,
      upRatio: 1,
      downRatio: 1,
      shortSince: null,
      noFlowSince: null,
      limitKw: null,
    },
    hour: { index: hourIndex(at), ...NO_SUMS },
  }
}
