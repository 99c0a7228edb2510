import type { BuildingId } from './building-id.ts'
import type { Instant } from './instant.ts'
import type { Reason } from './lease.ts'

/** The plan of one building on the slot grid from `start` on. */
export interface BuildingPlan {
  readonly building: BuildingId
  readonly madeAt: Instant
  readonly start: Instant
  /** Space heat, kW a slot. */
  readonly heatKw: Float64Array
  /** What the building's own curve would take, kW a slot. */
  readonly curveHeatKw: Float64Array
  /** The comfort zone at each slot's end. */
  readonly indoorC: Float64Array
  /** Heat price that the plan answered to, EUR/kWh a slot. */
  readonly eurPerKwh: Float64Array
  readonly outcome: PlanOutcome
  /** Relative duality gap and iterations of the solver. */
  readonly gap: number
  readonly iterations: number
  /** Kelvin-hours that the plan leaves below and above the band, and why. */
  readonly underKh: number
  readonly overKh: number
  readonly reason: Reason
}

export type PlanOutcome = 'solved' | 'band-broken' | 'not-solved'
