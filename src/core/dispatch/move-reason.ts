import type { Instant } from '../domain/instant.ts'
import type { LeaseMode, Reason } from '../domain/lease.ts'
import type { OrderKind } from '../domain/order.ts'
import { clockTime } from './clock-time.ts'
import { orderedReason } from './order-reason.ts'

export interface Said {
  readonly mode: LeaseMode
  readonly reason: Reason
}

export interface MoveFacts {
  /** Who is served by the move: an order, or the network's own limit. */
  readonly behind: 'order' | 'network'
  readonly kind: OrderKind
  readonly until: Instant
  readonly timeZone: string
  /** What the plan's own lease said, where the move goes all the way back to its offset. */
  readonly returnsTo: Said | undefined
}

/** How a lease that is moved between plans is marked and explained: on whose account it is, and why. */
export function moveReason({ behind, kind, until, timeZone, returnsTo }: MoveFacts): Said {
  if (returnsTo) return returnsTo
  if (behind === 'order') return { mode: 'order', reason: orderedReason({ kind, until }, timeZone) }
  return networkLimit(until, timeZone)
}

/** The network's own limit: the plan answers for it, nobody ordered anything. */
export function networkLimit(until: Instant, timeZone: string): Said {
  return {
    mode: 'auto',
    reason: {
      code: 'network-limit',
      text: `The district-heating pipe towards this building is full until about ${clockTime(until, timeZone)}, so a little less is taken; rooms stay comfortable.`,
    },
  }
}
