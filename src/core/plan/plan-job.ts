import type { ThermalModel } from '../domain/building.ts'
import type { BuildingId } from '../domain/building-id.ts'
import type { Instant } from '../domain/instant.ts'
import type { BuildingPlan } from '../domain/plan.ts'

/** All that the plan of one building depends on, on the slot grid from `start`: plain data, made to be sent. */
export interface PlanJob {
  readonly building: BuildingId
  readonly madeAt: Instant
  readonly start: Instant
  readonly model: ThermalModel
  /** Comfort zone and structure at `start`, °C. */
  readonly airC: number
  readonly massC: number
  /** Space heat of the slot before, kW. */
  readonly heatKw: number
  readonly outdoorC: Float64Array
  readonly solarWm2: Float64Array
  /** Heat that nobody meters, as the filter expects it, kW a slot. */
  readonly gainsKw: Float64Array
  /** What the building pays for space heat, EUR/kWh a slot. */
  readonly eurPerKwh: Float64Array
  /** A fee on its largest quarter-hour, or day; undefined where power is not paid for. */
  readonly powerFee?: PowerFeeAhead | undefined
  /** What its own curve would take, kW a slot. */
  readonly curveHeatKw: Float64Array
  /** Reach of the actuator, kW a slot: saturation and hot water's claim are in it. */
  readonly minHeatKw: Float64Array
  readonly maxHeatKw: Float64Array
  /** Band of the comfort zone at each slot's end, °C. */
  readonly minC: Float64Array
  readonly maxC: Float64Array
  /** What a kelvin-hour above `maxC` costs, EUR. */
  readonly warmEurPerKh: number
  /** Heat of the plan before, on this grid: where the solver may start. */
  readonly earlierKw: Float64Array | undefined
  /** Largest change of heat from slot to slot, kW. */
  readonly rateKw: number
}

/** What one more kilowatt of a peak costs for as long as it is billed. */
export interface PowerFeeAhead {
  readonly eurPerKw: number
  /** Billed already. */
  readonly soFarKw: number
  /** What counts beside space heat, kW a slot: hot water and air handling, which the same meter sees; see `countedBesideKw`. */
  readonly besideKw: Float64Array
}

/** A plan before dispatch has said why. */
export type Schedule = Omit<BuildingPlan, 'reason'>
