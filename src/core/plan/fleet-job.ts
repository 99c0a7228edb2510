import type { BuildingId } from '../domain/building-id.ts'
import type { FleetMishapKind } from '../domain/fleet-outcome.ts'
import type { FlowLimit, HeatSource, NetworkNode } from '../math/fleet/fleet-qp.ts'
import type { PlanJob, Schedule } from './plan-job.ts'
import type { StoreMember } from './production/store-qp.ts'

/** All that the plan of a fleet depends on: plain data, made to be sent. */
export interface FleetJob {
  readonly members: readonly FleetJobMember[]
  readonly stores: readonly FleetJobStore[]
  /** Parents first, the plant the first. Fixed flow: what nobody steers, hot water of the steered in it. */
  readonly nodes: readonly NetworkNode[]
  /** Empty where no plant's costs are known: each then pays its own price. */
  readonly sources: readonly HeatSource[]
  readonly limits: readonly FlowLimit[]
  readonly peakEurPerKw: number
  readonly co2CapKg: number
  /**
   * `system`: the plant's costs count, and a job's own price only says what to expect of them. `owner`: what each
   * pays counts, and the plant's costs are told, not felt.
   */
  readonly objective: 'system' | 'owner'
  /** Prices of the plan before on this grid, EUR/kWh by node: where the solver may start. */
  readonly earlierEurPerKwh?: readonly Float64Array[]
}

export interface FleetJobMember {
  readonly job: PlanJob
  /** Index of its node. */
  readonly node: number
  /** Factor on the price of its comfort: who is protected, or gave much already, gives last. */
  readonly weight: number
}

export interface FleetJobStore {
  readonly store: StoreMember
  readonly node: number
}

export interface FleetPlan {
  /** One a member, in their order. */
  readonly schedules: readonly Schedule[]
  /** Charge above the fastest discharge, kW, and level after each slot in the store's units; in the stores' order. */
  readonly stores: readonly { readonly u: Float64Array; readonly ti: Float64Array }[]
  /** What one more kW costs at each node: the marginal price of heat, never a tariff. */
  readonly nodeEurPerKwh: readonly Float64Array[]
  /** Flow by node and heat by source, kW a slot. */
  readonly flowKw: readonly Float64Array[]
  readonly sourceKw: readonly Float64Array[]
  readonly certificate: FleetCertificate
  /** What went wrong on the way to this plan; absent where nothing did. */
  readonly mishaps?: readonly FleetMishap[]
}

export interface FleetMishap {
  readonly what: FleetMishapKind
  readonly detail: string
}

/** What is proven of a plan, by bounds that hold whatever the solver did. */
export interface FleetCertificate {
  /** `not-finite`: the fleet's own numbers could not be calculated with, and there is no plan. */
  readonly status: 'solved' | 'max-iterations' | 'not-finite'
  readonly iterations: number
  /** What this plan costs, and what no plan can go below, EUR; the value of stored heat is in both. */
  readonly upperEur: number
  readonly lowerEur: number
  /** Their difference as a share of the bill for heat. */
  readonly gap: number
  /** Largest excess over a node's cap as a share of it, by node. */
  readonly violation: readonly number[]
  /** Largest excess over each limit of the job, kW: what orders are planned to miss. */
  readonly limitExcessKw: readonly number[]
  readonly co2ExcessKg: number
  /** Buildings whose models cannot be planned with; they count by their curves. */
  readonly excluded: readonly BuildingId[]
}
