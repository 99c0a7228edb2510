import { encodeLease } from '../core/devices/lease-payload.ts'
import { buildingTopic } from '../core/devices/topics.ts'
import { valueEnd } from '../core/dispatch/lease.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { Lease } from '../core/domain/lease.ts'
import { holdOffset, releaseOffset } from './held-offsets.ts'
import type { Member } from './member.ts'
import type { MessageLink } from './ports.ts'

/** Sends the lease in force. What was never sent was never held: nothing is learned from it. */
export async function sayLease(link: MessageLink, member: Member, lease: Lease, now: Instant): Promise<void> {
  const offsetK = member.heldOffsetK
  await publish(link, lease)
  member.held = holdOffset(member.held, { from: now, until: valueEnd(lease), offsetK })
}

/** Sends the end of the lease in force, which stays in force where that fails. */
export async function sayRelease(
  link: MessageLink,
  member: Member,
  release: Lease,
  now: Instant,
): Promise<void> {
  await publish(link, release)
  member.lease = undefined
  member.heldOffsetK = 0
  member.held = releaseOffset(member.held, now)
}

function publish(link: MessageLink, lease: Lease): Promise<void> {
  return link.publish(buildingTopic(lease.building, 'setpoint'), encodeLease(lease), { qos: 1, retain: true })
}
