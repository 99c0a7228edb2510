import type { BuildingId } from '../domain/building-id.ts'
import { type Instant, SLOT_MS } from '../domain/instant.ts'
import type { Lease, LeaseMode, LeaseStep, Reason } from '../domain/lease.ts'

// A turn may be this late before its building is left on its own curve.
const GRACE_MS = 30_000

/** Two missed turns and it lapses: the building then follows its own heating curve, not an old wish of ours. */
export function leaseEnd(issuedAt: Instant): Instant {
  return issuedAt + 2 * SLOT_MS + GRACE_MS
}

/**
 * The next sequence number of a building. It grows by the second, not by one, so that a controller that lost
 * its store starts above every number it ever gave.
 */
export function nextSeq(lastSeq: number, now: Instant): number {
  return Math.max(lastSeq + 1, Math.floor(now / 1000))
}

export interface LeaseTerms {
  readonly building: BuildingId
  readonly seq: number
  readonly now: Instant
  readonly steps: readonly LeaseStep[]
  readonly mode: LeaseMode
  readonly reason: Reason
}

export function makeLease({ building, seq, now, steps, mode, reason }: LeaseTerms): Lease {
  return {
    id: `${building}-${seq}`,
    building,
    seq,
    issuedAt: now,
    validFrom: now,
    validUntil: leaseEnd(now),
    steps,
    mode,
    reason,
  }
}
