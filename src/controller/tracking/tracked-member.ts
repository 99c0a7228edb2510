import { offsetReach } from '../../core/dispatch/dispatch-building.ts'
import type { TrackedBuilding } from '../../core/dispatch/track-fleet.ts'
import { DAY_MS, type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import { callLowC } from '../../core/plan/offers/call-band.ts'
import { heldResponse } from '../../core/plan/offers/held-response.ts'
import { curveHeatKw, effect } from '../../core/state/effect.ts'
import { hotWaterKw } from '../../core/state/hot-water.ts'
import { ventilationKw } from '../../core/state/ventilation.ts'
import { AIR } from '../../core/thermal/filter.ts'
import type { Member } from '../member.ts'
import type { Outlook } from '../outlook.ts'
import { heldOffsetK, safeRoomC } from '../plan-member.ts'

export interface TrackingTerms {
  readonly outlook: Outlook
  readonly now: Instant
  /** Until then a move is to hold. */
  readonly until: Instant
  /** The offset that its last plan gave it, K. */
  readonly plannedOffsetK: number
  readonly isProtected: boolean
  readonly lostAfterMinutes: number
}

/** A building as the fast loop sees it, but for what its meter shows. */
export type TrackedMember = Omit<TrackedBuilding, 'missKw' | 'metered'>

// Kept for cold rooms, as in dispatch.
const RESERVED_WRITES = 1

export function trackedMember(member: Member, terms: TrackingTerms): TrackedMember {
  const { building, timeline } = member
  const { belief } = timeline
  const { now, outlook, plannedOffsetK } = terms
  const outdoorC = belief.outdoor.outdoorC ?? outlook.outdoorC[0]!
  const when = { at: now, timeZone: outlook.timeZone }
  const able = effect(belief, building, outdoorC, when)
  const offsetK = heldOffsetK(member, now)
  const follows = doesFollow(member, terms)
  const kwPerK = offsetK > 0 ? able.kwPerKUp : able.kwPerKDown
  const plannedKw = able.curveHeatKw + plannedOffsetK * (plannedOffsetK > 0 ? able.kwPerKUp : able.kwPerKDown)
  const besideKw = hotWaterKw(belief, now, outlook.timeZone) + ventilationKw(belief, outdoorC, when)
  const spaceKw = follows ? Math.max(0, plannedKw) : curveHeatKw(belief, outdoorC, when)
  const reach = offsetReach(building)
  const recent = member.writes.filter((at) => at > now - DAY_MS).length
  const room = roomKw(member, terms)
  return {
    building: building.id,
    expectedKw: besideKw + spaceKw,
    follows,
    isProtected: terms.isProtected,
    offsetK,
    plannedOffsetK,
    kwPerK,
    downKw: Math.min(room.downKw, kwPerK * (offsetK - Math.max(reach.min, able.minOffsetUsefulK))),
    upKw: Math.min(room.upKw, kwPerK * (Math.min(reach.max, able.maxOffsetUsefulK) - offsetK)),
    writesLeft: building.actuator.writesPerDay - RESERVED_WRITES - recent,
    stepK: building.actuator.step,
    deadbandK: building.actuator.deadband,
    burdenKh: member.burden.takenKh,
  }
}

/** A lease that is not answered within this time has not arrived. */
const ANSWERED_MS = 3 * MINUTE_MS

function doesFollow(member: Member, { now, lostAfterMinutes }: TrackingTerms): boolean {
  const { lease, ack, status, mode, overrides, lastSampleAt, plan } = member
  if (!plan || !lease || lease.validUntil <= now || mode.kind !== 'auto') return false
  if (status?.state === 'offline') return false
  if (lastSampleAt === undefined || now - lastSampleAt > lostAfterMinutes * MINUTE_MS) return false
  if (overrides.some(({ kind, untilAt }) => kind === 'abort' && untilAt > now)) return false
  if (ack === undefined || ack.seq < lease.seq) return now - lease.issuedAt < ANSWERED_MS
  return ack.state !== 'rejected' && ack.state !== 'overridden' && ack.state !== 'expired'
}

/** What the rooms bear until the end, held constant from now on, kW: on top of what the plan already asks of them. */
function roomKw(member: Member, { now, until }: TrackingTerms): { downKw: number; upKw: number } {
  const { plan, model, building, timeline } = member
  const airC = timeline.belief.filter?.mean[AIR]
  if (!plan || airC === undefined || !building.hasIndoorSensor) return { downKw: 0, upKw: 0 }
  const first = Math.floor((now - plan.start) / SLOT_MS)
  const slots = Math.max(1, Math.ceil((until - now) / SLOT_MS))
  const ahead = plan.indoorC.subarray(Math.max(0, first), first + slots)
  if (ahead.length === 0) return { downKw: 0, upKw: 0 }
  // The room may not be where it was planned to be.
  const strayedK = airC - (plan.indoorC[Math.max(0, first - 1)] ?? airC)
  const lowC = callLowC(building.comfort.minC, safeRoomC(member))
  const perKw = heldResponse(model, slots).air[slots]!
  return {
    downKw: Math.max(0, (Math.min(...ahead) + Math.min(0, strayedK) - lowC) / perKw),
    upKw: Math.max(0, (building.comfort.maxC - Math.max(...ahead) - Math.max(0, strayedK)) / perKw),
  }
}
