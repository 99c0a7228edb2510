import type { RadiatorSpec } from './building-spec.ts'

/** Water 3.8 g and steel 18 g per nominal watt: kWh/K per nominal kW. */
const CAPACITY_KWH_PER_K_KW = (3.8 * 4.186 + 18 * 0.48) / 3600
/** To the mass; the rest warms the air. */
export const RADIATIVE_SHARE = 0.35
const EXPONENT = 1.3
const NOMINAL_EXCESS_K = 50
const STEP_HOURS = 1 / 60

/** Two well-mixed halves in series, so that little flow comes back cold. */
export interface RadiatorState {
  inletC: number
  outletC: number
  /** To the room. */
  emittedKw: number
  /** From the  */
  takenKw: number
}

/** EN 442: heat of a body of `nominalKw` whose mean is `excessK` above the room. */
export function emissionKw(nominalKw: number, excessK: number): number {
  // Below a kelvin the law is continued by a straight line, which also serves a radiator colder than its room.
  if (excessK < 1) return (nominalKw * excessK) / 161.7
  return nominalKw * Math.exp(EXPONENT * Math.log(excessK / NOMINAL_EXCESS_K))
}

export function radiatorKwhPerK(radiator: RadiatorSpec): number {
  return radiator.nominalKw * CAPACITY_KWH_PER_K_KW
}

/** One minute: implicit in the water's flow, explicit in what the body emits. */
export function stepRadiator(
  state: RadiatorState,
  radiator: RadiatorSpec,
  supplyC: number,
  flowKwPerK: number,
  roomC: number,
): void {
  const capacity = (radiator.nominalKw * CAPACITY_KWH_PER_K_KW) / (2 * STEP_HOURS)
  const half = radiator.nominalKw / 2
  const first = emissionKw(half, state.inletC - roomC)
  const second = emissionKw(half, state.outletC - roomC)
  const whole = capacity + flowKwPerK
  state.inletC = (capacity * state.inletC + flowKwPerK * supplyC - first) / whole
  state.outletC = (capacity * state.outletC + flowKwPerK * state.inletC - second) / whole
  state.emittedKw = first + second
  state.takenKw = flowKwPerK * (supplyC - state.outletC)
}
