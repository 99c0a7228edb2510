import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { AcceptedOrder, OrderKind } from '../../core/domain/order.ts'
import type { Member } from '../member.ts'
import type { NetworkPlaces } from '../orders/network-places.ts'

/** A flow that is promised now, of the meters of some buildings. */
export interface Commitment {
  /** The order, or the cap, behind it. */
  readonly id: string
  readonly behind: 'order' | 'network'
  readonly kind: OrderKind
  readonly from: Instant
  readonly until: Instant
  readonly side: 'at-most' | 'at-least'
  /** What the meters of these buildings may show together now, kW, and what plans aim at for its sake. */
  readonly committedKw: number
  readonly aimedKw: number
  readonly includes: (member: Member) => boolean
}

/**
 * What the orders that run now commit to. A cap leaves the steered buildings what was not theirs in the baseline; an
 * emergency commits to nothing that could be tracked: every building already gives what it may.
 */
export function orderCommitments(
  orders: readonly AimedOrder[],
  places: NetworkPlaces,
  now: Instant,
): readonly Commitment[] {
  return orders.flatMap((order) => {
    const flows = now >= order.from && now < order.until ? committed(order, now) : undefined
    if (!flows || !Number.isFinite(flows.committedKw) || !Number.isFinite(flows.aimedKw)) return []
    const { id, kind, from, until, branch } = order
    const side = kind === 'increase' ? 'at-least' : 'at-most'
    const includes = ({ building }: Member) => places.isUnder(building.branch, branch)
    return [{ id, behind: 'order', kind, from, until, side, ...flows, includes } as const]
  })
}

/** An order as it is planned for. */
export interface AimedOrder extends AcceptedOrder {
  readonly extraKw: number
  /** What would be without it, as it is known now. */
  readonly current: { readonly start: Instant; readonly meteredKw: Float64Array } | undefined
}

function committed({ kind, kw, baseline, current, extraKw }: AimedOrder, now: Instant) {
  const k = Math.floor((now - baseline.start) / SLOT_MS)
  const frozenKw = baseline.meteredKw[k]
  const flowKw = baseline.flowKw[k]
  if (frozenKw === undefined || flowKw === undefined) return undefined
  const currentKw = current?.meteredKw[Math.floor((now - current.start) / SLOT_MS)] ?? frozenKw
  switch (kind) {
    case 'reduce':
      return { committedKw: frozenKw - kw, aimedKw: Math.min(frozenKw, currentKw) - kw - extraKw }
    case 'increase':
      return { committedKw: frozenKw + kw, aimedKw: Math.max(frozenKw, currentKw) + kw + extraKw }
    case 'cap':
      return { committedKw: frozenKw + kw - flowKw, aimedKw: frozenKw + kw - flowKw }
    case 'emergency':
      return undefined
    default:
      return kind satisfies never
  }
}
