import { HOUR_MS, type Instant, SLOT_MS, slotStart } from '../../core/domain/instant.ts'
import type {
  AcceptedOrder,
  BaselineError,
  OrderQuote,
  OrderRefusal,
  OrderRefusalCode,
  OrderRequest,
  OrderShare,
  RefusedOrder,
} from '../../core/domain/order.ts'
import { orderFault, supersededBy } from '../../core/plan/orders/check-order.ts'
import type { OrderCancelled, OrderPlaced } from '../ports.ts'
import { type Judgement, judgeOrder, type ThoughtOf } from './judge-order.ts'
import type { OrderBook } from './order-book.ts'
import { isProtectedAt, type OrderDemand } from './order-demand.ts'
import { closeAccounts } from './order-life.ts'
import type { OrdersSetup } from './orders-setup.ts'

export type DemandWith = (now: Instant, thought: ThoughtOf | undefined) => OrderDemand

export interface PlaceTerms {
  readonly setup: OrdersSetup
  readonly book: OrderBook
  readonly demandWith: DemandWith
  readonly onRefused: (code: OrderRefusalCode) => void
  /** How far plans were lately off there. */
  readonly baselineError: (branch: string | undefined) => BaselineError | undefined
}

/** What would become of the order now; nothing is changed. */
export async function quoteOrder(terms: PlaceTerms, request: OrderRequest): Promise<OrderQuote> {
  const judged = await judge(terms, request, true)
  if (judged.kind === 'met') {
    const { baseline, promised, deliverableKw } = judged
    return { deliverableKw, baseline, promised, refusal: null }
  }
  return refusedQuote(judged.refusal, judged.baseline)
}

export function refusedQuote(refusal: OrderRefusal, baseline: OrderQuote['baseline'] = null): OrderQuote {
  return { deliverableKw: refusal.deliverableKw ?? null, baseline, promised: null, refusal }
}

/** Accepted with what is promised, or refused with the reason; both are kept, and the audit says who asked. */
export async function placeOrder(
  terms: PlaceTerms,
  request: OrderRequest,
  actor: string,
): Promise<OrderPlaced> {
  const { setup, book, baselineError } = terms
  const judged = await judge(terms, request, false)
  if (judged.kind === 'refused') return refuseOrder(terms, request, actor, judged.refusal)
  const now = setup.clock.now()
  const accepted = acceptedOrder(placedOrder(terms, request, actor), judged, now)
  const order = { ...accepted, baselineError: baselineError(request.branch) }
  const ended = supersededBy(request, book.standing()).map((other) => cancelled(other, now))
  await closeAccounts(setup, ended, now)
  await Promise.all([
    book.put([order, ...ended], now, sharesOf(setup, order, judged)),
    setup.recorder.keepAudit([
      audited(order, actor, 'accepted'),
      ...ended.map((other) => audited(other, actor, `ended by ${order.id}`)),
    ]),
  ])
  return { ok: true, order }
}

/** Kept with its reason, counted, and in the audit. */
export async function refuseOrder(
  terms: PlaceTerms,
  request: OrderRequest,
  actor: string,
  refusal: OrderRefusal,
): Promise<OrderPlaced> {
  const { setup, book, onRefused } = terms
  const order: RefusedOrder = { ...placedOrder(terms, request, actor), state: 'refused', refusal }
  onRefused(refusal.code)
  await Promise.all([
    book.put([order], order.placedAt),
    setup.recorder.keepAudit([audited(order, actor, `refused: ${refusal.code}`)]),
  ])
  return { ok: false, order }
}

function placedOrder({ setup, book }: PlaceTerms, request: OrderRequest, actor: string) {
  const now = setup.clock.now()
  return { ...started(request, now), id: book.takeName(request.kind, now), placedAt: now, placedBy: actor }
}

/** An order that stands is no more held to; who was cut for it returns like after its end. */
export async function cancelOrder(
  { setup, book }: PlaceTerms,
  id: string,
  actor: string,
): Promise<OrderCancelled> {
  const order = book.find(id)
  if (!order) return 'unknown-order'
  if (!book.standing().some((standing) => standing.id === id) || order.state === 'refused') return 'over'
  const now = setup.clock.now()
  const ended = cancelled(order, now)
  await closeAccounts(setup, [ended], now)
  await Promise.all([book.put([ended], now), setup.recorder.keepAudit([audited(ended, actor, 'cancelled')])])
  return 'done'
}

