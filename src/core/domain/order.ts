import type { BuildingId } from './building-id.ts'
import type { Instant } from './instant.ts'

export const ORDER_KINDS = ['cap', 'reduce', 'increase', 'emergency'] as const
export type OrderKind = (typeof ORDER_KINDS)[number]

/** What an operator or a market asks of the fleet, or of one branch of its network. */
export interface OrderRequest {
  readonly kind: OrderKind
  /** `cap`: the most that may flow; `reduce`, `increase`: less or more than the baseline; `emergency`: nothing. */
  readonly kw: number
  readonly from: Instant
  readonly until: Instant
  readonly branch?: string | undefined
  readonly note?: string | undefined
}

/** What would have been, frozen when the order was accepted: without it and without its pre-heating. kW a slot. */
export interface OrderBaseline {
  readonly start: Instant
  /** Flow into the branch, or out of the plant: primary side, hot water, losses and uncontrolled load in it. */
  readonly flowKw: Float64Array
  /** What the meters of the steered buildings there would show together. */
  readonly meteredKw: Float64Array
}

/** How far meters lately were from what plans expected of them, kW: metered less planned. */
export interface BaselineError {
  /** Quarter-hours behind it, the last of them before the order was accepted. */
  readonly slots: number
  readonly biasKw: number
  /** Root mean square, the bias in it. */
  readonly errorKw: number
}

/** What the plan with the order says, on the grid of its baseline. */
export interface OrderPromise {
  /** In the order's own terms; of an emergency the least that it takes away at any time. */
  readonly kw: number
  readonly flowKw: Float64Array
  /** How far the flow rises above the baseline afterwards, at most and in sum. */
  readonly reboundKw: number
  readonly reboundKwh: number
  /** Kelvin-hours below their band that the order costs all buildings together. */
  readonly underKh: number
}

/** Heat of the steered buildings since the order was accepted, as metered; `NaN` where nobody knows. kW a slot. */
export interface OrderMeasured {
  readonly start: Instant
  readonly meteredKw: Float64Array
  /** Meters that said nothing for so many slots while it ran, as long as this process has lived. */
  readonly silent?: ReadonlyMap<BuildingId, number> | undefined
}

export const STANDING_STATES = ['accepted', 'running', 'releasing'] as const
export const ORDER_STATES = [...STANDING_STATES, 'done', 'cancelled', 'refused'] as const
export type OrderState = (typeof ORDER_STATES)[number]

interface PlacedOrder extends OrderRequest {
  readonly id: string
  readonly placedAt: Instant
  readonly placedBy: string
}

export interface AcceptedOrder extends PlacedOrder {
  readonly state: Exclude<OrderState, 'refused'>
  readonly baseline: OrderBaseline
  readonly promised: OrderPromise
  /** Of the margin that plans keep above the band's lower edge, the share that it may use up, 0 to 1. */
  readonly marginRatio: number
  readonly measured: OrderMeasured
  /** How far its baseline may be off, as known at acceptance; undefined where too little was known. */
  readonly baselineError?: BaselineError | undefined
  /** When it was done or cancelled. */
  readonly endedAt?: Instant | undefined
}

export interface RefusedOrder extends PlacedOrder {
  readonly state: 'refused'
  readonly refusal: OrderRefusal
}

export type Order = AcceptedOrder | RefusedOrder

export const ORDER_REFUSALS = [
  'kw-out-of-range',
  'ends-before-it-starts',
  'in-the-past',
  'beyond-horizon',
  'unknown-branch',
  'too-many-orders',
  'contradictory',
  'nobody-to-ask',
  'not-planned',
  'more-than-deliverable',
] as const
export type OrderRefusalCode = (typeof ORDER_REFUSALS)[number]

/** Why an order is not accepted, and how much could be. */
export interface OrderRefusal {
  readonly code: OrderRefusalCode
  /** A sentence for the operator. */
  readonly detail: string
  /** What would be accepted in its place; of a cap the lowest that holds. Absent where no plan was asked. */
  readonly deliverableKw?: number | undefined
}

/** An order as it would be accepted now, or why it would not be. */
export interface OrderQuote {
  /** The most of its kind that can be met throughout; of a cap the lowest. Null where no plan was asked. */
  readonly deliverableKw: number | null
  readonly baseline: OrderBaseline | null
  readonly promised: OrderPromise | null
  readonly refusal: OrderRefusal | null
}

/** A building without the order, until some hours after it: what its share of the burden is counted from. */
export interface OrderShare {
  readonly order: string
  readonly building: BuildingId
  readonly start: Instant
  /** Space heat, kW a slot, and its comfort zone after each. */
  readonly heatKw: Float64Array
  readonly indoorC: Float64Array
}

/** Kelvin-hours that an order took from a building. */
export interface LedgerEntry {
  readonly order: string
  readonly building: BuildingId
  readonly at: Instant
  readonly kelvinHours: number
}

export function isAccepted(order: Order): order is AcceptedOrder {
  return order.state !== 'refused'
}

/** Whether it still asks something of somebody. */
export function isStanding(order: Order): order is AcceptedOrder {
  return order.state === 'accepted' || order.state === 'running' || order.state === 'releasing'
}
