import type { FlexibleBuilding } from '../../../../../src/core/plan/offers/flexible-building.ts'
import { discretise } from '../../../../../src/core/thermal/discretise.ts'
import { priorModel } from '../../../../../src/core/thermal/prior-model.ts'

export const SLOTS = 96
export const START = Date.UTC(2024, 0, 15)

/** A concrete block whose plan holds `indoorC` at −5 °C, half a kelvin above what a call may take it to. */
export function flexible(given: Partial<FlexibleBuilding> & { indoor?: number } = {}): FlexibleBuilding {
  const model = given.model ?? priorModel({ kind: 'concrete-block', floorAreaM2: 3000, builtYear: 1970 })
  const level = given.indoor ?? 20.5
  const series = (value: number) => new Float64Array(SLOTS).fill(value)
  return {
    model,
    heatKw: series(90),
    indoorC: series(level),
    minHeatKw: series(10),
    maxHeatKw: series(150),
    lowC: series(20),
    highC: series(22),
    rateKw: 100,
    eurPerKwh: series(0.08),
    kwPerKDown: series(3),
    kwPerKUp: series(2.5),
    deadbandK: 1,
    stepK: 0.5,
    downErrorShare: 0.15,
    upErrorShare: 0.2,
    roomErrorK: 0.2,
    availability: 0.97,
    writesLeft: new Uint8Array(SLOTS).fill(6),
    ...given,
  }
}

/** Nothing about it is in doubt. */
export function certain(given: Parameters<typeof flexible>[0] = {}): FlexibleBuilding {
  return flexible({ downErrorShare: 0, upErrorShare: 0, roomErrorK: 0, availability: 1, stepK: 0, ...given })
}

/** The room's change under a change of heat a slot, by stepping the model itself. */
export function roomChange(one: FlexibleBuilding, changeKw: Float64Array): Float64Array {
  const step = discretise(one.model, 0.25)
  const out = new Float64Array(changeKw.length)
  let air = 0
  let mass = 0
  for (let k = 0; k < changeKw.length; k++) {
    const next = step.a11 * air + step.a12 * mass + step.bHeat1 * changeKw[k]!
    mass = step.a21 * air + step.a22 * mass + step.bHeat2 * changeKw[k]!
    air = next
    out[k] = air
  }
  return out
}