/** Once more where a regular turn has passed meanwhile: two plans on different slots cannot be compared. */
async function judge(terms: PlaceTerms, request: OrderRequest, wantsMost: boolean): Promise<Judgement> {
  const { clock } = terms.setup
  const slot = slotStart(clock.now())
  const judged = await judgeNow(terms, request, wantsMost)
  const isUnplanned = judged.kind === 'refused' && judged.refusal.code === 'not-planned'
  const hasRolledOn = slotStart(clock.now()) > slot
  return isUnplanned && hasRolledOn ? judgeNow(terms, request, wantsMost) : judged
}

async function judgeNow(
  { setup, book, demandWith }: PlaceTerms,
  request: OrderRequest,
  wantsMost: boolean,
): Promise<Judgement> {
  const now = setup.clock.now()
  const standing = book.standing()
  const askable = askableMembers(setup, request, now)
  const horizon = { from: now, to: now + setup.horizonHours * HOUR_MS }
  const { branches } = setup.places
  const fault = orderFault(request, { now, horizon, branches, standing, askable: askable.length })
  if (fault) return refused(fault)
  return judgeOrder(started(request, now), {
    now,
    demandWith: (thought) => demandWith(now, thought),
    async planWith(demand, at) {
      await setup.letPass()
      return setup.planWith(demand, at)
    },
    meteredKw: (schedules, branch) =>
      setup.meteredKw(schedules, ({ building }) => setup.places.isUnder(building.branch, branch), now),
    offeredKw: setup.aims.offer(started(request, now))?.kw,
    wantsMost,
  })
}

function refused(refusal: OrderRefusal): Judgement {
  return { kind: 'refused', baseline: null, refusal }
}

function askableMembers(setup: OrdersSetup, { branch, from, until }: OrderRequest, now: Instant) {
  const { members, places } = setup
  return members.filter((member) => {
    const { building } = member
    if (!places.isUnder(building.branch, branch) || !setup.isAskable(member, now)) return false
    return !isProtectedAt(building, from, setup) || !isProtectedAt(building, until - 1, setup)
  })
}

/** What began a moment ago begins now. */
function started(request: OrderRequest, now: Instant): OrderRequest {
  return { ...request, from: Math.max(request.from, now) }
}

function acceptedOrder(
  placed: OrderRequest & Pick<AcceptedOrder, 'id' | 'placedAt' | 'placedBy'>,
  { baseline, promised, marginRatio }: Extract<Judgement, { kind: 'met' }>,
  now: Instant,
): AcceptedOrder {
  return {
    ...placed,
    state: now >= placed.from ? 'running' : 'accepted',
    baseline,
    promised,
    marginRatio,
    measured: { start: baseline.start, meteredKw: new Float64Array(baseline.flowKw.length).fill(Number.NaN) },
  }
}

/** Rooms feel an order for some hours after it. */
const FELT_MS = 8 * HOUR_MS

function sharesOf(
  { members, places }: OrdersSetup,
  order: AcceptedOrder,
  { undisturbed, baseline }: Extract<Judgement, { kind: 'met' }>,
): readonly OrderShare[] {
  const slots = Math.ceil((order.until + FELT_MS - baseline.start) / SLOT_MS)
  const there = new Set(
    members.flatMap(({ building }) => (places.isUnder(building.branch, order.branch) ? building.id : [])),
  )
  return undisturbed.flatMap(({ building, heatKw, indoorC }) => {
    if (!there.has(building)) return []
    const { start } = baseline
    return {
      order: order.id,
      building,
      start,
      heatKw: heatKw.slice(0, slots),
      indoorC: indoorC.slice(0, slots),
    }
  })
}

function cancelled(order: AcceptedOrder, now: Instant): AcceptedOrder {
  return { ...order, state: 'cancelled', endedAt: now }
}

function audited(order: AcceptedOrder | RefusedOrder, actor: string, outcome: string) {
  const { id, kind, kw, from, until, branch } = order
  const asked = JSON.stringify({ kind, kw, from, until, branch })
  const at = order.state === 'cancelled' ? (order.endedAt ?? order.placedAt) : order.placedAt
  return { at, actor, action: 'order', detail: `${id} ${outcome}: ${asked}` }
}
