import type { BuildingQpResult, BuildingQpSettings } from '../../building-qp.ts'
import type { FleetMember } from '../fleet-qp.ts'
import type { Certified } from '../member-rounds.ts'

/**
 * The buildings of a fleet as the search for prices sees them, wherever they live. Between sweeps nothing of a building
 * is kept but its heat: a point of its central path is known by that. Series are one a gate, in the network's order.
 */
export interface MemberSweeps {
  /** Each for itself, by the building solver. */
  alone(settings: Pick<BuildingQpSettings, 'gap' | 'maxIterations'>): Promise<readonly BuildingQpResult[]>
  /** About so many members that stand for all of them, each made as large as those it stands for. */
  core(count: number): Promise<readonly FleetMember[]>
  /** Every building to its central point at these prices. */
  sweep(prices: readonly Float64Array[], aim: SweepAim): Promise<Swept>
  /** The plans of the last sweep. */
  finish(): Promise<readonly BuildingQpResult[]>
}

export interface SweepAim {
  /** Without the plans there are. */
  readonly anew: boolean
  /** What a building's inequalities cost at its point of the path, as a share of its scale. */
  readonly share: number
  /** The share of the next sweep. */
  readonly nextShare: number
  /** The same as `share` where its way there begins, from the heat it had. */
  readonly distance: number
  /** About how many buildings are asked how they answer prices; they speak for the others of their place. */
  readonly asked: number
}

export interface Swept extends Certified {
  /** What heat changes by towards the next share at unchanged prices, kW a step. */
  readonly drift: readonly Float64Array[]
  /** −dheat/dprice, all n × n. */
  readonly answer: readonly Float64Array[]
  /** Newton steps of all, and buildings that did not arrive. */
  readonly iterations: number
  readonly lost: number
}
