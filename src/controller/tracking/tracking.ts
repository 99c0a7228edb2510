import { type TrackedBuilding, trackFleet } from '../../core/dispatch/track-fleet.ts'
import type { TrackMemory } from '../../core/dispatch/track-memory.ts'
import type { BuildingId } from '../../core/domain/building-id.ts'
import type { CommitmentView } from '../../core/domain/flexibility.ts'
import { type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import type { TrackMove, TrackStatus } from '../../core/domain/tracking.ts'
import type { ControllerState } from '../controller-state.ts'
import type { Member } from '../member.ts'
import type { Outlook } from '../outlook.ts'
import type { Commitment } from './commitment.ts'
import { createMeteredMisses } from './metered-misses.ts'
import { createMoves } from './moves.ts'
import { trackedMember } from './tracked-member.ts'

/** Keeps what was committed between the turns of the loop. At work only while something is. */
export interface Tracking {
  /** A turn gave leases, or an order began, changed or ended: looks at once, and then again and again. */
  arm(): void
  /** How each commitment fares. */
  views(): readonly CommitmentView[]
  /** What meters show beyond plans, kW: the next plan is to aim so much lower (higher for an increase). */
  biasKw(id: string): number
  stop(): void
}

export interface TrackingSetup {
  readonly state: ControllerState
  /** Work that waits for its place among the turns. */
  readonly enqueue: (work: () => Promise<void>) => unknown
  readonly commitments: (now: Instant) => readonly Commitment[]
  readonly isProtected: (member: Member, at: Instant) => boolean
  readonly onMoved: (which: readonly Member[]) => void
}

export const LOOK_MS = MINUTE_MS / 2
/** A look at a very large fleet takes a while itself: half as often is often enough. */
const LARGE_FLEET = 10_000

export function createTracking(setup: TrackingSetup): Tracking {
  const { state } = setup
  const { clock, control } = state.setup
  const memories = new Map<string, Omit<TrackMemory, 'moves'>>()
  /** Of all commitments: what one moves, the others know of. */
  let made: readonly TrackMove[] = []
  const statuses = new Map<string, TrackStatus>()
  const moves = createMoves(state, setup.onMoved)
  const misses = createMeteredMisses()
  let cancel: (() => void) | undefined
  let isStopped = false

  function arm(): void {
    cancel?.()
    cancel = undefined
    const now = clock.now()
    if (isStopped || setup.commitments(now).length === 0) {
      rest(now)
      return
    }
    const waitMs = state.members.length > LARGE_FLEET ? 2 * LOOK_MS : LOOK_MS
    cancel = clock.at(now + waitMs, () => {
      cancel = undefined
      setup.enqueue(look)
    })
  }

  /** What is over is forgotten: another order begins without prejudice. */
  function rest(now: Instant): void {
    const running = new Set(setup.commitments(now).map(({ id }) => id))
    for (const id of memories.keys()) {
      if (running.has(id)) continue
      memories.delete(id)
      statuses.delete(id)
    }
    if (running.size > 0) return
    made = []
    moves.clear()
    misses.clear()
  }

  async function look(): Promise<void> {
    const now = clock.now()
    const { outlook, link } = state
    try {
      rest(now)
      if (!outlook || !link) return
      const seen = new Map<Member, TrackedBuilding>()
      for (const commitment of setup.commitments(now)) await keep(commitment, outlook, seen, now)
    } finally {
      arm()
    }
  }

  async function keep(
    commitment: Commitment,
    outlook: Outlook,
    seen: Map<Member, TrackedBuilding>,
    now: Instant,
  ): Promise<void> {
    const { id, side, committedKw, aimedKw, includes } = commitment
    const here = state.members.filter(includes)
    const buildings = here.map((member) => {
      const known = seen.get(member) ?? tracked(member, commitment, outlook, now)
      seen.set(member, known)
      return known
    })
    const isHere = new Set(buildings.map(({ building }) => building))
    const {
      moves: wanted,
      memory,
      status,
    } = trackFleet({ now, side, committedKw, aimedKw, buildings }, remembered(id, isHere, now))
    const done = await moves.carryOut(wanted, commitment, outlook, now)
    const elsewhere = made.filter(({ building }) => !isHere.has(building))
    made = [...elsewhere, ...memory.moves.filter((move) => !wanted.includes(move) || done.has(move))]
    memories.set(id, { at: memory.at, biasKw: memory.biasKw })
    const before = statuses.get(id)
    statuses.set(id, status)
    if (status.unmetKw > 0 && !(before && before.unmetKw > 0)) tellUnmet(id, status)
    // A building that has just been moved is seen anew by the next commitment.
    for (const member of here)
      if (wanted.some(({ building }) => building === member.building.id)) seen.delete(member)
  }

  /** Of these buildings, whoever moved them. */
  function remembered(id: string, isHere: ReadonlySet<BuildingId>, now: Instant): TrackMemory {
    const moves = made.filter(({ building }) => isHere.has(building))
    const known = memories.get(id) ?? { at: now, biasKw: 0 }
    return { ...known, moves }
  }

  function tracked(member: Member, commitment: Commitment, outlook: Outlook, now: Instant): TrackedBuilding {
    const one = trackedMember(member, {
      outlook,
      now,
      until: commitment.until,
      plannedOffsetK: moves.plannedOffsetK(member),
      isProtected: setup.isProtected(member, now),
      lostAfterMinutes: control.lostAfterMinutes,
    })
    const { heat } = member.timeline.belief
    const miss = misses.note(one.building, now, one.expectedKw, { kw: heat.totalKw, at: heat.at })
    const isSilent = now - heat.at > SILENT_MS
    return {
      ...one,
      missKw: isSilent ? null : (miss?.missKw ?? 0),
      metered: miss?.metered ?? { from: now, to: now },
    }
  }

  function tellUnmet(order: string, { unmetKw, dropped, silent }: TrackStatus): void {
    const facts = { order, unmetKw: Math.round(unmetKw), dropped: dropped.length, silent: silent.length }
    state.setup.log.warn(facts, 'commitment not kept')
  }

  return {
    arm,
    views: () => [...statuses].map(([id, status]) => ({ id, ...status })),
    biasKw: (id) => memories.get(id)?.biasKw ?? 0,
    stop() {
      isStopped = true
      cancel?.()
    },
  }
}

/** A meter so old is not gone by: two intervals of the usual quarter-hour. */
const SILENT_MS = 30 * MINUTE_MS
