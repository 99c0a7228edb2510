import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import type { OrderKind } from '../../core/domain/order.ts'
import { quantile } from '../../core/math/quantile.ts'
import { gini } from '../../core/verify/gini.ts'
import type { BuildingRun } from '../accumulate.ts'
import { type CallOutcome, callOutcome, takenKh } from './call-outcome.ts'
import type { Placing } from './place-orders.ts'

/** Orders and calls, what was offered and promised for them, and what they truly did. */
export interface OrdersReport {
  readonly all: readonly OrderReport[]
  /** Of the accepted calls and orders to take less or more, the share that got at least what was asked for. */
  readonly accepted: number
  readonly deliveredShare: number | null
  readonly byNotice: Readonly<Record<string, NoticeFigures>>
  readonly medianReboundKwPerKw: number | null
  readonly medianReboundKwhPerKwh: number | null
  /** How unequally orders lie on buildings: by the controller's own ledger, and in rooms colder than without orders. */
  readonly ledgerGini: number | null
  readonly colderGini: number | null
}

/** Of the orders announced so many minutes ahead. */
export interface NoticeFigures {
  readonly accepted: number
  readonly deliveredShare: number | null
  readonly medianShareOfSpaceHeat: number | null
}

export interface OrderReport extends Partial<CallOutcome> {
  readonly kind: OrderKind
  readonly kw: number
  readonly announcedAt: Instant
  readonly from: Instant
  readonly until: Instant
  readonly noticeMinutes: number
  readonly outdoorC: number
  readonly offer: { readonly kw: number; readonly meanKw: number; readonly sigmaKw: number } | null
  readonly refusal: string | null
  readonly deliverableKw: number | null
  readonly promisedReboundKw: number | null
  readonly promisedReboundKwh: number | null
  readonly isDelivered: boolean | null
  readonly shareOfSpaceHeat: number | null
  readonly ledgerGini: number
}

export interface OrdersGround {
  readonly start: Instant
  readonly placings: readonly Placing[]
  readonly called: readonly BuildingRun[]
  readonly uncalled: readonly BuildingRun[]
  readonly outdoorC: (from: Instant, until: Instant) => number
  /** After all of them. */
  readonly ledgerGini: number | null
}

export function ordersReport(ground: OrdersGround): OrdersReport {
  const all = ground.placings.map((placing) => orderReport(ground, placing))
  const carried = all.filter(({ isDelivered }) => isDelivered !== null)
  const notices = [...new Set(all.map(({ noticeMinutes }) => noticeMinutes))].sort((a, b) => a - b)
  const ratio = (of: (order: OrderReport) => number | undefined) =>
    median(carried.flatMap((order) => ((order.deliveredKw ?? 0) > 0 ? [of(order) ?? 0] : [])))
  return {
    all,
    accepted: carried.length,
    deliveredShare: deliveredShare(carried),
    byNotice: Object.fromEntries(
      notices.map((notice) => [
        String(notice),
        noticeFigures(all.filter(({ noticeMinutes }) => noticeMinutes === notice)),
      ]),
    ),
    medianReboundKwPerKw: ratio(({ reboundKw, deliveredKw }) => (reboundKw ?? 0) / (deliveredKw ?? 1)),
    medianReboundKwhPerKwh: ratio(
      ({ reboundKwh, deliveredKw, from, until }) =>
        (reboundKwh ?? 0) / (((deliveredKw ?? 1) * (until - from)) / HOUR_MS),
    ),
    ledgerGini: ground.ledgerGini,
    colderGini: gini(takenKh(ground.called, ground.uncalled)) ?? null,
  }
}

export function noticeFigures(orders: readonly OrderReport[]): NoticeFigures {
  const carried = orders.filter(({ isDelivered }) => isDelivered !== null)
  return {
    accepted: carried.length,
    deliveredShare: deliveredShare(carried),
    // One that was not offered, or not accepted, is an offer of nothing.
    medianShareOfSpaceHeat: median(orders.map(({ shareOfSpaceHeat }) => shareOfSpaceHeat ?? 0)),
  }
}

function orderReport(ground: OrdersGround, placing: Placing): OrderReport {
  const { request, announcedAt, offer, accepted, refusal, deliverableKw, ledgerGini } = placing
  const { kind, kw, from, until } = request
  const window = {
    start: ground.start,
    announcedAt,
    from,
    until,
    sign: kind === 'increase' ? -1 : 1,
  } as const
  const outcome = accepted && callOutcome(ground.called, ground.uncalled, window)
  const isJudged = kind === 'reduce' || kind === 'increase'
  return {
    kind,
    kw,
    announcedAt,
    from,
    until,
    noticeMinutes: (from - announcedAt) / MINUTE_MS,
    outdoorC: ground.outdoorC(from, until),
    offer: offer ? { kw: offer.kw, meanKw: offer.meanKw, sigmaKw: offer.sigmaKw } : null,
    refusal: refusal ?? null,
    deliverableKw: deliverableKw ?? null,
    promisedReboundKw: accepted?.promised.reboundKw ?? null,
    promisedReboundKwh: accepted?.promised.reboundKwh ?? null,
    isDelivered: outcome && isJudged ? outcome.deliveredKw >= kw : null,
    shareOfSpaceHeat: outcome ? kw / outcome.spaceHeatKw : null,
    ledgerGini,
    ...outcome,
  }
}

function deliveredShare(carried: readonly OrderReport[]): number | null {
  if (carried.length === 0) return null
  return carried.filter(({ isDelivered }) => isDelivered).length / carried.length
}

function median(values: readonly number[]): number | null {
  return quantile(values, 0.5) ?? null
}
