import type { Instant } from './instant.ts'
import type { TrackStatus } from './tracking.ts'

/** `down` takes less heat than planned, `up` more. */
export type FlexDirection = 'down' | 'up'

/** How long an offer holds, and how long before its start it must be called: with notice there is time to prepare. */
export const OFFER_MINUTES = [15, 60, 120, 240] as const
export const NOTICE_MINUTES = [10, 180] as const
/** What a call and its end write to a building's controller; its preparation is one more. */
export const CALL_WRITES = 2

/** One kind of offer, a value a slot in which it would start. */
export interface FlexibilitySlice {
  readonly direction: FlexDirection
  readonly durationMinutes: number
  readonly noticeMinutes: number
  /** Offered at the confidence of the whole, kW; zero where nothing can be promised. */
  readonly kw: Float64Array
  /** Expected of the same buildings, and its standard deviation, kW. */
  readonly meanKw: Float64Array
  readonly sigmaKw: Float64Array
  /** The part of the deviation that grows with what is asked for, as a share of it. */
  readonly responseShare: Float64Array
  /** What a kWh costs by the prices of the plan, its preparation and recovery included; any sign. */
  readonly eurPerKwh: Float64Array
  /** Heat that comes back afterwards, kWh a kWh, and its power, kW a kW. */
  readonly reboundKwhPerKwh: Float64Array
  readonly reboundKwPerKw: Float64Array
}

/** What the fleet can give beside its plan, by the slot of its start. */
export interface Flexibility {
  readonly issuedAt: Instant
  readonly start: Instant
  /** The share of calls in which at least the offered power is expected to be delivered. */
  readonly confidence: number
  /** Buildings behind it, and those that offer nothing, by why. */
  readonly buildings: number
  readonly withheld: Readonly<Partial<Record<Withheld, number>>>
  readonly slices: readonly FlexibilitySlice[]
}

/** Why a building is not counted on. */
export type Withheld =
  | 'no-plan'
  | 'meter-only'
  | 'offline'
  | 'overridden'
  | 'refuses'
  | 'protected'
  | 'no-writes'
  | 'not-finite'

/** What can be promised for one window. */
export interface Offer {
  readonly direction: FlexDirection
  readonly from: Instant
  readonly until: Instant
  readonly noticeMinutes: number
  readonly confidence: number
  readonly kw: number
  readonly meanKw: number
  readonly sigmaKw: number
  readonly responseShare: number
  readonly eurPerKwh: number
  readonly reboundKwhPerKwh: number
  readonly reboundKwPerKw: number
}

/** How what was promised fares now. */
export interface CommitmentView extends TrackStatus {
  /** The order behind it; `cap` of the plant, `cap:<branch>` of a branch. */
  readonly id: string
}
