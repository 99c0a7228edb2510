import type { ThermalModel } from '../domain/building.ts'

/**
 * One step of the two masses with all inputs held over it: x' = A x + b·heatKw + e·outdoorC + g·kW.
 * Index 1 is the air, 2 the mass; `gAir` is the effect of one kW into the air, `gMass` of one into the mass, K.
 */
export interface DiscreteModel {
  readonly hours: number
  readonly a11: number
  readonly a12: number
  readonly a21: number
  readonly a22: number
  readonly bHeat1: number
  readonly bHeat2: number
  readonly eOut1: number
  readonly eOut2: number
  readonly gAir1: number
  readonly gAir2: number
  readonly gMass1: number
  readonly gMass2: number
}

/** The exact zero-order hold over `hours`, from the two real time constants of the model. */
export function discretise(model: ThermalModel, hours: number): DiscreteModel {
  const { airKwhPerK: air, massKwhPerK: mass, couplingKwPerK: coupling, heatToAirRatio: toAir } = model
  const k11 = -(coupling + model.airLossKwPerK) / air
  const k12 = coupling / air
  const k21 = coupling / mass
  const k22 = -(coupling + model.massLossKwPerK) / mass
  const centre = (k11 + k22) / 2
  const spread = Math.sqrt(((k11 - k22) / 2) * ((k11 - k22) / 2) + k12 * k21)
  const slow = centre + spread
  const fast = centre - spread
  // The projector on the slow mode is (K - fast) / (slow - fast); where both are one, the identity stands for it.
  const gap = Math.max(slow - fast, Number.MIN_VALUE)
  const s11 = (k11 - fast) / gap
  const s12 = k12 / gap
  const s21 = k21 / gap
  const s22 = (k22 - fast) / gap
  const blend = (slowKw: number, fastKw: number) => ({
    m11: slowKw * s11 + fastKw * (1 - s11),
    m12: (slowKw - fastKw) * s12,
    m21: (slowKw - fastKw) * s21,
    m22: slowKw * s22 + fastKw * (1 - s22),
  })
  const a = blend(Math.exp(slow * hours), Math.exp(fast * hours))
  const held = blend(integral(slow, hours), integral(fast, hours))
  const gAir1 = held.m11 / air
  const gAir2 = held.m21 / air
  const gMass1 = held.m12 / mass
  const gMass2 = held.m22 / mass
  return {
    hours,
    a11: a.m11,
    a12: a.m12,
    a21: a.m21,
    a22: a.m22,
    bHeat1: toAir * gAir1 + (1 - toAir) * gMass1,
    bHeat2: toAir * gAir2 + (1 - toAir) * gMass2,
    eOut1: model.airLossKwPerK * gAir1 + model.massLossKwPerK * gMass1,
    eOut2: model.airLossKwPerK * gAir2 + model.massLossKwPerK * gMass2,
    gAir1,
    gAir2,
    gMass1,
    gMass2,
  }
}

/** ∫ exp(rate·t) dt over [0, hours). */
function integral(rate: number, hours: number): number {
  return Math.abs(rate * hours) < 1e-12 ? hours : Math.expm1(rate * hours) / rate
}
