import type { ThermalModel } from '../../domain/building.ts'

/** What the offers of one building depend on, on the slot grid of its plan. */
export interface FlexibleBuilding {
  readonly model: ThermalModel
  /** As planned: heat of each slot, kW, and the comfort zone at its end, °C. */
  readonly heatKw: Float64Array
  readonly indoorC: Float64Array
  /** Reach of the actuator, kW. */
  readonly minHeatKw: Float64Array
  readonly maxHeatKw: Float64Array
  /** What the comfort zone may come to for a call's sake, °C. */
  readonly lowC: Float64Array
  readonly highC: Float64Array
  /** Largest change of heat from slot to slot, kW. */
  readonly rateKw: number
  readonly eurPerKwh: Float64Array
  /** Kilowatts a kelvin of supply, and the least change that is worth a write and its step, K. */
  readonly kwPerKDown: Float64Array
  readonly kwPerKUp: Float64Array
  readonly deadbandK: number
  readonly stepK: number
  /** Standard error of the learned effect, as a share of it. */
  readonly downErrorShare: number
  readonly upErrorShare: number
  /** Standard deviation of the comfort zone about its plan a few hours ahead, K. */
  readonly roomErrorK: number
  /** How likely the building follows when it is called, 0 to 1. */
  readonly availability: number
  /** Changes of its setting that its budget bears, by slot. */
  readonly writesLeft: Uint8Array
}

/** Whether every figure can be calculated with: a mad model offers nothing. */
export function isFiniteBuilding(one: FlexibleBuilding): boolean {
  const { model } = one
  const capacities = [model.airKwhPerK, model.massKwhPerK, model.couplingKwPerK]
  const scalars = [
    one.deadbandK,
    one.stepK,
    one.downErrorShare,
    one.upErrorShare,
    one.roomErrorK,
    one.availability,
  ]
  const series = [one.heatKw, one.indoorC, one.minHeatKw, one.maxHeatKw, one.lowC, one.highC, one.eurPerKwh]
  return (
    capacities.every((value) => value > 0 && Number.isFinite(value)) &&
    Object.values(model).every(Number.isFinite) &&
    scalars.every((value) => value >= 0 && Number.isFinite(value)) &&
    one.rateKw >= 0 &&
    [...series, one.kwPerKDown, one.kwPerKUp].every(
      (values) => values.length === one.heatKw.length && values.every(Number.isFinite),
    )
  )
}
