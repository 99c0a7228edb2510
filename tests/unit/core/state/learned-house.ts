import type { Building } from '../../../../src/core/domain/building.ts'
import { SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { Sample } from '../../../../src/core/domain/telemetry.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import type { NightFitJob } from '../../../../src/core/state/night-fit.ts'
import { pretend } from '../thermal/identify/pretend-building.ts'
import { block, ZONE } from './pretend.ts'

/** The pretended house of two masses as a controller is told of it: three rooms around the one that is known. */
export const house: Building = { ...block, learnsModel: true }

export function houseSamples(days: number, moveKw?: number): readonly Sample[] {
  const told = pretend({ days, stepHours: 0.25, ...(moveKw !== undefined && { moveKw }) })
  return told.at.map((at, k) => {
    const coldest = told.indoorC[k]!
    return {
      building: house.id,
      at,
      intervalS: 900,
      readings: {
        spaceHeatKw: told.heatKw[k]!,
        outdoorC: told.outdoorC[k]!,
        zones: { a: { indoorC: coldest + 0.6 }, b: { indoorC: coldest }, c: { indoorC: coldest + 1.1 } },
      },
    }
  })
}

export function houseWeather(days: number) {
  const { at, outdoorC, solarWm2 } = pretend({ days, stepHours: 0.25 })
  return {
    start: at[0]! - SLOT_MS,
    outdoorC: Float64Array.from(outdoorC),
    solarWm2: Float64Array.from(solarWm2),
  }
}

export function houseJob(days: number, more: Partial<NightFitJob> = {}): NightFitJob {
  const { hotWater, signature } = newBelief(house, 0)
  return {
    building: house,
    timeZone: ZONE,
    samples: houseSamples(days),
    weather: houseWeather(days),
    knowledge: { hotWater, signature },
    previous: undefined,
    ...more,
  }
}
