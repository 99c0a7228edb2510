import type { Building } from '../domain/building.ts'
import { HOUR_MS, type Instant } from '../domain/instant.ts'
import { weekHour } from '../thermal/week-profile.ts'
import type { ActuatorBelief, Belief } from './belief.ts'
import { curveSupplyC } from './curve-supply.ts'
import { DOWN, effectShare, ROOM, radiatorKwPerK, signatureHeatKw, UP } from './signature.ts'

/** What the actuator can do at one outdoor temperature, in kelvins of supply whatever its own unit is. */
export interface Effect {
  /** Space heat of the untouched curve, kW. */
  readonly curveHeatKw: number
  readonly kwPerKUp: number
  readonly kwPerKDown: number
  /** Heat that a comfort zone one kelvin above its usual refuses, kW. */
  readonly roomKwPerK: number
  /** Beyond these offsets nothing more happens: no heat is left to take, or the supply is at its limit. */
  readonly minOffsetUsefulK: number
  readonly maxOffsetUsefulK: number
  readonly maxHeatKw: number
}

const ROOM_C = 21.5

/** An instant ahead: its hour of the local week tells more of the curve's heat, its distance how far doubts reach. */
export interface When {
  readonly at: Instant
  readonly timeZone: string
}

/** Doubt in an actuator's answer fades ahead as it fades behind: in about six hours. */
const DOUBT_HOURS = 6

/** What the actuator can do at `outdoorC`, now or `when`. */
export function effect(belief: Belief, building: Building, outdoorC: number, when?: When): Effect {
  const { signature, actuator } = belief
  const radiatorKw = radiatorKwPerK(signature, building, outdoorC)
  const heatKw = curveHeatKw(belief, outdoorC, when)
  const doubt = when ? Math.exp(-Math.max(0, when.at - belief.at) / (DOUBT_HOURS * HOUR_MS)) : 1
  const upRatio = 1 - doubt * (1 - actuator.upRatio)
  const downRatio = 1 - doubt * (1 - actuator.downRatio)
  const kwPerKUp = radiatorKw * effectShare(signature, UP, outdoorC) * upRatio
  const kwPerKDown = radiatorKw * effectShare(signature, DOWN, outdoorC) * downRatio
  const supplyC = curveSupplyC(building, outdoorC)
  const coldestSupplyC = Math.max(building.supplyMinC, ROOM_C)
  return {
    curveHeatKw: heatKw,
    kwPerKUp,
    kwPerKDown,
    roomKwPerK: radiatorKw * Math.max(0, signature.mean[ROOM]),
    minOffsetUsefulK: Math.max(-heatKw / Math.max(kwPerKDown, 1e-6), coldestSupplyC - supplyC),
    maxOffsetUsefulK: Math.max(0, building.supplyMaxC - supplyC),
    maxHeatKw: maxHeatKw(building, actuator),
  }
}

/** Space heat that the building's own curve takes at `outdoorC`, kW; with `when`, as usual at that hour. */
export function curveHeatKw(belief: Belief, outdoorC: number, when?: When): number {
  const { signature } = belief
  const usualKw = when ? signature.weekKw[weekHour(when.at, when.timeZone)] : 0
  return Math.max(0, signatureHeatKw(signature, outdoorC) + usualKw)
}

/** What a building with only a meter must not fall below, kW: a tenth under its own signature. */
export function signatureFloorKw(belief: Belief, outdoorC: number): number {
  return 0.9 * signatureHeatKw(belief.signature, outdoorC)
}

const NAMEPLATE_RESERVE = 1.3

function maxHeatKw(building: Building, actuator: ActuatorBelief): number {
  if (actuator.noFlowSince !== null) return 0
  // A nameplate is a design point with a reserve; where the real limit lies, a limiter shows.
  return actuator.limitKw ?? NAMEPLATE_RESERVE * building.maxHeatKw
}
