import { type Instant, SLOT_MS } from '../../domain/instant.ts'
import type { OrderRequest } from '../../domain/order.ts'
import type { PlanJob } from '../plan-job.ts'
import type { Sparing } from './fairness.ts'

/** What orders mean for one building beside the flow of its branch. */
export interface Asked {
  /** Orders at its branch, or at any on the way to the plant, that stand. */
  readonly orders: readonly Pick<OrderRequest, 'kind' | 'from' | 'until'>[]
  readonly isProtectedAt: (at: Instant) => boolean
  readonly sparing: Sparing
  /** Where the rooms would be without orders, °C. */
  readonly undisturbedC: number
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
    if (isLowered) minC[k] = floorC(job.minC[k], asked, running)
    if (asked.heldUntil !== undefined && at < asked.heldUntil) holdHeat(job, asked, k, minHeatKw, maxHeatKw)
  }
  return { ...job, minC, minHeatKw, maxHeatKw }
}

/** An emergency goes down to what is safe; any other order spares who gave more than most. */
function floorC(minC: number, asked: Asked, running: Asked['orders']): number {
  if (running.some(({ kind }) => kind === 'emergency')) return Math.min(minC, asked.safeC)
  return minC + asked.sparing.sparedRatio * Math.max(0, asked.undisturbedC - minC)
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
