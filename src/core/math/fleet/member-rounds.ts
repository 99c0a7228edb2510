import type { BuildingQpResult, BuildingQpSettings } from '../building-qp.ts'
import type { Aim } from '../predict-affine.ts'

/**
 * The buildings of a fleet as the interior point on prices sees them, wherever they live: in this thread, in others.
 * A round takes prices, or little more, and gives sums: what it costs to tell does not grow with the fleet.
 * Series are one a gate, in the order of the network's gates.
 */
export interface MemberRounds {
  /** Each for itself, by the building solver. */
  alone(settings: Pick<BuildingQpSettings, 'gap' | 'maxIterations'>): Promise<readonly BuildingQpResult[]>
  /** A first plan each; `warm` near the earlier plans that it knows of. */
  open(warm: boolean): Promise<Opened>
  /** Multipliers of a first plan at these prices, their complementarity this many times what it costs. */
  centre(prices: readonly Float64Array[], distance: number): Promise<Centred>
  /** Takes `step` along the direction there is, then factors: the affine answer at these prices. */
  factor(prices: readonly Float64Array[], step: number): Promise<Factored>
  /** The affine direction with this change of prices; returns one over the longest step that it allows. */
  predict(change: readonly Float64Array[]): Promise<number>
  /** The corrected answer without a change of prices; the target is a share of each building's scale. */
  correct(aim: Aim): Promise<readonly Float64Array[]>
  /** The corrected direction with this change of prices; returns one over the longest step that it allows. */
  direct(change: readonly Float64Array[]): Promise<number>
  /** What the plans cost, and how far they can be from the best at these prices. */
  certify(prices: readonly Float64Array[]): Promise<Certified>
  /** The plans. It is the last round: the memory may then be another fleet's. */
  finish(): Promise<readonly BuildingQpResult[]>
}

export interface Opened {
  /** Heat through each gate, kW a step. */
  readonly heat: readonly Float64Array[]
}

export interface Centred {
  /** Inequalities of all; the same, each weighted by its building's scale, EUR; and Σ of the scales, EUR. */
  readonly rows: number
  readonly weightedRows: number
  readonly scaleEur: number
}

export interface Factored {
  readonly heat: readonly Float64Array[]
  /** Its change in the affine direction at unchanged prices. */
  readonly change: readonly Float64Array[]
  /** −dheat/dprice, all n × n. */
  readonly answer: readonly Float64Array[]
  /** Σ z g, each building's as a share of its scale. */
  readonly products: number
}

export interface Certified {
  readonly heat: readonly Float64Array[]
  /** Σ of the buildings' own objectives, EUR. */
  readonly objective: number
  /** Σ of what each could still save at these prices, EUR. */
  readonly gap: number
  /** What their heat costs at the own prices' amount, and the least that counts as a bill, EUR. */
  readonly ownBill: number
  readonly leastBill: number
}
