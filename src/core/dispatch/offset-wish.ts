import { type Actuator, type Building, ROOM_REFERENCE_C } from '../domain/building.ts'

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

/** What dispatch knows of the slot whose value is asked for. */
export interface ActuatorSlot {
  /** Kelvins of supply above the own curve. */
  readonly offsetK: number
  readonly outdoorC: number
  /** What the own curve would take, and what a kelvin less of supply takes away, kW. */
  readonly curveHeatKw: number
  readonly kwPerKDown: number
}

/** What the actuator of this building is asked for, for an offset on its curve; null is its own affair. */
export function actuatorValue(building: Building, slot: ActuatorSlot): number | null {
  const { actuator } = building
  const { offsetK, outdoorC } = slot
  switch (actuator.kind) {
    case 'supplyOffsetK':
      return onGrid(offsetK, actuator)
    case 'supplyC':
      return offsetK === 0 ? null : onGrid(curveSupplyC(building, outdoorC) + offsetK, actuator)
    case 'roomSetpointC':
      return offsetK === 0 ? null : onGrid(ROOM_REFERENCE_C + offsetK / roomSlope(building), actuator)
    case 'heatLimitKw':
      // A limit takes heat away, or is none.
      return offsetK >= 0 ? null : onGrid(slot.curveHeatKw + offsetK * slot.kwPerKDown, actuator)
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

/** Kelvins of supply a kelvin of room setpoint: the ECL's law, slope × 2.5 (DOMAIN 5.2). */
export function roomSlope({ curve }: Building): number {
  const first = curve[0]
  const last = curve[curve.length - 1]
  const slope = (first.supplyC - last.supplyC) / Math.max(1, last.outdoorC - first.outdoorC)
  return Math.max(0.5, 2.5 * slope)
}

function onGrid(value: number, { min, max, step }: Actuator): number {
  const rounded = Math.round(value / step) * step
  return Math.min(max, Math.max(min, rounded))
}
