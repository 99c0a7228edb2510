import { HOUR_MS, type Instant, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import type { AcceptedOrder, OrderBaseline, OrderRequest } from '../../domain/order.ts'
import type { FlowLimit } from '../../math/fleet/fleet-qp.ts'
import type { OrderSettings } from './order-settings.ts'

/** The slots of a plan. */
export interface SlotGrid {
  readonly start: Instant
  readonly slots: number
}

export interface LimitTerms {
  readonly grid: SlotGrid
  /** The network's node of a branch; of none the plant. Undefined where the branch is no more. */
  readonly nodeOf: (branch: string | undefined) => number | undefined
  readonly settings: Pick<OrderSettings, 'reboundHours' | 'reboundRatio'>
  /** EUR for a kWh beyond an order. */
  readonly eurPerKwh: number
}

/** An order as far as the flow is concerned: its baseline may be of a plan that has just been made. */
export type LimitingOrder = OrderRequest &
  Pick<AcceptedOrder, 'baseline' | 'marginRatio'> & {
    /** Absent while it is only thought of. */
    readonly id?: string
    /** What a plan is to give beyond it, kW, so that what is delivered is not less every other time. */
    readonly extraKw?: number
    /** What meters show beyond the plans, kW: it counts against what was frozen. */
    readonly biasKw?: number
    /** What would be without it as it is known now, where that has been looked at since. */
    readonly current?: Pick<OrderBaseline, 'start' | 'flowKw'> | undefined
  }

/** What the orders want of the network's flows, each at a price: nothing here can make a plan infeasible. */
export function orderLimits(orders: readonly LimitingOrder[], terms: LimitTerms): readonly FlowLimit[] {
  return orders.flatMap((order) => {
    const node = terms.nodeOf(order.branch)
    if (node === undefined) return []
    return [ordered(order, node, terms), rebound(order, node, terms)].filter(holdsSomewhere)
  })
}

// What is scarce goes to rooms that need it to be safe, and to nothing else.
const EMERGENCY_WORTH = 4

/** While the order runs. */
function ordered(order: LimitingOrder, node: number, { grid, eurPerKwh }: LimitTerms): FlowLimit {
  const side = order.kind === 'increase' ? 'at-least' : 'at-most'
  const never = side === 'at-most' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const kw = slotsOf(grid, (at) => {
    const isRunning = at + SLOT_MS > order.from && at < order.until
    return (isRunning ? wantedKw(order, at) : undefined) ?? never
  })
  const worth = order.kind === 'emergency' ? EMERGENCY_WORTH : 1
  return { node, side, kw, eurPerKw: worth * eurPerKwh * SLOT_HOURS }
}

/** The flow that the order wants of the slot from `at`, kW; undefined beyond what was frozen. */
export function wantedKw(order: LimitingOrder, at: Instant): number | undefined {
  const baselineKw = baselineAt(order, at)
  const { kw, extraKw = 0, biasKw = 0 } = order
  const currentKw = order.current ? flowAt(order.current, at) : undefined
  switch (order.kind) {
    case 'cap':
      return Math.max(0, kw - biasKw)
    case 'reduce':
      return baselineKw === undefined
        ? undefined
        : Math.min(baselineKw - kw - biasKw, Math.min(baselineKw, currentKw ?? baselineKw) - kw - extraKw)
    case 'increase':
      return baselineKw === undefined
        ? undefined
        : Math.max(baselineKw + kw - biasKw, Math.max(baselineKw, currentKw ?? baselineKw) + kw + extraKw)
    case 'emergency':
      // As little as safety lets be: every kilowatt costs, and only rooms near their floor are worth it.
      return 0
    default:
      return order.kind satisfies never
  }
}

// What comes back must not be dearer than what was asked for, or the order would be given up for it.
const REBOUND_WORTH = 0.5

/** For some hours after heat was taken away the buildings may not all take it back at once. */
function rebound(order: LimitingOrder, node: number, { grid, settings, eurPerKwh }: LimitTerms): FlowLimit {
  const end = order.until + settings.reboundHours * HOUR_MS
  const kw = slotsOf(grid, (at) => {
    if (order.kind === 'increase' || at < order.until || at >= end) return Number.POSITIVE_INFINITY
    return (baselineAt(order, at) ?? Number.POSITIVE_INFINITY) * (1 + settings.reboundRatio)
  })
  return { node, side: 'at-most', kw, eurPerKw: REBOUND_WORTH * eurPerKwh * SLOT_HOURS }
}

function baselineAt({ baseline }: Pick<LimitingOrder, 'baseline'>, at: Instant): number | undefined {
  return flowAt(baseline, at)
}

function flowAt({ start, flowKw }: Pick<OrderBaseline, 'start' | 'flowKw'>, at: Instant): number | undefined {
  return flowKw[Math.round((at - start) / SLOT_MS)]
}

function slotsOf({ start, slots }: SlotGrid, kwAt: (at: Instant) => number): Float64Array {
  return Float64Array.from({ length: slots }, (_, k) => kwAt(start + k * SLOT_MS))
}

function holdsSomewhere({ kw }: FlowLimit): boolean {
  return kw.some((value) => Number.isFinite(value))
}
