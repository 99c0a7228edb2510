import type { BuildingId } from '../src/core/domain/building-id.ts'
import type { Instant, Window } from '../src/core/domain/instant.ts'
import type { Ack, AckState, Lease, Override } from '../src/core/domain/lease.ts'
import {
  appliedOf,
  isSameSetting,
  type LocalLimits,
  limit,
  OWN_CURVE,
  type Setting,
  settingAt,
} from './lease-limits.ts'
import { countWrite, NO_WRITES, type WriteCount } from './write-count.ts'

/** The building's own safety: what it believes of the controller, and what it is therefore set to. */
export interface LeaseGuard {
  readonly building: BuildingId
  readonly limits: LocalLimits
  /** The highest `seq` ever read; -1 before the first. */
  readonly lastSeq: number
  /** Id of the lease that bore `lastSeq`. */
  readonly lastId: string | undefined
  /** The lease in force, and one that has yet to begin: until then the first runs on within its own validity. */
  readonly lease: Lease | undefined
  readonly next: Lease | undefined
  readonly override: Override | undefined
  readonly setting: Setting
  /** Why the building is set as it is: `lease`, or what put it on its own curve. */
  readonly because: string
  readonly writes: WriteCount
  /** While the clock stays in here, nothing changes by itself. */
  readonly steady: Window
  /** The last ack, so that nothing is told twice. */
  readonly told: Ack | undefined
}

/** What a message or the passing of time made of the guard, and what the controller is to be told. */
export interface GuardTurn {
  readonly guard: LeaseGuard
  readonly acks: readonly Ack[]
}

const NEVER: Window = { from: 0, to: 0 }

export function createLeaseGuard(building: BuildingId, limits: LocalLimits): LeaseGuard {
  const nothing = {
    lease: undefined,
    next: undefined,
    override: undefined,
    told: undefined,
    lastId: undefined,
  }
  return {
    building,
    limits,
    lastSeq: -1,
    ...nothing,
    setting: OWN_CURVE,
    because: 'no-lease',
    writes: NO_WRITES,
    steady: NEVER,
  }
}

/** Lets go of every lease: the building follows its own curve. */
export function drop(guard: LeaseGuard, because: string, now: Instant): LeaseGuard {
  return set({ ...guard, lease: undefined, next: undefined, told: undefined }, OWN_CURVE, because, now)
}

/** Sets the building as the lease in force, the limits and its residents have it now. */
export function settle(guard: LeaseGuard, now: Instant): GuardTurn {
  const { guard: settled, acks } = obey(guard, now)
  return { guard: { ...settled, steady: { from: now, to: nextChange(settled, now) } }, acks }
}

/** When a lease, a step or an override begins or ends next. */
function nextChange({ lease, next, override }: LeaseGuard, now: Instant): Instant {
  const changes = [
    ...[lease?.validFrom, lease?.validUntil, next?.validFrom, override?.untilAt],
    ...(lease?.steps ?? []).map(({ from }) => from),
  ].filter((at) => at !== undefined && at > now)
  return Math.min(Number.MAX_SAFE_INTEGER, ...changes.map(Number))
}

function obey(guard: LeaseGuard, now: Instant): GuardTurn {
  const { lease } = guard
  if (!lease) return { guard, acks: [] }
  if (now >= lease.validUntil) {
    const expired = drop(guard, 'expired', now)
    return { guard: expired, acks: [ackOf(expired, lease, 'expired', now)] }
  }
  // Only where this clock was put back: the lease had begun when it was taken.
  if (now < lease.validFrom) return { guard: set(guard, OWN_CURVE, 'not-yet-valid', now), acks: [] }
  return follow(guard, lease, now)
}

function follow(guard: LeaseGuard, lease: Lease, now: Instant): GuardTurn {
  const asked = settingAt(lease, now)
  const wished = guard.override ? yieldTo(guard.override, asked) : asked
  const { setting, reason } = limit(wished, guard.limits)
  const isOverridden = !isSameSetting(wished, asked)
  const held = set(guard, setting, isOverridden ? 'overridden' : 'lease', now)
  const state = isOverridden ? 'overridden' : reason ? 'limited' : 'applied'
  const ack = ackOf(held, lease, state, now, isOverridden ? guard.override?.kind : reason)
  if (held.told && isSameAck(held.told, ack)) return { guard: held, acks: [] }
  return { guard: { ...held, told: ack }, acks: [ack] }
}

/** Who asks for warmth is never given less than the own curve; who wants less heat does not mind the lease. */
function yieldTo({ kind }: Override, asked: Setting): Setting {
  switch (kind) {
    case 'abort':
      return OWN_CURVE
    case 'warmer':
      return (asked.supplyOffsetK ?? 0) > 0 ? { supplyOffsetK: asked.supplyOffsetK ?? 0 } : OWN_CURVE
    case 'cooler':
    case 'away':
      return asked
    default:
      return kind satisfies never
  }
}

function set(guard: LeaseGuard, setting: Setting, because: string, now: Instant): LeaseGuard {
  const isWrite = !isSameSetting(guard.setting, setting)
  return { ...guard, setting, because, writes: isWrite ? countWrite(guard.writes, now) : guard.writes }
}

export function ackOf(
  guard: LeaseGuard,
  { id, seq }: Pick<Lease, 'id' | 'seq'>,
  state: AckState,
  at: Instant,
  reason?: string,
): Ack {
  const applied = appliedOf(guard.setting, guard.limits)
  return { building: guard.building, id, seq, at, state, applied, reason }
}

function isSameAck(one: Ack, other: Ack): boolean {
  return (
    one.id === other.id &&
    one.state === other.state &&
    Object.entries(other.applied ?? {}).every(([kind, value]) => one.applied?.[kind] === value)
  )
}
