import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type {
  OrderBaseline,
  OrderKind,
  OrderPromise,
  OrderRefusal,
  OrderRequest,
} from '../../core/domain/order.ts'
import {
  evenlyKw,
  heldThroughoutKw,
  isMet,
  type PlannedTwice,
  promiseOf,
} from '../../core/plan/orders/deliverable.ts'
import type { LimitingOrder } from '../../core/plan/orders/order-limits.ts'
import type { Schedule } from '../../core/plan/plan-job.ts'
import type { OrderDemand } from './order-demand.ts'

/** The whole fleet planned: what the next turn would do. */
export interface PlannedFleet {
  readonly start: Instant
  readonly schedules: readonly Schedule[]
  /** Flow into a branch, or out of the plant: primary side, all that is in it. kW a slot. */
  flowKw(branch: string | undefined): Float64Array
}

/** Plans as the next turn would with these demands, and changes nothing; undefined where no plan comes about. */
export type PlanWith = (demand: OrderDemand, now: Instant) => Promise<PlannedFleet | undefined>

/** An order that is not yet one, and the plan without it. */
export interface ThoughtOf {
  readonly order: LimitingOrder
  readonly without: PlannedFleet
}

export interface JudgeTerms {
  readonly now: Instant
  /** What a plan of the orders that stand and of this one demands; undefined: of those that stand alone. */
  readonly demandWith: (order: ThoughtOf | undefined) => OrderDemand
  readonly planWith: PlanWith
  /** What the meters on a branch would show together if buildings were heated by these schedules. */
  readonly meteredKw: (schedules: readonly Schedule[], branch: string | undefined) => Float64Array
  /** What was offered for this window, kW: it is delivered in the mean though a plan may miss it in a slot. */
  readonly offeredKw?: number | undefined
  /** Asks for the most that can be had even where the request can be met. */
  readonly wantsMost: boolean
}

export type Judgement =
  | {
      readonly kind: 'met'
      readonly baseline: OrderBaseline
      readonly promised: OrderPromise
      readonly marginRatio: number
      readonly deliverableKw: number
      /** Planned without the order. */
      readonly undisturbed: readonly Schedule[]
    }
  | { readonly kind: 'refused'; readonly baseline: OrderBaseline | null; readonly refusal: OrderRefusal }

/** Plans twice, without the order and with it: what would have been is its baseline, the other what it can promise. */
export async function judgeOrder(request: OrderRequest, terms: JudgeTerms): Promise<Judgement> {
  const { now, demandWith, planWith } = terms
  const without = await planWith(demandWith(undefined), now)
  if (!without) return { kind: 'refused', baseline: null, refusal: NOT_PLANNED }
  const baseline = baselineOf(without, request, terms)
  const ask: Ask = (kw, marginRatio) => planOrder({ ...request, kw, baseline, marginRatio }, without, terms)
  const tried = await leastMargin(request, ask)
  if (tried === 'not-planned') return { kind: 'refused', baseline, refusal: NOT_PLANNED }
  const { planned, marginRatio } = tried
  const heldKw = heldThroughoutKw(request, planned)
  const met = isMet(request, heldKw) || isOffered(request, terms)
  const isEnough = met && (!terms.wantsMost || request.kind === 'emergency')
  const mostKw = isEnough ? heldKw : await mostDeliverable(request, { ask, baseline, planned })
  if (!met) return { kind: 'refused', baseline, refusal: tooMuch(request, mostKw) }
  const promised = promiseOf(request, planned)
  return {
    kind: 'met',
    baseline,
    promised,
    marginRatio,
    deliverableKw: mostKw,
    undisturbed: without.schedules,
  }
}

type Ask = (kw: number, marginRatio: number) => Promise<PlannedTwice | undefined>

// Some more than the straight line between no margin and all of it says: rooms differ.
const MARGIN_CUSHION = 0.15

/** The order with as little of the margin above the band as meets it: what is not asked for is not taken. */
async function leastMargin(
  request: OrderRequest,
  ask: Ask,
): Promise<{ readonly planned: PlannedTwice; readonly marginRatio: number } | 'not-planned'> {
  const none = await ask(request.kw, 0)
  if (!none) return 'not-planned'
  const noneKw = heldThroughoutKw(request, none)
  if (isMet(request, noneKw) || request.kind === 'increase') return { planned: none, marginRatio: 0 }
  const all = await ask(request.kw, 1)
  if (!all) return 'not-planned'
  const allKw = heldThroughoutKw(request, all)
  if (!isMet(request, allKw)) return { planned: all, marginRatio: 1 }
  const marginRatio = Math.min(1, MARGIN_CUSHION + (request.kw - noneKw) / (allKw - noneKw))
  const some = marginRatio < 1 ? await ask(request.kw, marginRatio) : undefined
  const isSomeEnough = some && isMet(request, heldThroughoutKw(request, some))
  return isSomeEnough ? { planned: some, marginRatio } : { planned: all, marginRatio: 1 }
}

/** An offer stands: who is offered so much may have it. */
function isOffered({ kind, kw }: OrderRequest, { offeredKw = 0 }: JudgeTerms): boolean {
  return (kind === 'reduce' || kind === 'increase') && kw <= offeredKw
}

