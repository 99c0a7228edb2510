import { HOUR_MS, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import type { OrderKind, OrderPromise, OrderRequest } from '../../domain/order.ts'
import type { SlotGrid } from './order-limits.ts'

/** Two plans of the same slots: as it would be, and with the order. */
export interface PlannedTwice {
  readonly grid: SlotGrid
  readonly baselineKw: Float64Array
  readonly flowKw: Float64Array
  /** Kelvin-hours below their band of all buildings together, without and with the order. */
  readonly underKhWithout: number
  readonly underKhWith: number
}

/** What a plan gives throughout an order, in its own terms: kW less or more; of a cap the largest flow. */
export function heldThroughoutKw(order: OrderRequest, { grid, baselineKw, flowKw }: PlannedTwice): number {
  const { first, last } = slotsWithin(order, grid)
  let held = order.kind === 'cap' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  for (let k = first; k < last; k++) {
    const kw = given(order.kind, baselineKw[k], flowKw[k])
    held = order.kind === 'cap' ? Math.max(held, kw) : Math.min(held, kw)
  }
  return order.kind === 'cap' ? held : Math.max(0, held)
}

/** What the same heat would give if it were spread evenly over the order: no plan holds more throughout. */
export function evenlyKw(order: OrderRequest, { grid, baselineKw, flowKw }: PlannedTwice): number {
  const { first, last } = slotsWithin(order, grid)
  let sum = 0
  for (let k = first; k < last; k++) sum += given(order.kind, baselineKw[k], flowKw[k])
  return last > first ? sum / (last - first) : 0
}

function given(kind: OrderKind, baselineKw: number, flowKw: number): number {
  switch (kind) {
    case 'cap':
      return flowKw
    case 'reduce':
    case 'emergency':
      return baselineKw - flowKw
    case 'increase':
      return flowKw - baselineKw
    default:
      return kind satisfies never
  }
}

// A soft limit is met but for what its price leaves over.
const TOLERANCE_RATIO = 0.005
const TOLERANCE_KW = 0.05

/** Whether a plan that gives so much meets the order. */
export function isMet(order: OrderRequest, heldKw: number): boolean {
  const toleranceKw = TOLERANCE_KW + TOLERANCE_RATIO * order.kw
  switch (order.kind) {
    case 'cap':
      return heldKw <= order.kw + toleranceKw
    case 'reduce':
    case 'increase':
      return heldKw >= order.kw - toleranceKw
    case 'emergency':
      return true
    default:
      return order.kind satisfies never
  }
}

/** What the plan with the order says of it and of the day after. */
export function promiseOf(order: OrderRequest, planned: PlannedTwice): OrderPromise {
  const { grid, baselineKw, flowKw, underKhWithout, underKhWith } = planned
  const heldKw = heldThroughoutKw(order, planned)
  const after = slotsWithin({ from: order.until, until: order.until + DAY_AFTER_MS }, grid)
  let reboundKw = 0
  let reboundKwh = 0
  for (let k = after.first; k < after.last; k++) {
    const aboveKw = Math.max(0, flowKw[k] - baselineKw[k])
    reboundKw = Math.max(reboundKw, aboveKw)
    reboundKwh += aboveKw * SLOT_HOURS
  }
  return {
    kw: order.kind === 'emergency' ? heldKw : order.kw,
    flowKw,
    reboundKw,
    reboundKwh,
    underKh: Math.max(0, underKhWith - underKhWithout),
  }
}

const DAY_AFTER_MS = 24 * HOUR_MS

/** Slots that the window touches, cut to the grid. */
function slotsWithin({ from, until }: Pick<OrderRequest, 'from' | 'until'>, { start, slots }: SlotGrid) {
  return {
    first: Math.max(0, Math.floor((from - start) / SLOT_MS)),
    last: Math.min(slots, Math.ceil((until - start) / SLOT_MS)),
  }
}
