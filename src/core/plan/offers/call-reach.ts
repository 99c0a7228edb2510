import type { FlexDirection } from '../../domain/flexibility.ts'
import type { FlexibleBuilding } from './flexible-building.ts'
import type { HeldResponse } from './held-response.ts'

/** One direction of a building, so that down and up are one calculation. */
export interface Side {
  readonly direction: FlexDirection
  /** Room for the call and, the other way, for its preparation: heat a slot, kW. */
  readonly heatKw: Float64Array
  readonly preparingKw: Float64Array
  /** Kelvins that the planned room leaves for the call and for its preparation, a slot's end. */
  readonly roomK: Float64Array
  readonly preparingK: Float64Array
  readonly kwPerK: Float64Array
  readonly errorShare: number
}

export function sideOf(one: FlexibleBuilding, direction: FlexDirection): Side {
  const below = one.heatKw.map((kw, k) => Math.max(0, kw - one.minHeatKw[k]))
  const above = one.heatKw.map((kw, k) => Math.max(0, one.maxHeatKw[k] - kw))
  const warmer = one.indoorC.map((c, k) => c - one.lowC[k])
  const colder = one.indoorC.map((c, k) => one.highC[k] - c)
  return direction === 'down'
    ? {
        direction,
        heatKw: below,
        preparingKw: above,
        roomK: warmer,
        preparingK: colder,
        kwPerK: one.kwPerKDown,
        errorShare: one.downErrorShare,
      }
    : {
        direction,
        heatKw: above,
        preparingKw: below,
        roomK: colder,
        preparingK: warmer,
        kwPerK: one.kwPerKUp,
        errorShare: one.upErrorShare,
      }
}

/** The most that a call from one slot on can have of a building, for each number of slots that it lasts. */
export interface CallReach {
  /** By the actuator, and by the rooms; the latter may be negative. kW */
  readonly byHeatKw: Float64Array
  readonly byRoomKw: Float64Array
  /** The kW/K at which the rooms limit it. */
  readonly kwPerRoomK: Float64Array
  /** Preparation that goes with `byRoomKw`, kW, and what the rooms give without any, kW. */
  readonly preparedKw: Float64Array
  readonly unpreparedKw: Float64Array
}

export function newCallReach(slots: number): CallReach {
  const series = () => new Float64Array(slots + 1)
  return {
    byHeatKw: series(),
    byRoomKw: series(),
    kwPerRoomK: series(),
    preparedKw: series(),
    unpreparedKw: series(),
  }
}

/**
 * A reduction r held from slot k on takes S_j r from the room j slots later, S the held response; a preparation q over
 * the `prepared` slots before k adds (S_{j + prepared} − S_j) q. Both come on top of the planned room, so that r is
 * limited by the least of (room + preparation) / S over the window, and q by the room before it.
 */
export function callReach(
  side: Side,
  response: HeldResponse,
  k: number,
  prepared: number,
  rateKw: number,
  out: CallReach,
): void {
  const { air } = response
  const { heatKw, roomK } = side
  const longest = out.byHeatKw.length - 1
  const q = mostPreparation(side, air, k, prepared, rateKw)
  // What goes up before must come down too within the actuator's pace.
  let byHeat = Math.max(0, rateKw - q)
  let byRoom = Number.POSITIVE_INFINITY
  let plain = Number.POSITIVE_INFINITY
  let perK = 0
  for (let j = 1; j <= longest; j++) {
    const at = k + j - 1
    if (at < heatKw.length) {
      byHeat = Math.min(byHeat, heatKw[at])
      plain = Math.min(plain, roomK[at] / air[j])
      const room = (roomK[at] + q * (air[j + prepared] - air[j])) / air[j]
      if (room < byRoom) {
        byRoom = room
        perK = 1 / air[j]
      }
    } else byHeat = 0
    out.byHeatKw[j] = byHeat
    out.byRoomKw[j] = byRoom
    out.kwPerRoomK[j] = perK
    out.preparedKw[j] = q
    out.unpreparedKw[j] = plain
  }
}

/** The largest constant preparation over the slots before k that heat, pace and rooms allow, kW. */
function mostPreparation(side: Side, air: Float64Array, k: number, prepared: number, rateKw: number): number {
  let q = prepared > 0 ? rateKw / 2 : 0
  for (let j = 1; j <= prepared; j++) {
    const at = k - prepared + j - 1
    q = Math.min(q, side.preparingKw[at], side.preparingK[at] / air[j])
  }
  return Math.max(0, q)
}
