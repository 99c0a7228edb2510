import type { ThermalModel } from '../domain/building.ts'

/** Heat lost a kelvin between the air and outside once both masses are settled, kW/K. */
export function heatLossKwPerK(model: ThermalModel): number {
  const through = model.couplingKwPerK + model.massLossKwPerK
  const byMassKwPerK = through > 0 ? (model.couplingKwPerK * model.massLossKwPerK) / through : 0
  return model.airLossKwPerK + byMassKwPerK
}

/** How long the structure takes to fall to 1/e of what it is above the outside; infinite where nothing is lost. */
export function timeConstantHours(model: ThermalModel): number {
  const { airKwhPerK: air, massKwhPerK: mass, couplingKwPerK: coupling } = model
  const k11 = (coupling + model.airLossKwPerK) / air
  const k22 = (coupling + model.massLossKwPerK) / mass
  const half = (k11 - k22) / 2
  const fast = (k11 + k22) / 2 + Math.sqrt(half * half + (coupling * coupling) / (air * mass))
  const lost =
    coupling * (model.airLossKwPerK + model.massLossKwPerK) + model.airLossKwPerK * model.massLossKwPerK
  // The product of both rates over the fast one: no difference of near equals.
  return fast / (lost / (air * mass))
}
