import type { Actuator, Building } from '../domain/building.ts'

/** Kilowatts that a kelvin of supply temperature brings, a slot, for more and for less heat than the curve. */
export interface EffectSeries {
  readonly kwPerKUp: Float64Array
  readonly kwPerKDown: Float64Array
}

/**
 * The offset on the heating curve, K a slot, that gives the planned heat: the plan is in kilowatts, the
 * building takes kelvins. Unrounded; within the actuator's reach.
 */
export function offsetWish(
  heatKw: Float64Array,
  curveHeatKw: Float64Array,
  effect: EffectSeries,
  reach: { readonly min: number; readonly max: number },
): Float64Array {
  const wish = new Float64Array(heatKw.length)
  for (let k = 0; k < wish.length; k++) {
    const moreKw = heatKw[k] - curveHeatKw[k]
    const kwPerK = Math.max(1e-6, moreKw >= 0 ? effect.kwPerKUp[k] : effect.kwPerKDown[k])
    wish[k] = Math.min(reach.max, Math.max(reach.min, moreKw / kwPerK))
  }
  return wish
}

/** What the actuator of this building is asked for, given the offset on its curve and the planned heat. */
export function actuatorValue(
  actuator: Actuator,
  building: Building,
  slot: { readonly offsetK: number; readonly outdoorC: number; readonly heatKw: number },
): number {
  switch (actuator.kind) {
    case 'supplyOffsetK':
      return onGrid(slot.offsetK, actuator)
    case 'supplyC':
      return onGrid(curveSupplyC(building, slot.outdoorC) + slot.offsetK, actuator)
    case 'roomSetpointC':
      return onGrid(roomTargetC(building) + slot.offsetK / roomSlope(building), actuator)
    case 'heatLimitKw':
      return onGrid(slot.heatKw, actuator)
    default:
      return actuator.kind satisfies never
  }
}

/** The local heating curve at an outdoor temperature: straight between its points, flat beyond them. */
export function curveSupplyC({ curve, supplyMinC, supplyMaxC }: Building, outdoorC: number): number {
  const points = curve
  let supplyC = points[points.length - 1].supplyC
  if (outdoorC <= points[0].outdoorC) supplyC = points[0].supplyC
  else {
    for (let k = 1; k < points.length; k++) {
      if (outdoorC > points[k].outdoorC) continue
      const share = (outdoorC - points[k - 1].outdoorC) / (points[k].outdoorC - points[k - 1].outdoorC)
      supplyC = points[k - 1].supplyC + share * (points[k].supplyC - points[k - 1].supplyC)
      break
    }
  }
  return Math.min(supplyMaxC, Math.max(supplyMinC, supplyC))
}

function roomTargetC({ comfort }: Building): number {
  return Math.min(comfort.maxC, comfort.minC + 1)
}

/** Kelvins of supply a kelvin of room setpoint: the ECL's law, slope × 2.5 (DOMAIN 5.2). */
function roomSlope({ curve }: Building): number {
  const first = curve[0]
  const last = curve[curve.length - 1]
  const slope = (first.supplyC - last.supplyC) / Math.max(1, last.outdoorC - first.outdoorC)
  return Math.max(0.5, 2.5 * slope)
}

function onGrid(value: number, { min, max, step }: Actuator): number {
  const rounded = Math.round(value / step) * step
  return Math.min(max, Math.max(min, rounded))
}
