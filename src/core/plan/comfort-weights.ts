import { SLOT_HOURS } from '../domain/instant.ts'
import type { DiscreteModel } from '../thermal/discretise.ts'

export interface ComfortWeights {
  /** EUR/K a slot below and above the band. */
  readonly w1Lo: Float64Array
  readonly w1Hi: Float64Array
  /** EUR/K² a slot. */
  readonly w2Lo: number
  readonly w2Hi: number
}

// Below this price, EUR/kWh, comfort is still worth as much: cheap heat must not make a cold room free.
const LEAST_PRICE = 0.05

/**
 * Comfort weights that no price can outbid. Warming the air by a kelvin within one slot costs price·Δt/b₁, more
 * than any other way to warm it, so a weight above that at the dearest price is an exact penalty: a spike or a
 * mad price never buys a cold room, and the band breaks only where heat cannot keep it. A room that is some tenths
 * too warm for some hours is another matter: it has a price, `warmEurPerKh`, that only dear heat is worth.
 */
export function comfortWeights(
  eurPerKwh: Float64Array,
  model: DiscreteModel,
  warmEurPerKh: number,
  feeEurPerKw = 0,
): ComfortWeights {
  const n = eurPerKwh.length
  let dearest = LEAST_PRICE
  let cheapest = LEAST_PRICE
  for (let k = 0; k < n; k++) {
    dearest = Math.max(dearest, eurPerKwh[k])
    cheapest = Math.max(cheapest, -eurPerKwh[k])
  }
  // A kilowatt in a slot that sets a peak costs the fee on top, and does not buy a cold room either.
  const below = (1.2 * (dearest * SLOT_HOURS + feeEurPerKw)) / model.bHeat1
  // Paid to heat, overheating must cost more than it earns.
  const above = Math.max(
    warmEurPerKh * SLOT_HOURS,
    (1.2 * (cheapest - LEAST_PRICE) * SLOT_HOURS) / model.bHeat1,
  )
  return {
    w1Lo: new Float64Array(n).fill(below),
    w1Hi: new Float64Array(n).fill(above),
    w2Lo: below,
    w2Hi: above,
  }
}
