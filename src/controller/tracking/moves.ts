import { moveReason, type Said } from '../../core/dispatch/move-reason.ts'
import type { BuildingId } from '../../core/domain/building-id.ts'
import type { Instant } from '../../core/domain/instant.ts'
import type { Lease } from '../../core/domain/lease.ts'
import type { TrackMove } from '../../core/domain/tracking.ts'
import type { ControllerState } from '../controller-state.ts'
import type { Member } from '../member.ts'
import type { Outlook } from '../outlook.ts'
import { sayLease } from '../say-lease.ts'
import type { Commitment } from './commitment.ts'
import { moveLease, rememberMove } from './move-lease.ts'

/** Moves between plans as leases: kept, said, and remembered beside what the plan had given. */
export interface Moves {
  /** The offset that the building's last plan gave it, K. */
  plannedOffsetK(member: Member): number
  /** Those that were kept and said. */
  carryOut(
    wanted: readonly TrackMove[],
    commitment: Commitment,
    outlook: Outlook,
    now: Instant,
  ): Promise<ReadonlySet<TrackMove>>
  clear(): void
}

/** What a building's plan gave it before it was moved. */
interface Planned {
  /** Of that plan: another one replaces all moves. */
  readonly plannedAt: Instant
  readonly offsetK: number
  readonly said: Said
}

interface Given {
  readonly move: TrackMove
  readonly member: Member
  readonly lease: Lease
  readonly plan: Planned
  readonly undo: () => void
}

export function createMoves(state: ControllerState, onMoved: (which: readonly Member[]) => void): Moves {
  const planned = new Map<BuildingId, Planned>()

  /** Undefined where it has not been moved since it was planned. */
  function before({ building, plannedAt }: Member): Planned | undefined {
    const known = planned.get(building.id)
    return known?.plannedAt === plannedAt ? known : undefined
  }

  function give(move: TrackMove, commitment: Commitment, outlook: Outlook, now: Instant): readonly Given[] {
    const member = state.fleet.get(move.building)
    if (!member?.lease) return []
    const { offsetK } = move
    const { lease: last, plannedAt, heldOffsetK } = member
    const plan = before(member) ?? {
      plannedAt,
      offsetK: heldOffsetK,
      said: { mode: last.mode, reason: last.reason },
    }
    const { behind, kind, until } = commitment
    const { timeZone } = state.setup
    const returnsTo = offsetK === plan.offsetK ? plan.said : undefined
    const said = moveReason({ behind, kind, until, timeZone, returnsTo })
    const lease = moveLease(member, { offsetK, now, outlook, ...said })
    return [{ move, member, lease, plan, undo: rememberMove(member, lease, offsetK, now) }]
  }

  return {
    plannedOffsetK: (member) => before(member)?.offsetK ?? member.heldOffsetK,
    async carryOut(wanted, commitment, outlook, now) {
      const { link, setup, trouble } = state
      const done = new Set<TrackMove>()
      if (!link || wanted.length === 0) return done
      const given = wanted.flatMap((move) => give(move, commitment, outlook, now))
      try {
        await setup.recorder.keepLeases(given.map(({ lease }) => lease))
      } catch (error) {
        for (const { undo } of given) undo()
        trouble.note(error, 'moves not kept')
        return done
      }
      for (const { move, member, lease, plan, undo } of given) {
        try {
          await sayLease(link, member, lease, now)
          planned.set(member.building.id, plan)
          state.misses?.move(member, move.changeKw, now)
          done.add(move)
        } catch (error) {
          undo()
          trouble.note(error, 'setpoint not sent', { buildings: 1 })
        }
      }
      state.leasesSent += done.size
      onMoved(given.map(({ member }) => member))
      return done
    },
    clear: () => planned.clear(),
  }
}
