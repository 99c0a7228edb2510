import type { BuildingQp } from './building-qp.ts'

/** A building's problem and the heat of an earlier plan for about the same steps, kW, to start from. */
export interface BuildingTask {
  readonly qp: BuildingQp
  readonly warmStart?: Float64Array
}
