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
}

/** The job of a building that orders stand for: what they may take of it, and what not. */
export function askedJob(job: PlanJob, asked: Asked): PlanJob {
  const minC = job.minC.slice()
  const minHeatKw = job.minHeatKw.slice()
  const maxHeatKw = job.maxHeatKw.slice()
  for (let k = 0; k < minC.length; k++) {
    const at = job.start + k * SLOT_MS
    const running = asked.orders.filter(({ from, until }) => at + SLOT_MS > from && at < until)
    const isRaised = running.some(({ kind }) => kind === 'increase')
    const isLowered = running.some(({ kind }) => kind !== 'increase')
    if (asked.isProtectedAt(at)) {
      if (isLowered) minHeatKw[k] = within(job, k, leastUndisturbedKw(job, k))
      if (isRaised) maxHeatKw[k] = within(job, k, mostUndisturbedKw(job, k))
      continue
    }
    minC[k] = floorC(job.minC[k], at, asked)
    if (asked.heldUntil !== undefined && at < asked.heldUntil) holdHeat(job, asked, k, minHeatKw, maxHeatKw)
  }
  return { ...job, minC, minHeatKw, maxHeatKw }
}

// Rooms need some hours to come back from where an order has taken them.
const RECOVERS_MS = 3 * HOUR_MS

/** The lowest level in the slot from `at`: what the orders there let it fall to, and less and less so after they end. */
function floorC(minC: number, at: Instant, asked: Asked): number {
  let lowestC = minC
  let isSpared = false
  for (const { kind, from, until, marginRatio } of asked.orders) {
    if (kind === 'increase' || at + SLOT_MS <= from || at >= until + RECOVERS_MS) continue
    const marginC = marginRatio * (minC - callLowC(minC, asked.safeC))
    const lowC = kind === 'emergency' ? Math.min(minC, asked.safeC) : minC - marginC
    const recovered = Math.min(1, Math.max(0, (at + SLOT_MS - until) / RECOVERS_MS))
    lowestC = Math.min(lowestC, lowC + recovered * (minC - lowC))
    isSpared ||= kind !== 'emergency' && at < until
  }
  // Who gave more than most keeps some of its warmth; an emergency asks everybody.
  if (!isSpared || asked.orders.some((order) => isScarce(order, at))) return lowestC
  const undisturbedC = asked.undisturbedC(at) ?? minC
  return lowestC + asked.sparing.sparedRatio * Math.max(0, undisturbedC - lowestC)
}

function isScarce({ kind, from, until }: AskingOrder, at: Instant): boolean {
  return kind === 'emergency' && at + SLOT_MS > from && at < until
}

/** What it would take anyway: by its own curve, or by the plan that it has. */
function leastUndisturbedKw({ curveHeatKw, earlierKw }: PlanJob, k: number): number {
  return Math.min(curveHeatKw[k], earlierKw?.[k] ?? curveHeatKw[k])
}

function mostUndisturbedKw({ curveHeatKw, earlierKw }: PlanJob, k: number): number {
  return Math.max(curveHeatKw[k], earlierKw?.[k] ?? curveHeatKw[k])
}

/** What was lowered does not rise yet, and what was raised does not fall. */
function holdHeat(
  job: PlanJob,
  { orders }: Asked,
  k: number,
  minHeatKw: Float64Array,
  maxHeatKw: Float64Array,
): void {
  const heldKw = within(job, k, job.heatKw)
  const last = orders.findLast(({ until }) => until <= job.start + k * SLOT_MS)
  if (last?.kind === 'increase') minHeatKw[k] = heldKw
  else if (last) maxHeatKw[k] = heldKw
}

function within({ minHeatKw, maxHeatKw }: PlanJob, k: number, kw: number): number {
  return Math.min(maxHeatKw[k], Math.max(minHeatKw[k], kw))
}
