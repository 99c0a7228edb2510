import type { Offer } from '../../core/domain/flexibility.ts'
import type { AcceptedOrder, OrderRequest } from '../../core/domain/order.ts'
import { aimedKw, deviationKw } from '../../core/plan/offers/offer-for.ts'
import type { Aim, OrderLessons } from './order-lessons.ts'

/** What plans aim at beyond an order, so that it is delivered as surely as offers are. */
export interface OrderAims {
  /** What is aimed at for an order that was just accepted, by what is offered now; undefined where nothing is. */
  aimFor(order: AcceptedOrder): Aim | undefined
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

/** Where no offer is remembered: what a fleet's own answer is usually in doubt by. */
const USUAL_SHARE = 0.15

export function createOrderAims(
  { offer, biasKw }: OrderAimsSetup,
  lessons: Pick<OrderLessons, 'aim' | 'calibration'>,
): OrderAims {
  return {
    aimFor(order) {
      const offered = isCounted(order) ? offer(order) : undefined
      if (!offered) return undefined
      const aimKw = aimedKw(offered, order.kw)
      return { aimedKw: aimKw, sigmaKw: deviationKw(offered, aimKw) / lessons.calibration() }
    },
    extraKw(order) {
      if (!isCounted(order)) return 0
      const aim = lessons.aim(order.id)
      return aim ? Math.max(0, aim.aimedKw - order.kw) : USUAL_SHARE * order.kw
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
