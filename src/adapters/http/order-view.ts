import type { z } from '@hono/zod-openapi'
import { SLOT_MS } from '../../core/domain/instant.ts'
import {
  type AcceptedOrder,
  isAccepted,
  type Order,
  type OrderPromise,
  type OrderQuote,
  type OrderRequest,
} from '../../core/domain/order.ts'
import { deliveredKw, meanBaselineKw } from '../../core/domain/order-delivery.ts'
import type { orderDetailSchema, orderQuoteSchema, orderSchema } from './schemas/order.ts'

type OrderView = z.output<typeof orderSchema>

/** An order in a list: what was asked, what was promised, what came of it. */
export function orderView(order: Order): OrderView {
  const { id, kind, kw, from, until, branch, note, state, placedAt, placedBy } = order
  const asked = { id, kind, kw, from, until, branch, note, state, placedAt, placedBy }
  if (!isAccepted(order)) {
    return { ...asked, endedAt: null, promised: null, deliveredKw: null, refusal: order.refusal }
  }
  return {
    ...asked,
    endedAt: order.endedAt ?? null,
    promised: promiseView(order.promised),
    deliveredKw: deliveredKw(order),
    refusal: null,
  }
}

export function orderDetail(order: Order): z.output<typeof orderDetailSchema> {
  return { ...orderView(order), series: isAccepted(order) ? orderSeries(order) : null }
}

export function quoteView(quote: OrderQuote, asked: OrderRequest): z.output<typeof orderQuoteSchema> {
  const { deliverableKw, baseline, promised, refusal } = quote
  return {
    deliverableKw,
    baselineKw: baseline && meanBaselineKw(baseline, asked),
    promised: promised && promiseView(promised),
    refusal,
  }
}

function promiseView({ kw, reboundKw, reboundKwh, underKh }: OrderPromise) {
  return { kw, reboundKw, reboundKwh, underKh }
}

function orderSeries({ baseline, promised, measured }: AcceptedOrder) {
  const shift = Math.round((baseline.start - measured.start) / SLOT_MS)
  return {
    start: baseline.start,
    stepMs: SLOT_MS,
    baselineFlowKw: Array.from(baseline.flowKw),
    plannedFlowKw: Array.from(promised.flowKw),
    baselineMeteredKw: Array.from(baseline.meteredKw, orNull),
    meteredKw: Array.from(baseline.flowKw, (_, k) => orNull(measured.meteredKw[k + shift] ?? Number.NaN)),
  }
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
