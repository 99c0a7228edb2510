import { offsetSteps } from '../../core/dispatch/dispatch-building.ts'
import { makeLease, nextSeq } from '../../core/dispatch/lease.ts'
import { DAY_MS, type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { Lease, LeaseMode, Reason } from '../../core/domain/lease.ts'
import { effect } from '../../core/state/effect.ts'
import type { Member } from '../member.ts'
import type { Outlook } from '../outlook.ts'
import { askedValue, valueInForce } from '../value-in-force.ts'

export interface MoveTerms {
  readonly offsetK: number
  readonly now: Instant
  readonly outlook: Outlook
  readonly mode: LeaseMode
  readonly reason: Reason
}

/** The building's lease at another offset, until its turn's lease would have ended or the next turn speaks. */
export function moveLease(member: Member, { offsetK, now, outlook, mode, reason }: MoveTerms): Lease {
  const { building, timeline, plan } = member
  const outdoorC = timeline.belief.outdoor.outdoorC ?? outlook.outdoorC[0]!
  const { kwPerKDown, curveHeatKw } = effect(timeline.belief, building, outdoorC, {
    at: now,
    timeZone: outlook.timeZone,
  })
  const planned = plan?.curveHeatKw[Math.floor((now - plan.start) / SLOT_MS)]
  const slot = { offsetK, outdoorC, curveHeatKw: planned ?? curveHeatKw, kwPerKDown }
  const seq = nextSeq(member.lastSeq, now)
  const lease = makeLease({
    building: building.id,
    seq,
    now,
    steps: offsetSteps(building, slot, now),
    mode,
    reason,
  })
  // A move is no turn: it holds no longer than what it stands in for.
  return member.lease ? { ...lease, validUntil: Math.max(now + 1, member.lease.validUntil) } : lease
}

/** What the controller takes to be so from now on; the answer takes it back. */
export function rememberMove(member: Member, lease: Lease, offsetK: number, now: Instant): () => void {
  const { writes, heldOffsetK, lease: before, lastSeq } = member
  const isWrite = valueInForce(member, now) !== askedValue(lease.steps[0], member.building.actuator.kind)
  const recent = writes.filter((at) => at > now - DAY_MS)
  member.writes = isWrite ? [...recent, now] : recent
  member.heldOffsetK = offsetK
  member.lease = lease
  member.lastSeq = lease.seq
  // The number is used up whatever becomes of it.
  return () =>
    void Object.assign(member, { writes, heldOffsetK, lease: before, lastSeq: Math.max(lastSeq, lease.seq) })
}
