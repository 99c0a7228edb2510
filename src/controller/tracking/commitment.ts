import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { AcceptedOrder, OrderKind } from '../../core/domain/order.ts'
import type { Member } from '../member.ts'
import type { NetworkPlaces } from '../orders/network-places.ts'

/** A flow that is promised now, of the meters of some buildings. */
export interface Commitment {
  /** The order, or the cap, behind it. */
  readonly id: string
  readonly kind: OrderKind
  readonly from: Instant
  readonly until: Instant
  readonly side: 'at-most' | 'at-least'
  /** What the meters of these buildings may show together now, kW. */
  readonly committedKw: number
  readonly includes: (member: Member) => boolean
}

/**
 * What the orders that run now commit to. A cap leaves the steered buildings what was not theirs in the baseline; an
 * emergency commits to nothing that could be tracked: every building already gives what it may.
 */
export function orderCommitments(
  orders: readonly (AcceptedOrder & { readonly extraKw?: number })[],
  places: NetworkPlaces,
  now: Instant,
): readonly Commitment[] {
  return orders.flatMap((order) => {
    const committedKw = now >= order.from && now < order.until ? committed(order, now) : undefined
    if (committedKw === undefined || !Number.isFinite(committedKw)) return []
    const { id, kind, from, until, branch } = order
    const side = kind === 'increase' ? 'at-least' : 'at-most'
    const includes = ({ building }: Member) => places.isUnder(building.branch, branch)
    return [{ id, kind, from, until, side, committedKw, includes } as const]
  })
}

function committed(order: Parameters<typeof orderCommitments>[0][number], now: Instant): number | undefined {
  const { kind, baseline, extraKw = 0 } = order
  const kw = kind === 'cap' ? order.kw - extraKw : order.kw + extraKw
  const k = Math.floor((now - baseline.start) / SLOT_MS)
  const meteredKw = baseline.meteredKw[k]
  const flowKw = baseline.flowKw[k]
  if (meteredKw === undefined || flowKw === undefined) return undefined
  switch (kind) {
    case 'reduce':
      return meteredKw - kw
    case 'increase':
      return meteredKw + kw
    case 'cap':
      return meteredKw + kw - flowKw
    case 'emergency':
      return undefined
    default:
      return kind satisfies never
  }
}
