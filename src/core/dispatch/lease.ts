import type { BuildingId } from '../domain/building-id.ts'
import { type Instant, MINUTE_MS, SLOT_MS } from '../domain/instant.ts'
import type { Lease, LeaseMode, LeaseStep, Reason } from '../domain/lease.ts'

// A turn may be this late before its building is left on its own curve.
const GRACE_MS = 30_000

/** Two missed turns and it lapses: the building then follows its own heating curve, not an old wish of ours. */
export function leaseEnd(issuedAt: Instant): Instant {
  return issuedAt + 2 * SLOT_MS + GRACE_MS
}

/** How often a deep cut is said anew, ms. */
export const RENEWAL_MS = 5 * MINUTE_MS

/**
 * When silence ends a deep cut, long before its lease: a light building that was to go without heat loses half a
 * kelvin in a quarter-hour that nobody wanted.
 */
export function deepCutEnd(saidAt: Instant): Instant {
  return saidAt + RENEWAL_MS + GRACE_MS
}

/** A deep cut said anew, so that it goes on; it still ends with the lease of its turn. */
export function renewedLease(lease: Lease, seq: number, now: Instant): Lease {
  const [value, end] = lease.steps
  const steps = [
    { ...value, from: now },
    { ...end, from: deepCutEnd(now) },
  ]
  return { ...lease, id: `${lease.building}-${seq}`, seq, issuedAt: now, validFrom: now, steps }
}

/** Whether the lease takes so much heat away that it ends unless it is said anew. */
export function isDeepCut({ steps }: Lease): boolean {
  return steps.length > 1
}

/** When the first value of a lease ends by itself. */
export function valueEnd({ steps, validUntil }: Lease): Instant {
  return steps[1]?.from ?? validUntil
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
