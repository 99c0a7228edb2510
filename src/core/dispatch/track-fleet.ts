import type { BuildingId } from '../domain/building-id.ts'
import { type Instant, MINUTE_MS } from '../domain/instant.ts'
import type { TrackMove, TrackStatus } from '../domain/tracking.ts'
import { shareMoves } from './share-moves.ts'
import { beginTracking, type TrackMemory, unexplainedKw } from './track-memory.ts'

/** One building as the fast loop sees it. */
export interface TrackedBuilding {
  readonly building: BuildingId
  /** Heat through its meter as its plan, or its own curve where it does not follow, has it now, kW. */
  readonly expectedKw: number
  /** Metered less expected over the last metered interval, kW; null where its meter is silent. */
  readonly missKw: number | null
  readonly metered: { readonly from: Instant; readonly to: Instant }
  /** It hears us, obeys, and nobody in it has said no. */
  readonly follows: boolean
  /** No order may ask anything of it. */
  readonly isProtected: boolean
  /** The offset on its curve that it was last told, and that of its plan, K. */
  readonly offsetK: number
  readonly plannedOffsetK: number
  readonly kwPerK: number
  /** What more its actuator and its rooms let be taken away, or given, kW. */
  readonly downKw: number
  readonly upKw: number
  readonly writesLeft: number
  readonly stepK: number
  readonly deadbandK: number
  /** Kelvin-hours that orders took from it so far. */
  readonly burdenKh: number
}

export interface TrackProblem {
  readonly now: Instant
  /** Flow through these meters that was committed, kW: not more than it, or not less. */
  readonly side: 'at-most' | 'at-least'
  readonly committedKw: number
  /** What plans aim at so that the commitment is kept: held against plans alone, meters do not count. */
  readonly aimedKw?: number | undefined
  readonly buildings: readonly TrackedBuilding[]
}

export interface Tracked {
  readonly moves: readonly TrackMove[]
  readonly memory: TrackMemory
  readonly status: TrackStatus
}

/** Meters and hot water are no steadier: less than this share of what is committed is not worth a write. */
const DEADBAND_SHARE = 0.01
/** Too much delivered costs less than too little: moves are taken back only beyond so many dead-bands. */
const RELEASE_BANDS = 3
/** What meters show beyond plans is believed within about this time. */
const BELIEVED_MS = 10 * MINUTE_MS
/** And never beyond this share of the commitment: a wild meter must not empty the houses. */
const MOST_BIAS_SHARE = 0.3

/**
 * Between plans: what flows, as far as anyone can know it now, against what was committed. Known changes count at
 * once (a building that has dropped out is back on its curve), what meters show beyond them is smoothed. Beyond a
 * dead-band just so much is moved as is missing, among buildings that have room for it and can be told.
 */
export function trackFleet(problem: TrackProblem, before: TrackMemory | undefined): Tracked {
  const { now, buildings, committedKw } = problem
  const sign = problem.side === 'at-most' ? 1 : -1
  const memory = beginTracking(before, buildings)
  const seenKw = unexplainedKw(buildings, memory)
  const mostKw = MOST_BIAS_SHARE * Math.abs(committedKw)
  const biasKw = clamp(smooth(before, seenKw, now), mostKw)
  const plannedKw = expectedSum(buildings) + movedSum(memory)
  const estimatedKw = plannedKw + biasKw
  const shortKw = sign * (estimatedKw - committedKw)
  const excessKw = Math.max(shortKw, sign * (plannedKw - (problem.aimedKw ?? committedKw)))
  const deadbandKw = DEADBAND_SHARE * Math.abs(committedKw)
  const isNeeded = excessKw > deadbandKw || excessKw < -RELEASE_BANDS * deadbandKw
  const moves = isNeeded ? shareMoves({ buildings, memory, excessKw, sign, now }) : []
  const changedKw = moves.reduce((sum, { changeKw }) => sum + changeKw, 0)
  const leftKw = shortKw + sign * changedKw
  return {
    moves,
    memory: { ...memory, biasKw, at: now, moves: [...memory.moves, ...moves] },
    status: {
      committedKw,
      estimatedKw: estimatedKw + changedKw,
      unmetKw: leftKw > deadbandKw ? leftKw : 0,
      biasKw,
      dropped: buildings.flatMap(({ follows, building }) => (follows ? [] : [building])),
      silent: buildings.flatMap(({ missKw, building }) => (missKw === null ? [building] : [])),
    },
  }
}

function expectedSum(buildings: readonly TrackedBuilding[]): number {
  let sum = 0
  for (const { expectedKw } of buildings) if (Number.isFinite(expectedKw)) sum += expectedKw
  return sum
}

function movedSum({ moves }: TrackMemory): number {
  return moves.reduce((sum, { changeKw }) => sum + changeKw, 0)
}

function smooth(before: TrackMemory | undefined, seenKw: number, now: Instant): number {
  const pastKw = before?.biasKw ?? 0
  const passedMs = before ? Math.max(0, now - before.at) : 0
  return pastKw + (1 - Math.exp(-passedMs / BELIEVED_MS)) * (seenKw - pastKw)
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value))
}
