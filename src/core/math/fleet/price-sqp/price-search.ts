import type { Dense } from '../dense.ts'
import type { DualPoint } from '../dual-point.ts'
import type { FleetMember, FleetQp, FleetQpResult, HeatSource } from '../fleet-qp.ts'
import type { Network } from '../gates.ts'
import type { Plant } from '../plant.ts'
import type { MemberSweeps } from './member-sweeps.ts'

/** What the search for prices works on. */
export interface PriceSearch {
  readonly qp: FleetQp
  readonly network: Network
  readonly shortage: HeatSource
  readonly sweeps: MemberSweeps
  readonly dense: (count: number) => Dense
  /** The interior point, for the few that stand for all. */
  solveCore(members: readonly FleetMember[]): Promise<FleetQpResult>
}

/** A plan of the plant's, and its multipliers where the dual function is finite: their prices are told next. */
export interface PricePlan {
  readonly plant: Plant
  readonly dual: DualPoint
}
