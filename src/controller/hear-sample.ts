import { type Instant, MINUTE_MS, SLOT_MS } from '../core/domain/instant.ts'
import type { Sample } from '../core/domain/telemetry.ts'
import { needsReplan } from '../core/state/needs-replan.ts'
import { foldSample } from '../core/state/timeline.ts'
import type { ControllerState } from './controller-state.ts'
import type { Member } from './member.ts'
import { worldOf } from './world.ts'

/** Folds a durable sample into what we believe of the building; true where it must be planned at once. */
export function hearSample(state: ControllerState, member: Member, sample: Sample): boolean {
  const now = state.setup.clock.now()
  state.trouble.endStore()
  const world = worldOf(member, state.outlook, state.setup.timeZone)
  const folded = foldSample(member.timeline, member.building, sample, world)
  member.timeline = folded.timeline
  if (folded.outcome === 'too-late' || folded.outcome === 'refolded') state.counts.late++
  if (member.lastSampleAt === undefined || sample.at > member.lastSampleAt) member.lastSampleAt = sample.at
  return isUnplanned(state, member, now) || needsReplan(folded.timeline.belief, now)
}

/** Heard of now, and left without a lease by more than a turn: it came just now, or we did. */
export function isUnplanned(state: ControllerState, member: Member, now: Instant): boolean {
  const { lease, lastSampleAt, plannedAt } = member
  if (state.underWay.has(member) || (lease && lease.validUntil > now)) return false
  if (plannedAt > now - 2 * SLOT_MS) return false
  const lostAfterMs = state.setup.control.lostAfterMinutes * MINUTE_MS
  return lastSampleAt !== undefined && now - lastSampleAt <= lostAfterMs
}
