import type { Offer } from '../../core/domain/flexibility.ts'
import type { AcceptedOrder, OrderRequest } from '../../core/domain/order.ts'
import { aimedKw } from '../../core/plan/offers/offer-for.ts'

/** What plans aim at beyond an order, so that it is delivered as surely as offers are. */
export interface OrderAims {
  /** An order was accepted: what is offered now says how surely it is delivered. */
  take(order: AcceptedOrder): void
  /** kW beyond the order, in its own direction. */
  extraKw(order: AcceptedOrder): number
  /** What meters show beyond the plans, kW, where that is against the order; never for it. */
  biasKw(order: AcceptedOrder): number
}

export interface OrderAimsSetup {
  /** What is offered for the window of such an order now. */
  readonly offer: (order: OrderRequest) => Offer | undefined
  /** What meters show beyond the plans while it runs, kW. */
  readonly biasKw: (order: string) => number
}

/** Where no offer is remembered, after a restart: what a fleet's own answer is usually in doubt by. */
const USUAL_SHARE = 0.15

export function createOrderAims({ offer, biasKw }: OrderAimsSetup): OrderAims {
  const aims = new Map<string, number>()
  return {
    take(order) {
      const offered = isCounted(order) ? offer(order) : undefined
      if (offered) aims.set(order.id, aimedKw(offered, order.kw) - order.kw)
    },
    extraKw(order) {
      return isCounted(order) ? Math.max(0, aims.get(order.id) ?? USUAL_SHARE * order.kw) : 0
    },
    biasKw({ id, kind }) {
      return kind === 'increase' ? Math.min(0, biasKw(id)) : Math.max(0, biasKw(id))
    },
  }
}

/** A cap is a flow, whatever would have been: nothing is promised against a baseline. */
function isCounted({ kind }: OrderRequest): boolean {
  return kind === 'reduce' || kind === 'increase'
}