const NOT_PLANNED: OrderRefusal = {
  code: 'not-planned',
  detail: 'no plan of the fleet could be made to judge the order by; try again after the next turn',
}

function baselineOf(without: PlannedFleet, { branch }: OrderRequest, terms: JudgeTerms): OrderBaseline {
  return {
    start: without.start,
    flowKw: without.flowKw(branch).slice(),
    meteredKw: terms.meteredKw(without.schedules, branch),
  }
}

async function planOrder(
  order: LimitingOrder,
  without: PlannedFleet,
  { demandWith, planWith, now }: JudgeTerms,
): Promise<PlannedTwice | undefined> {
  const planned = await planWith(demandWith({ order, without }), now)
  // A plan that rolled on to the next slot meanwhile cannot be compared.
  if (!planned || planned.start !== without.start) return undefined
  const { flowKw } = order.baseline
  return {
    grid: { start: without.start, slots: flowKw.length },
    baselineKw: flowKw,
    flowKw: planned.flowKw(order.branch).slice(),
    underKhWithout: underKh(without.schedules),
    underKhWith: underKh(planned.schedules),
  }
}

function underKh(schedules: readonly Schedule[]): number {
  return schedules.reduce((sum, schedule) => sum + schedule.underKh, 0)
}

/** Plans that the search for the most may take: each is one of the whole fleet. */
const SEARCH_PLANS = 4
// Closer than this share of the flow nobody can tell.
const CLOSE_RATIO = 0.002

interface Search {
  readonly ask: Ask
  readonly baseline: OrderBaseline
  /** What the request itself brought. */
  readonly planned: PlannedTwice
}

/**
 * The most that holds throughout, from below (of a cap the lowest, from above): every level that it names is one that a
 * plan has held. What a plan gave in the mean bounds what any could give evenly, and is tried next.
 */
async function mostDeliverable(request: OrderRequest, { ask, baseline, planned }: Search): Promise<number> {
  const sign = request.kind === 'cap' ? -1 : 1
  const { meanKw, leastKw } = windowFlow(request, baseline)
  let range = narrowed(request, planned, {
    bestKw: request.kind === 'cap' ? Number.POSITIVE_INFINITY : 0,
    beyondKw: extreme(request.kind, meanKw, leastKw),
  })
  let nextKw = range.beyondKw
  for (let plans = 0; plans < SEARCH_PLANS; plans++) {
    if (!(sign * (range.beyondKw - range.bestKw) > CLOSE_RATIO * meanKw)) break
    const asked = { ...request, kw: nextKw }
    const tried = await ask(nextKw, 1)
    if (!tried) break
    range = narrowed(asked, tried, range)
    // First the bound itself, which is often met, then the middle.
    nextKw = plans === 0 ? range.beyondKw : (range.bestKw + range.beyondKw) / 2
  }
  return request.kind === 'cap' ? roundUp(range.bestKw) : roundDown(Math.max(0, range.bestKw))
}

interface Range {
  readonly bestKw: number
  readonly beyondKw: number
}

/** What a plan that was asked for so much says of what can be had. */
function narrowed(asked: OrderRequest, planned: PlannedTwice, { bestKw, beyondKw }: Range): Range {
  const heldKw = heldThroughoutKw(asked, planned)
  const [better, lesser] = asked.kind === 'cap' ? [Math.min, Math.max] : [Math.max, Math.min]
  if (isMet(asked, heldKw)) return { bestKw: better(bestKw, asked.kw), beyondKw }
  const evenKw = evenlyKw(asked, planned)
  const best = better(bestKw, heldKw)
  return { bestKw: best, beyondKw: better(best, lesser(beyondKw, lesser(asked.kw, evenKw))) }
}

/** More of its kind than any fleet can give. */
function extreme(kind: OrderKind, meanKw: number, leastKw: number): number {
  switch (kind) {
    case 'cap':
      return 0
    case 'reduce':
    case 'emergency':
      return leastKw
    case 'increase':
      return 2 * meanKw
    default:
      return kind satisfies never
  }
}

function windowFlow({ from, until }: OrderRequest, { start, flowKw }: OrderBaseline) {
  const running = flowKw.filter((_, k) => start + (k + 1) * SLOT_MS > from && start + k * SLOT_MS < until)
  let sum = 0
  let leastKw = Number.POSITIVE_INFINITY
  for (const kw of running) {
    sum += kw
    leastKw = Math.min(leastKw, kw)
  }
  return running.length > 0 ? { meanKw: sum / running.length, leastKw } : { meanKw: 0, leastKw: 0 }
}

function tooMuch(request: OrderRequest, mostKw: number): OrderRefusal {
  const { kind, kw } = request
  const detail =
    kind === 'cap'
      ? `a cap of ${kw} kW cannot be held throughout: ${mostKw} kW can`
      : `${kw} kW ${kind === 'increase' ? 'more' : 'less'} cannot be held throughout: ${mostKw} kW can`
  return { code: 'more-than-deliverable', detail, deliverableKw: mostKw }
}

function roundDown(kw: number): number {
  return Math.floor(kw * 10 + 1e-6) / 10
}

function roundUp(kw: number): number {
  return Math.ceil(kw * 10 - 1e-6) / 10
}
