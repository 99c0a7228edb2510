import type { Instant } from '../domain/instant.ts'
import type { TrackMove } from '../domain/tracking.ts'
import type { TrackedBuilding } from './track-fleet.ts'

/** What the fast loop remembers from one look to the next. */
export interface TrackMemory {
  readonly at: Instant
  /** What meters show beyond plans and our own moves, smoothed, kW. */
  readonly biasKw: number
  /** Moves since each building was last planned, oldest first. */
  readonly moves: readonly TrackMove[]
}

/** Only moves of buildings that are still there, and follow: a plan or a curve that took over has undone the others. */
export function beginTracking(
  before: TrackMemory | undefined,
  buildings: readonly TrackedBuilding[],
): TrackMemory {
  if (!before) return { at: Number.NEGATIVE_INFINITY, biasKw: 0, moves: [] }
  if (before.moves.length === 0) return before
  const moved = new Set(
    buildings.flatMap((one) => (one.follows && one.offsetK !== one.plannedOffsetK ? [one.building] : [])),
  )
  return { ...before, moves: before.moves.filter(({ building }) => moved.has(building)) }
}

/** What all meters together show that neither plans nor the moves that they have seen explain, kW. */
export function unexplainedKw(buildings: readonly TrackedBuilding[], { moves }: TrackMemory): number {
  const seenMoves = new Map<string, number>()
  const meters = new Map(buildings.map((one) => [one.building, one]))
  for (const { building, changeKw, at } of moves) {
    const meter = meters.get(building)
    if (!meter || meter.missKw === null) continue
    const seen = changeKw * seenShare(at, meter.metered)
    seenMoves.set(building, (seenMoves.get(building) ?? 0) + seen)
  }
  let sum = 0
  for (const { building, missKw } of buildings) {
    if (missKw !== null && Number.isFinite(missKw)) sum += missKw - (seenMoves.get(building) ?? 0)
  }
  return sum
}

/** The share of a metered interval in which a move was already in force. */
function seenShare(at: Instant, { from, to }: TrackedBuilding['metered']): number {
  if (!(to > from)) return at < to ? 1 : 0
  return Math.max(0, Math.min(1, (to - at) / (to - from)))
}
