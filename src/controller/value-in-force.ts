import { valueEnd } from '../core/dispatch/lease.ts'
import { steadyValue } from '../core/dispatch/steady-value.ts'
import { DAY_MS, type Instant } from '../core/domain/instant.ts'
import type { LeaseStep } from '../core/domain/lease.ts'
import type { Member } from './member.ts'

/** What the building's actuator is set to now, in its own unit; null on its own curve. */
export function valueInForce({ lease, building }: Member, now: Instant): number | null {
  if (!lease || now < lease.validFrom || now >= valueEnd(lease)) return null
  return askedValue(lease.steps[0], building.actuator.kind)
}

/** An offset of nought is the own curve. */
export function askedValue(step: LeaseStep | undefined, kind: Member['building']['actuator']['kind']) {
  const value = step?.[kind] ?? null
  return kind === 'supplyOffsetK' && value === 0 ? null : value
}

/** The steps as they are sent: what is in force stays where another value would not be worth its write. */
export function steadySteps(
  member: Member,
  steps: readonly LeaseStep[],
  isSameOffset: boolean,
  now: Instant,
): readonly LeaseStep[] {
  const { actuator } = member.building
  const [first, ...rest] = steps
  if (!first) return steps
  const recent = member.writes.filter((at) => at > now - DAY_MS).length
  const inForce = {
    value: valueInForce(member, now),
    isSameOffset,
    writesLeft: actuator.writesPerDay - recent,
  }
  const value = steadyValue(actuator, first[actuator.kind] ?? null, inForce)
  return [{ ...first, [actuator.kind]: value }, ...rest]
}
