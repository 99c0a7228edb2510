import type { BuildingId } from '../../core/domain/building-id.ts'
import { DAY_MS, type Instant } from '../../core/domain/instant.ts'
import {
  type AcceptedOrder,
  isAccepted,
  isStanding,
  type Order,
  type OrderShare,
} from '../../core/domain/order.ts'
import type { Recorder } from '../ports.ts'

/** All orders that count or are still shown, and what buildings would take without them. */
export interface OrderBook {
  /** Newest first. */
  all(): readonly Order[]
  /** Oldest first. */
  standing(): readonly AcceptedOrder[]
  /** Orders that ask nothing more, oldest first. */
  over(): readonly AcceptedOrder[]
  find(id: string): Order | undefined
  share(order: string, building: BuildingId): OrderShare | undefined
  /** Durable when it resolves; from then on it counts. */
  put(orders: readonly Order[], at: Instant, shares?: readonly OrderShare[]): Promise<void>
  /** What changes too often to be written at once: it is written with the next change of state. */
  note(order: AcceptedOrder): void
}

/** How long an order that is over is still shown. */
const SHOWN_MS = 7 * DAY_MS

export function createOrderBook(
  recorder: Pick<Recorder, 'keepOrders' | 'keepOrderShares'>,
  kept: { readonly orders: readonly Order[]; readonly shares: readonly OrderShare[] },
  onChange: (order: Order) => void,
): OrderBook {
  const orders = new Map(kept.orders.map((order) => [order.id, order]))
  const shares = new Map<string, Map<BuildingId, OrderShare>>()
  takeShares(shares, kept.shares)

  const sorted = () => [...orders.values()].sort((a, b) => a.placedAt - b.placedAt || (a.id < b.id ? -1 : 1))

  function forget(now: Instant): void {
    for (const order of orders.values()) {
      if (isStanding(order)) continue
      shares.delete(order.id)
      if (Math.max(order.until, order.placedAt) < now - SHOWN_MS) orders.delete(order.id)
    }
  }

  return {
    all: () => sorted().reverse(),
    standing: () => sorted().filter(isStanding),
    over: () => sorted().filter((order) => isAccepted(order) && !isStanding(order)) as AcceptedOrder[],
    find: (id) => orders.get(id),
    share: (order, building) => shares.get(order)?.get(building),
    async put(changed, at, given = []) {
      await Promise.all([recorder.keepOrders(changed, at), recorder.keepOrderShares(given)])
      takeShares(shares, given)
      for (const order of changed) orders.set(order.id, order)
      forget(at)
      for (const order of changed) onChange(order)
    },
    note: (order) => void orders.set(order.id, order),
  }
}

function takeShares(into: Map<string, Map<BuildingId, OrderShare>>, shares: readonly OrderShare[]): void {
  for (const share of shares) {
    const known = into.get(share.order) ?? new Map<BuildingId, OrderShare>()
    known.set(share.building, share)
    into.set(share.order, known)
  }
}
