import type { BuildingQp, BuildingQpResult } from '../building-qp.ts'

/**
 * Many buildings under one plant, n equal steps:
 *
 *   min  Σ_b f_b(u_b)                                         each building's own cost, see `BuildingQp`
 *        + Σ_k Σ_j a_jk y_jk + ½ q_jk y_jk²                   the sources of heat, their merit order
 *        + peak · max_k F_0k                                  a price on the peak
 *        + Σ limits: price · (excess of a flow over its limit)⁺
 *   s.t. F_ik = fixed_ik + Σ_{b at i} u_bk + Σ_{c under i} (1 + loss_c) F_c,k+delay_c
 *        F_0k = Σ_j y_jk,   0 ≤ y_jk ≤ cap_jk
 *        F_ik ≤ cap_ik
 *        Σ_k Σ_j g_jk y_jk ≤ G                                emissions, where they are capped
 *
 * Heat that a far building takes at k + delay leaves the plant at k; what takes heat in the first steps stands at the
 * plant for what will after the horizon (see `Way`). Flows are kW, prices EUR for one kW held for a step. No instance is infeasible: what a cap forbids beyond all means is bought at `SHORTAGE` times the dearest
 * price and reported as a violation.
 */
export interface FleetQp {
  readonly n: number
  readonly members: readonly FleetMember[]
  /** The network as a tree, parents before children; node 0 is the plant. At least one. */
  readonly nodes: readonly NetworkNode[]
  /** What serves node 0; empty where buildings pay for heat by their own prices alone. */
  readonly sources: readonly HeatSource[]
  /** EUR for each kW of the largest flow at node 0, not negative. */
  readonly peakEurPerKw: number
  readonly limits: readonly FlowLimit[]
  /** Upper limit of the sources' emissions, kg; Infinity is none. */
  readonly co2CapKg: number
}

export interface FleetMember {
  readonly qp: BuildingQp
  /** Where on the network it stands. */
  readonly node: number
}

export interface NetworkNode {
  /** Index of the node towards the plant, less than its own; −1 for the plant itself. */
  readonly parent: number
  /** Flow that no plan changes: the uncontrolled load, hot water, what actuators cannot take away. kW a step. */
  readonly fixedKw: Float64Array
  /** Hard limit of the flow through it, kW a step; Infinity is none. */
  readonly capKw: Float64Array
  /** Loss on the way from the parent as a share of what arrives here. */
  readonly lossRatio: number
  /** Whole steps that water takes from the parent to here. */
  readonly delaySteps: number
}

/** One block of the merit order; a plant with a curved cost is several. */
export interface HeatSource {
  readonly capKw: Float64Array
  /** Cost of the first kW, EUR/kW a step; any sign. */
  readonly eurPerKw: Float64Array
  /** Rise of the marginal cost, EUR/kW² a step, not negative. */
  readonly slope: Float64Array
  /** Emissions, kg/kW a step. */
  readonly kgPerKw: Float64Array
}

/** A limit on a node's flow that may be broken at a price: an order, or a promise of flexibility. */
export interface FlowLimit {
  readonly node: number
  readonly side: 'at-most' | 'at-least'
  /** kW a step; Infinity (or −Infinity for `at-least`) where it does not hold. */
  readonly kw: Float64Array
  /** EUR for one kW beyond it for a step, positive. */
  readonly eurPerKw: number
}

export interface FleetQpResult {
  /** `max-iterations` still gives a plan and its true bounds; `not-finite` gives none. */
  readonly status: 'solved' | 'max-iterations' | 'not-finite'
  readonly iterations: number
  /** One a member, in their order. */
  readonly members: readonly BuildingQpResult[]
  /** What one more kW at node i costs for a step, EUR: the dual of the balance with the prices of caps on its way. */
  readonly nodePrice: readonly Float64Array[]
  /** Flow of each node and heat of each source, kW a step. */
  readonly flowKw: readonly Float64Array[]
  readonly sourceKw: readonly Float64Array[]
  /** Objective of this plan, and a bound that no plan can go below, EUR. */
  readonly upper: number
  readonly lower: number
  /** upper − lower as a share of the bill for heat. */
  readonly gap: number
  /** Largest excess over a node's cap as a share of that cap, by node. */
  readonly violation: readonly number[]
  /** Largest excess over each limit at a price, kW, in the order of `limits`. */
  readonly limitExcessKw: readonly number[]
  /** Emissions beyond their cap, kg. */
  readonly co2ExcessKg: number
}

export interface FleetQpSettings {
  /** Largest certified gap of a plan called solved. */
  readonly gap: number
  readonly maxIterations: number
  /** An earlier plan for about the same steps: a start, never a limit. */
  readonly warmStart?: FleetWarmStart
}

export interface FleetWarmStart {
  /** Price at each node, EUR/kW a step. */
  readonly nodePrice: readonly Float64Array[]
  /** Heat of each member, kW a step; undefined where it had none. */
  readonly u: readonly (Float64Array | undefined)[]
}
