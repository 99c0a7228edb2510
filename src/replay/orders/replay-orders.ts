import type { Desk } from '../../controller/ports.ts'
import { offerFor } from '../../core/plan/offers/offer-for.ts'
import type { BuildingRun } from '../accumulate.ts'
import type { BesideRuns } from '../lives.ts'
import type { Scene } from '../street.ts'
import { drawCalls, meanOutdoorC } from './draw-calls.ts'
import { type OrdersReport, ordersReport } from './orders-report.ts'
import { type OrderBook, orderBook } from './place-orders.ts'

/** In so many of the calls at least the offer is to be delivered. */
const OFFER_CONFIDENCE = 0.9

/** Orders and calls of a scenario as acts of its replay. */
export function bookOf({ scenario, world }: Scene): OrderBook {
  const calls = scenario.calls ? drawCalls(scenario.calls, scenario, world.truth.weather) : []
  return orderBook(scenario, calls, (desk, window) => {
    const flexibility = desk.flexibility(OFFER_CONFIDENCE)
    return flexibility && offerFor(flexibility, 'down', window)
  })
}

/** What became of them; undefined where there were none. */
export function ordersOf(
  { scenario, world }: Scene,
  { placings }: OrderBook,
  controlled: readonly BuildingRun[],
  { uncalled }: BesideRuns,
  desk: Desk,
): OrdersReport | undefined {
  if (!uncalled || placings.length === 0) return undefined
  return ordersReport({
    start: scenario.start,
    placings,
    called: controlled,
    uncalled,
    outdoorC: (from, until) => meanOutdoorC(world.truth.weather, from, until),
    ledgerGini: desk.ledger().gini,
  })
}
