import type { BuildingId } from './building-id.ts'
import type { Instant } from './instant.ts'

/** A change of one building's setting between plans. */
export interface TrackMove {
  readonly building: BuildingId
  /** The offset on its curve from now on, K, and what that is expected to change, kW. */
  readonly offsetK: number
  readonly changeKw: number
  readonly at: Instant
}

/** How a commitment fares between plans. */
export interface TrackStatus {
  /** The flow that was committed, and the estimate of what flows, kW; both of the steered buildings. */
  readonly committedKw: number
  readonly estimatedKw: number
  /** What is missing and no building has room for, kW; 0 where the commitment is kept. */
  readonly unmetKw: number
  /** What buildings take beyond what plans expect of them, smoothed, kW: the next plan aims that much lower. */
  readonly biasKw: number
  /** Buildings that do not follow now, and whose share others take. */
  readonly dropped: readonly BuildingId[]
  /** Meters too old to go by: those buildings are taken to do as planned. */
  readonly silent: readonly BuildingId[]
}
