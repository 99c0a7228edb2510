import type { BuildingId } from '../../core/domain/building-id.ts'
import { DAY_MS, type Instant } from '../../core/domain/instant.ts'
import {
  type AcceptedOrder,
  isAccepted,
  isStanding,
  type Order,
  type OrderKind,
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
  /** `reduce-1768403220`, or `…-2`: the kind and the second, so that the same life gives the same names; never twice. */
  takeName(kind: OrderKind, now: Instant): string
  share(order: string, building: BuildingId): OrderShare | undefined
  /** Durable when it resolves; from then on it counts. */
  put(orders: readonly Order[], at: Instant, shares?: readonly OrderShare[]): Promise<void>
  /** What changes too often to be written at once: it is written with the next change of state. */
  note(order: AcceptedOrder): void
}

/** How long an order that is over is still shown, and how many of them at most: whoever places a thousand an hour. */
const SHOWN_MS = 7 * DAY_MS
const SHOWN_OVER = 500
const SHOWN_REFUSED = 200

export function createOrderBook(
  recorder: Pick<Recorder, 'keepOrders' | 'keepOrderShares'>,
  kept: { readonly orders: readonly Order[]; readonly shares: readonly OrderShare[] },
  onChange: (order: Order) => void,
): OrderBook {
  const orders = new Map(kept.orders.map((order) => [order.id, order]))
  const shares = new Map<string, Map<BuildingId, OrderShare>>()
  takeShares(shares, kept.shares)

  /** Oldest first; sorted again only where something changed, for it is asked building by building. */
  let sorted: readonly Order[] | undefined
  /** How many names of each kind this second has given: to orders too that are not yet durable, or no more shown. */
  const names = { second: 0, given: new Map<OrderKind, number>() }
  forget(Number.NEGATIVE_INFINITY)

  function inOrder(): readonly Order[] {
    sorted ??= [...orders.values()].sort((a, b) => a.placedAt - b.placedAt || (a.id < b.id ? -1 : 1))
    return sorted
  }

  function set(order: Order): void {
    orders.set(order.id, order)
    sorted = undefined
  }

  function forget(now: Instant): void {
    const over = inOrder().filter((order) => !isStanding(order))
    for (const { id } of over) shares.delete(id)
    const refused = over.filter((order) => !isAccepted(order))
    const carriedOut = over.filter(isAccepted)
    const old = over.filter(({ until, placedAt }) => Math.max(until, placedAt) < now - SHOWN_MS)
    const tooMany = [...refused.slice(0, -SHOWN_REFUSED), ...carriedOut.slice(0, -SHOWN_OVER)]
    for (const { id } of [...old, ...tooMany]) orders.delete(id)
    sorted = undefined
  }

  function takeName(kind: OrderKind, now: Instant): string {
    const second = Math.floor(now / 1000)
    if (second !== names.second) names.given.clear()
    names.second = second
    let n = names.given.get(kind) ?? 0
    let id: string
    do id = n++ === 0 ? `${kind}-${second}` : `${kind}-${second}-${n}`
    while (orders.has(id))
    names.given.set(kind, n)
    return id
  }

  return {
    all: () => inOrder().toReversed(),
    standing: () => inOrder().filter(isStanding),
    over: () => inOrder().filter((order) => isAccepted(order) && !isStanding(order)) as AcceptedOrder[],
    find: (id) => orders.get(id),
    takeName,
    share: (order, building) => shares.get(order)?.get(building),
    async put(changed, at, given = []) {
      await Promise.all([recorder.keepOrders(changed, at), recorder.keepOrderShares(given)])
      takeShares(shares, given)
      for (const order of changed) set(order)
      forget(at)
      for (const order of changed) onChange(order)
    },
    note: set,
  }
}

function takeShares(into: Map<string, Map<BuildingId, OrderShare>>, shares: readonly OrderShare[]): void {
  for (const share of shares) {
    const known = into.get(share.order) ?? new Map<BuildingId, OrderShare>()
    known.set(share.building, share)
    into.set(share.order, known)
  }
}
