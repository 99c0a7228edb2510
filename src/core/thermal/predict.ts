import type { ThermalModel } from '../domain/building.ts'
import type { DiscreteModel } from './discretise.ts'

export interface ThermalState {
  readonly airC: number
  readonly massC: number
}

/** What acts on a building over one step, held constant. */
export interface ThermalInput {
  /** Space heat. */
  readonly heatKw: number
  readonly outdoorC: number
  /** Sun through the windows, see `solarHeatKw`. */
  readonly solarKw: number
  /** All other heat, into the air: people, and what the model has wrong. */
  readonly gainsKw: number
}

/** The two temperatures one step on. */
export function predict(step: DiscreteModel, from: ThermalState, input: ThermalInput): ThermalState {
  const toAirKw = input.gainsKw + input.solarKw / 2
  const toMassKw = input.solarKw / 2
  return {
    airC:
      step.a11 * from.airC +
      step.a12 * from.massC +
      step.bHeat1 * input.heatKw +
      step.eOut1 * input.outdoorC +
      step.gAir1 * toAirKw +
      step.gMass1 * toMassKw,
    massC:
      step.a21 * from.airC +
      step.a22 * from.massC +
      step.bHeat2 * input.heatKw +
      step.eOut2 * input.outdoorC +
      step.gAir2 * toAirKw +
      step.gMass2 * toMassKw,
  }
}

/** Sun through the windows, kW; half of it warms the air, half the mass. */
export function solarHeatKw(model: ThermalModel, solarWm2: number): number {
  return (model.apertureM2 * solarWm2) / 1000
}

/** The mass's temperature once it is settled between air and outside, °C. */
export function settledMassC(model: ThermalModel, input: ThermalInput & { readonly airC: number }): number {
  const toMassKw = (1 - model.heatToAirRatio) * input.heatKw + input.solarKw / 2
  const through = model.couplingKwPerK + model.massLossKwPerK
  if (!(through > 0)) return input.airC
  return (model.couplingKwPerK * input.airC + model.massLossKwPerK * input.outdoorC + toMassKw) / through
}
