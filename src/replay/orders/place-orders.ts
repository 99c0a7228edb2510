import type { Desk } from '../../controller/ports.ts'
import type { Offer } from '../../core/domain/flexibility.ts'
import { DAY_MS, type Instant } from '../../core/domain/instant.ts'
import type { AcceptedOrder, OrderRefusalCode, OrderRequest } from '../../core/domain/order.ts'
import type { Act } from '../acts.ts'
import type { Scenario } from '../scenario.ts'
import type { DrawnCall } from './draw-calls.ts'

/** An order of the replay and what the desk said to it. */
export interface Placing {
  readonly request: OrderRequest
  readonly announcedAt: Instant
  /** A call's: what was offered for it when it came. */
  readonly offer: Offer | undefined
  readonly accepted: AcceptedOrder | undefined
  readonly refusal: OrderRefusalCode | 'nothing-offered' | undefined
  readonly deliverableKw: number | undefined
  /** How unequally orders lie on buildings by the controller's own ledger, when this one came. */
  readonly ledgerGini: number
}

/** What is offered for a window at a desk now. */
export type OfferAt = (
  desk: Desk,
  window: { readonly from: Instant; readonly to: Instant },
) => Offer | undefined

export interface OrderBook {
  readonly acts: readonly Act[]
  /** Filled while the replay runs, in the order of their announcement. */
  readonly placings: readonly Placing[]
}

/** Everything that a scenario orders or calls, to be placed when it is announced. */
export function orderBook(
  { orders, start }: Pick<Scenario, 'orders' | 'start'>,
  calls: readonly DrawnCall[],
  offerAt: OfferAt,
): OrderBook {
  const placings: Placing[] = []
  const ordered = orders.map(({ announcedAt, ...request }): Act => {
    const at = announcedAt ?? Math.max(start, request.from - DAY_MS)
    return {
      at,
      act: async (desk) => {
        placings.push(await place(desk, request, at, undefined))
      },
    }
  })
  const called = calls.map(
    ({ announcedAt, from, until }): Act => ({
      at: announcedAt,
      act: async (desk) => {
        const offer = offerAt(desk, { from, to: until })
        const request = { kind: 'reduce', kw: offer?.kw ?? 0, from, until } as const
        placings.push(await place(desk, request, announcedAt, offer))
      },
    }),
  )
  return { acts: [...ordered, ...called], placings }
}

async function place(
  desk: Desk,
  request: OrderRequest,
  announcedAt: Instant,
  offer: Offer | undefined,
): Promise<Placing> {
  const ledgerGini = desk.ledger().gini
  const none = { request, announcedAt, offer, accepted: undefined, deliverableKw: undefined, ledgerGini }
  if (!(request.kw > 0) && request.kind !== 'emergency') return { ...none, refusal: 'nothing-offered' }
  const placed = await desk.placeOrder(request, 'replay')
  if (placed.ok) return { ...none, accepted: placed.order, refusal: undefined }
  const { code, deliverableKw } = placed.order.refusal
  return { ...none, refusal: code, deliverableKw }
}
