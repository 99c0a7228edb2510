import type { Gains } from '../../core/plan/tariffs/who-gains.ts'
import type { BaselineName, RunName } from '../report.ts'

/** What heating one run came to for whoever makes the heat, beside what owners paid. */
export interface ProductionFigures {
  /** Of the whole network, others' demand and losses in it, heat stores settled; and what of it the fleet causes. */
  readonly costEur: number
  readonly fleetCostEur: number
  /** Heat left in the fleet's structure at the end, and its worth at the mean marginal price. */
  readonly storedHeatKwh: number
  readonly storedHeatEur: number
  readonly co2Kg: number
  readonly heatKwh: number
  readonly fleetHeatKwh: number
  /** Price of the margin: mean over the period, and mean over the heat that the fleet took. */
  readonly marginalEurPerMwh: number
  readonly fleetMarginalEurPerMwh: number
  /** Mean over the heat that the fleet took of what its owners paid for energy, and their whole bills. */
  readonly tariffEurPerMwh: number
  readonly billsEur: number
  readonly units: Readonly<Record<string, UnitFigures>>
  readonly unservedKwh: number
}

export interface UnitFigures {
  readonly heatKwh: number
  readonly starts: number
  readonly startsEur: number
  /** Hours under its least load: the convex relaxation is not runnable there as it stands. */
  readonly notRunnableHours: number
}

export interface ProductionReport {
  readonly how: string
  readonly runs: Readonly<Record<RunName, ProductionFigures>>
  /** Who gains by control, stored heat counted: the utility, the owners, or both. */
  readonly gains: Readonly<Record<BaselineName, Gains>>
  /** What of the plant is relaxed, and all else a reader should know. */
  readonly notes: readonly string[]
}

/** What the production's picture is drawn from, on the slots of the counted period. */
export interface ProductionSeries {
  readonly marginalEurPerMwh: Readonly<Record<RunName, Float64Array>>
  readonly tariffEurPerMwh: Float64Array
  /** Heat by unit under control, in the plant's order; none where buildings make their own. */
  readonly units: readonly { readonly unit: string; readonly heatKw: Float64Array }[]
}
