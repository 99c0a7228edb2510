import { HOUR_MS, type Instant } from '../domain/instant.ts'
import type { LeaseMode, Reason } from '../domain/lease.ts'
import type { OrderRequest } from '../domain/order.ts'
import { clockTime } from './clock-time.ts'

export interface OrderReasonFacts {
  /** Those that stand and ask something of this building, and those that it is still held for. */
  readonly orders: readonly Pick<OrderRequest, 'kind' | 'from' | 'until'>[]
  /** Until when it waits for its turn to return; undefined where it does not. */
  readonly heldUntil: Instant | undefined
  readonly now: Instant
  readonly timeZone: string
  /** Offset asked for now, K. */
  readonly offsetK: number
}

// What is moved less than this is not moved for an order.
const NOTABLE_K = 0.25
/** Heat stored longer before an order has reasons of its own. */
const AHEAD_MS = 6 * HOUR_MS

/** How a lease is marked and explained where an order is behind it; undefined where none is. */
export function orderReason(
  facts: OrderReasonFacts,
): { readonly mode: LeaseMode; readonly reason: Reason } | undefined {
  const { orders, heldUntil, now, offsetK } = facts
  const running = orders.filter(({ from, until }) => now >= from && now < until)
  const emergency = running.find(({ kind }) => kind === 'emergency')
  if (emergency && offsetK <= -NOTABLE_K) return { mode: 'emergency', reason: scarcity(emergency, facts) }
  const asked = running.find(({ kind }) => (kind === 'increase') === offsetK > 0)
  if (asked && Math.abs(offsetK) >= NOTABLE_K)
    return { mode: 'order', reason: orderedReason(asked, facts.timeZone) }
  if (heldUntil !== undefined && now < heldUntil) return { mode: 'order', reason: RELEASE }
  const next = orders.find(({ from }) => from > now && from - now <= AHEAD_MS)
  if (next && next.kind !== 'increase' && offsetK >= NOTABLE_K) {
    return { mode: 'order', reason: storing(next, facts) }
  }
  return undefined
}

const RELEASE: Reason = {
  code: 'order-release',
  text: 'The district-heating network needs all its heat no longer; buildings return to normal one after another.',
}

function scarcity({ until }: Pick<OrderRequest, 'until'>, facts: OrderReasonFacts): Reason {
  return {
    code: 'emergency',
    text: `Heat is scarce in the network until about ${clockTime(until, facts.timeZone)}; hospitals and homes for the elderly come first. Rooms here are kept above 18 °C.`,
  }
}

/** Why a building takes less, or more, while an order runs. */
export function orderedReason(
  { kind, until }: Pick<OrderRequest, 'kind' | 'until'>,
  timeZone: string,
): Reason {
  const time = clockTime(until, timeZone)
  return kind === 'increase'
    ? {
        code: 'order-more',
        text: `The network has heat to spare until about ${time}, so some of it is stored in the building.`,
      }
    : {
        code: 'order-less',
        text: `The network is short of heat until about ${time}, so many buildings take a little less; rooms stay comfortable.`,
      }
}

function storing({ from }: Pick<OrderRequest, 'from'>, facts: OrderReasonFacts): Reason {
  return {
    code: 'order-ahead',
    text: `Heat is stored in the building now, because the network asks for less from about ${clockTime(from, facts.timeZone)}.`,
  }
}
