import { CALL_WRITES, type Withheld } from '../core/domain/flexibility.ts'
import { DAY_MS, type Instant, MINUTE_MS, SLOT_MS } from '../core/domain/instant.ts'
import { callLowC } from '../core/plan/offers/call-band.ts'
import type { FlexibleBuilding } from '../core/plan/offers/flexible-building.ts'
import { bandShiftK } from '../core/plan/steering.ts'
import type { Belief } from '../core/state/belief.ts'
import { effectErrorShare } from '../core/state/effect-error.ts'
import { AIR, STATES } from '../core/thermal/filter.ts'
import type { Member } from './member.ts'
import type { Outlook } from './outlook.ts'
import { memberOutlook, planJob, safeRoomC } from './plan-member.ts'

export interface FlexibleTerms {
  readonly lostAfterMinutes: number
  /** Whether no order may ask anything of the building then. */
  readonly isProtected: (member: Member, at: Instant) => boolean
}

/** Share of calls that a building whose last setpoint it followed does follow; and one that followed it in part. */
const FOLLOWS = 0.98
const FOLLOWS_IN_PART = 0.7
/** Rooms stray from their plan within some hours, K, whatever the thermometers' own error is. */
const ROOM_STRAYS_K = 0.2

/** What the building may offer beside its plan, or why it is not counted on. */
export function flexibleMember(
  member: Member,
  outlook: Outlook,
  terms: FlexibleTerms,
  now: Instant,
): FlexibleBuilding | Withheld {
  const why = notCountedOn(member, terms, now)
  if (why) return why
  const { plan, building, timeline } = member
  if (!plan || plan.outcome === 'not-solved' || plan.start !== outlook.start) return 'no-plan'
  // Of rooms that nobody measures nothing is promised.
  if (plan.indoorC.every(Number.isNaN)) return 'meter-only'
  const own = memberOutlook(member, outlook, now)
  const job = planJob(member, own, now)
  const safeC = safeRoomC(member)
  const warmestC = Math.max(job.maxC[0] ?? 0, building.comfort.maxC + bandShiftK(member.overrides, now))
  const outdoorC = own.outdoorC[0]!
  const { belief } = timeline
  return {
    model: job.model,
    heatKw: plan.heatKw,
    indoorC: plan.indoorC,
    minHeatKw: own.minHeatKw,
    maxHeatKw: own.maxHeatKw,
    lowC: job.minC.map((minC) => callLowC(minC, safeC)),
    highC: job.maxC.map((maxC) => Math.min(maxC + WARMER_K, warmestC)),
    rateKw: job.rateKw,
    eurPerKwh: own.eurPerKwh,
    kwPerKDown: own.kwPerKDown,
    kwPerKUp: own.kwPerKUp,
    deadbandK: building.actuator.deadband,
    stepK: building.actuator.step,
    downErrorShare: effectErrorShare(belief, 'down', outdoorC),
    upErrorShare: effectErrorShare(belief, 'up', outdoorC),
    roomErrorK: roomErrorK(belief),
    availability: member.ack?.state === 'limited' ? FOLLOWS_IN_PART : FOLLOWS,
    writesLeft: writesLeft(member, outlook, terms, now),
  }
}

/** So much above its upper edge a call may take the comfort zone for some hours: a price on warmth, not a limit. */
const WARMER_K = 0.35

function notCountedOn(member: Member, terms: FlexibleTerms, now: Instant): Withheld | undefined {
  const { ack, lease, status, lastSampleAt, mode, overrides } = member
  const isHeard = lastSampleAt !== undefined && now - lastSampleAt <= terms.lostAfterMinutes * MINUTE_MS
  if (!isHeard || status?.state === 'offline') return 'offline'
  const answered = ack && lease && ack.seq === lease.seq ? ack.state : undefined
  if (answered === 'overridden') return 'overridden'
  if (overrides.some(({ kind, untilAt }) => kind === 'abort' && untilAt > now)) return 'overridden'
  if (answered === 'rejected') return 'refuses'
  if (mode.kind !== 'auto') return 'no-plan'
  return terms.isProtected(member, now) && terms.isProtected(member, now + DAY_MS / 2)
    ? 'protected'
    : undefined
}

function roomErrorK({ filter }: Belief): number {
  const variance = filter?.covariance[AIR * STATES + AIR] ?? 0
  return Math.sqrt(variance + ROOM_STRAYS_K * ROOM_STRAYS_K)
}

// Kept for cold rooms, as in dispatch.
const RESERVED_WRITES = 1

/** Changes that are free by each slot if plans go on using them at the pace of the last day, as far as they may. */
function writesLeft(
  member: Member,
  { start, slots }: Outlook,
  terms: FlexibleTerms,
  now: Instant,
): Uint8Array {
  const recent = member.writes.filter((at) => at > now - DAY_MS)
  const budget = member.building.actuator.writesPerDay - RESERVED_WRITES
  return Uint8Array.from({ length: slots }, (_, k) => {
    const at = start + k * SLOT_MS
    if (terms.isProtected(member, at)) return 0
    const still = recent.filter((written) => written > at - DAY_MS).length
    const usual = still + recent.length * Math.min(1, Math.max(0, at - now) / DAY_MS)
    const used = Math.min(usual, Math.max(still, budget - CALL_WRITES))
    return Math.max(0, Math.floor(budget - used))
  })
}
