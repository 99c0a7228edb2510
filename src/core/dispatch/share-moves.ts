import { type Instant, MINUTE_MS } from '../domain/instant.ts'
import type { TrackMove } from '../domain/tracking.ts'
import type { TrackedBuilding } from './track-fleet.ts'
import type { TrackMemory } from './track-memory.ts'

interface Sharing {
  readonly buildings: readonly TrackedBuilding[]
  readonly memory: TrackMemory
  /** What is delivered too little (positive) or too much, kW. */
  readonly excessKw: number
  /** +1 where heat must go down for it, −1 where up. */
  readonly sign: 1 | -1
  readonly now: Instant
}

/** A building that was just moved is left to answer first. */
const REST_MS = 10 * MINUTE_MS
/** A move and the way back. */
const MOVE_WRITES = 2

/** Who moves, and by how much: those who gave least first, as few as will do, and none further than is missing. */
export function shareMoves({ buildings, memory, excessKw, sign, now }: Sharing): readonly TrackMove[] {
  const resting = new Set(memory.moves.flatMap(({ building, at }) => (now - at < REST_MS ? [building] : [])))
  const isMore = excessKw > 0
  const able = buildings.filter(
    (one) => one.follows && !one.isProtected && !resting.has(one.building) && isSound(one),
  )
  const order = isMore ? byBurden : (a: TrackedBuilding, b: TrackedBuilding) => byBurden(b, a)
  const moves: TrackMove[] = []
  // Heat is to change by this much: to go down where it is negative.
  let leftKw = -sign * excessKw
  for (const one of [...able].sort(order)) {
    if (one.writesLeft < (isMore ? MOVE_WRITES : 1)) continue
    const roomKw = isMore ? giveKw(one, sign) : takeBackKw(one, sign)
    const changeK = stepsK(one, Math.sign(leftKw) * Math.min(Math.abs(leftKw), roomKw))
    if (changeK === 0) continue
    const changeKw = changeK * one.kwPerK
    moves.push({ building: one.building, offsetK: one.offsetK + changeK, changeKw, at: now })
    leftKw -= changeKw
  }
  return moves
}

function isSound({ kwPerK, stepK, downKw, upKw, offsetK }: TrackedBuilding): boolean {
  return kwPerK > 0 && stepK > 0 && [kwPerK, stepK, downKw, upKw, offsetK].every(Number.isFinite)
}

/** The least burdened first; of equals the one with the most room, so that few are moved. */
function byBurden(a: TrackedBuilding, b: TrackedBuilding): number {
  if (a.burdenKh !== b.burdenKh) return a.burdenKh - b.burdenKh
  if (a.downKw !== b.downKw) return b.downKw - a.downKw
  return a.building < b.building ? -1 : 1
}

function giveKw({ downKw, upKw }: TrackedBuilding, sign: 1 | -1): number {
  return Math.max(0, sign > 0 ? downKw : upKw)
}

/** Only what was moved beyond the plan comes back. */
function takeBackKw({ offsetK, plannedOffsetK, kwPerK }: TrackedBuilding, sign: 1 | -1): number {
  return Math.max(0, sign * (plannedOffsetK - offsetK) * kwPerK)
}

/** Whole steps of the actuator within `kw`, and none where they are less than is worth a write. */
function stepsK({ kwPerK, stepK, deadbandK }: TrackedBuilding, kw: number): number {
  const wholeK = Math.floor(Math.abs(kw) / kwPerK / stepK + 1e-9) * stepK
  return wholeK >= Math.max(deadbandK, stepK) ? Math.sign(kw) * wholeK : 0
}
