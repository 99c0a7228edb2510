import type { Instant } from '../src/core/domain/instant.ts'
import type { AckState, Lease, Override } from '../src/core/domain/lease.ts'
import { ackOf, drop, type GuardTurn, type LeaseGuard, settle } from './guard-state.ts'
import { readSetpoint } from './read-setpoint.ts'

/** Takes a setpoint message as it came; what cannot be believed puts the building on its own curve. */
export function receiveSetpoint(guard: LeaseGuard, payload: Uint8Array, now: Instant): GuardTurn {
  const read = readSetpoint(guard.building, payload)
  switch (read.kind) {
    case 'refused':
      return refuseUnreadable(guard, `${read.code}: ${read.detail}`, now)
    case 'cleared':
      return clear(guard, now)
    case 'lease':
      return takeLease(guard, read.lease, now)
    default:
      return read satisfies never
  }
}

/** Lets time pass: leases begin, step and end here, also when no message ever comes again. */
export function passTime(guard: LeaseGuard, now: Instant): GuardTurn {
  const { from, to } = guard.steady
  return now >= from && now < to ? { guard, acks: [] } : change(guard, now)
}

/** A resident's word, which goes before the controller's until it ends. */
export function pressOverride(guard: LeaseGuard, override: Override, now: Instant): GuardTurn {
  return change({ ...guard, override }, now)
}

function change(guard: LeaseGuard, now: Instant): GuardTurn {
  const begun = guard.next && now >= guard.next.validFrom ? { lease: guard.next, next: undefined } : {}
  const override = guard.override && now < guard.override.untilAt ? guard.override : undefined
  return settle({ ...guard, ...begun, override }, now)
}

function takeLease(guard: LeaseGuard, lease: Lease, now: Instant): GuardTurn {
  if (lease.seq === guard.lastSeq && lease.id === guard.lastId) return passTime(guard, now)
  if (lease.seq === guard.lastSeq) return aside(guard, lease, 'rejected', 'seq-reused', now)
  if (lease.seq < guard.lastSeq) return aside(guard, lease, 'superseded', 'older-seq', now)
  const known = { ...guard, lastSeq: lease.seq, lastId: lease.id }
  if (now < lease.validFrom) return wait(known, lease, now)
  return change({ ...known, lease, next: undefined }, now)
}

function wait(guard: LeaseGuard, lease: Lease, now: Instant): GuardTurn {
  const turn = change({ ...guard, next: lease }, now)
  return {
    guard: turn.guard,
    acks: [ackOf(turn.guard, lease, 'accepted', now, 'not-yet-valid'), ...turn.acks],
  }
}

/** Answers a lease that changes nothing, then says again what does hold: the ack is retained. */
function aside(guard: LeaseGuard, lease: Lease, state: AckState, reason: string, now: Instant): GuardTurn {
  const turn = change({ ...guard, told: undefined }, now)
  return { guard: turn.guard, acks: [ackOf(turn.guard, lease, state, now, reason), ...turn.acks] }
}

function refuseUnreadable(guard: LeaseGuard, reason: string, now: Instant): GuardTurn {
  const named = { id: guard.lease?.id ?? 'unreadable', seq: Math.max(0, guard.lastSeq) }
  const dropped = drop(guard, 'not-understood', now)
  return { guard: dropped, acks: [ackOf(dropped, named, 'rejected', now, reason.slice(0, 500))] }
}

function clear(guard: LeaseGuard, now: Instant): GuardTurn {
  const held = guard.lease ?? guard.next
  const dropped = drop(guard, 'cleared', now)
  return { guard: dropped, acks: held ? [ackOf(dropped, held, 'superseded', now, 'cleared')] : [] }
}
