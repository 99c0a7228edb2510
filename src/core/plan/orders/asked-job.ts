import { HOUR_MS, type Instant, SLOT_MS } from '../../domain/instant.ts'
import type { AcceptedOrder } from '../../domain/order.ts'
import { callLowC } from '../offers/call-band.ts'
import type { PlanJob } from '../plan-job.ts'
import type { Sparing } from './fairness.ts'

export type AskingOrder = Pick<AcceptedOrder, 'kind' | 'from' | 'until' | 'marginRatio'>

/** What orders mean for one building beside the flow of its branch. */
export interface Asked {
  /** Orders at its branch, or at any on the way to the plant, that stand. */
  readonly orders: readonly AskingOrder[]
  readonly isProtectedAt: (at: Instant) => boolean
  readonly sparing: Sparing
  /** Where the comfort zone would be without orders after the slot from `at`, °C; undefined where nobody knows. */
  readonly undisturbedC: (at: Instant) => number | undefined
  /** The least that safety lets the comfort zone fall to, °C. */
  readonly safeC: number
  /** Until then it holds what it has, though its order is over; undefined where nothing is to be held. */
  readonly heldUntil: Instant | undefined
  /** So long after an order what comes back is limited, which is no affair of who is protected. */
  readonly reboundMs: number
}

/** The job of a building that orders stand for: what they may take of it, and what not. */
export function askedJob(job: PlanJob, asked: Asked): PlanJob {
  const changed = {
    ...job,
    minC: job.minC.slice(),
    minHeatKw: job.minHeatKw.slice(),
    maxHeatKw: job.maxHeatKw.slice(),
  }
  for (const order of asked.orders) {
    protect(changed, order, asked)
    lower(changed, job.minC, order, asked)
  }
  spare(changed, asked)
  hold(changed, asked)
  return changed
}

/** Slots of the job that the window touches. */
function slotsOf({ start, minC }: PlanJob, from: Instant, until: Instant) {
  return {
    first: Math.max(0, Math.floor((from - start) / SLOT_MS)),
    last: Math.min(minC.length, Math.ceil((until - start) / SLOT_MS)),
  }
}

/** Who is protected takes what it would take anyway. */
function protect(job: PlanJob, { kind, from, until }: AskingOrder, asked: Asked): void {
  const { first, last } = slotsOf(job, from, kind === 'increase' ? until : until + asked.reboundMs)
  for (let k = first; k < last; k++) {
    if (!asked.isProtectedAt(job.start + k * SLOT_MS)) continue
    if (kind === 'increase') job.maxHeatKw[k] = within(job, k, mostUndisturbedKw(job, k))
    else job.minHeatKw[k] = within(job, k, leastUndisturbedKw(job, k))
  }
}

// Rooms need some hours to come back from where an order has taken them.
const RECOVERS_MS = 3 * HOUR_MS

/** As far as the order lets the comfort zone fall, and less and less so after its end. */
function lower(job: PlanJob, minC: Float64Array, order: AskingOrder, asked: Asked): void {
  if (order.kind === 'increase') return
  const { first, last } = slotsOf(job, order.from, order.until + RECOVERS_MS)
  // Offers count on all of the margin: once an order runs, it stands ready for what goes otherwise than planned.
  const marginRatio = job.madeAt > order.from ? 1 : order.marginRatio
  for (let k = first; k < last; k++) {
    const at = job.start + k * SLOT_MS
    if (asked.isProtectedAt(at)) continue
    const lowC = lowestC(minC[k], { kind: order.kind, marginRatio }, asked)
    const recovered = Math.min(1, Math.max(0, (at + SLOT_MS - order.until) / RECOVERS_MS))
    job.minC[k] = Math.min(job.minC[k], lowC + recovered * (minC[k] - lowC))
  }
}

/** Of an emergency what is safe, else the margin above the band as far as the order needs it. */
function lowestC(
  minC: number,
  { kind, marginRatio }: Pick<AskingOrder, 'kind' | 'marginRatio'>,
  { safeC }: Asked,
): number {
  if (kind === 'emergency') return Math.min(minC, safeC)
  return minC - marginRatio * (minC - callLowC(minC, safeC))
}

/** Who gave more than most keeps some of its warmth; an emergency asks everybody. */
function spare(job: PlanJob, { orders, sparing, undisturbedC, isProtectedAt }: Asked): void {
  if (sparing.sparedRatio === 0) return
  for (let k = 0; k < job.minC.length; k++) {
    const at = job.start + k * SLOT_MS
    const running = orders.filter(({ kind, from, until }) => kind !== 'increase' && isIn(at, from, until))
    if (running.length === 0 || running.some(({ kind }) => kind === 'emergency') || isProtectedAt(at))
      continue
    const aboveK = Math.max(0, (undisturbedC(at) ?? job.minC[k]) - job.minC[k])
    job.minC[k] += sparing.sparedRatio * aboveK
  }
}

function isIn(at: Instant, from: Instant, until: Instant): boolean {
  return at + SLOT_MS > from && at < until
}

/** What was lowered does not rise yet, and what was raised does not fall. */
function hold(job: PlanJob, { orders, heldUntil, isProtectedAt }: Asked): void {
  if (heldUntil === undefined) return
  const { first, last } = slotsOf(job, job.start, heldUntil)
  for (let k = first; k < last; k++) {
    const at = job.start + k * SLOT_MS
    const ended = orders.findLast(({ until }) => until <= at)
    if (!ended || isProtectedAt(at)) continue
    const heldKw = within(job, k, job.heatKw)
    if (ended.kind === 'increase') job.minHeatKw[k] = heldKw
    else job.maxHeatKw[k] = heldKw
  }
}

/** What it would take anyway: by its own curve, or by the plan that it has. */
function leastUndisturbedKw({ curveHeatKw, earlierKw }: PlanJob, k: number): number {
  return Math.min(curveHeatKw[k], earlierKw?.[k] ?? curveHeatKw[k])
}

function mostUndisturbedKw({ curveHeatKw, earlierKw }: PlanJob, k: number): number {
  return Math.max(curveHeatKw[k], earlierKw?.[k] ?? curveHeatKw[k])
}

function within({ minHeatKw, maxHeatKw }: PlanJob, k: number, kw: number): number {
  return Math.min(maxHeatKw[k], Math.max(minHeatKw[k], kw))
}
