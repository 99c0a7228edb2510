import type { ThermalModel } from '../../domain/building.ts'
import { SLOT_HOURS } from '../../domain/instant.ts'
import { discretise } from '../../thermal/discretise.ts'

/** Kelvins that one kilowatt held for 0, 1, 2, … slots makes, on the air and on the structure. */
export interface HeldResponse {
  readonly air: Float64Array
  readonly mass: Float64Array
}

/** Both masses are linear: what a change of heat does is added to what was planned anyway. */
export function heldResponse(model: ThermalModel, slots: number): HeldResponse {
  const step = discretise(model, SLOT_HOURS)
  const air = new Float64Array(slots + 1)
  const mass = new Float64Array(slots + 1)
  for (let k = 0; k < slots; k++) {
    air[k + 1] = step.a11 * air[k] + step.a12 * mass[k] + step.bHeat1
    mass[k + 1] = step.a21 * air[k] + step.a22 * mass[k] + step.bHeat2
  }
  return { air, mass }
}
