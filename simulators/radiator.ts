import type { RadiatorSpec } from './building-spec.ts'

/** Water 3.8 g and steel 18 g per nominal watt: kWh/K per nominal kW. */
const CAPACITY_KWH_PER_K_KW = (3.8 * 4.186 + 18 * 0.48) / 3600
/** To the mass; the rest warms the air. */
export const RADIATIVE_SHARE = 0.35
const EXPONENT = 1.3
const NOMINAL_EXCESS_K = 50
const STEP_HOURS = 1 / 60

/** Two halves in series: where they meet, and where the water leaves. */
export interface RadiatorState {
  middleC: number
  outletC: number
  /** To the room. */
  emittedKw: number
  /** From the  */
  takenKw: number
}

/** EN 442: heat of a body of `nominalKw` whose mean is `excessK` (above 0) over the room. */
export function emissionKw(nominalKw: number, excessK: number): number {
  return nominalKw * Math.exp(EXPONENT * Math.log(excessK / NOMINAL_EXCESS_K))
}

/** Heat of a body through which water cools from `inK` to `outK` over the room. */
function flowEmissionKw(nominalKw: number, inK: number, outK: number): number {
  if (inK <= 0 || outK <= 0) return (nominalKw * Math.min(0, outK)) / (3 * NOMINAL_EXCESS_K)
  // The geometric mean stands for the logarithmic one: as close as 1 %, and nil where the water is spent.
  return nominalKw * Math.exp((EXPONENT / 2) * Math.log((inK * outK) / (NOMINAL_EXCESS_K * NOMINAL_EXCESS_K)))
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
  const enteringC = flowKwPerK > 0 ? supplyC : state.middleC
  const first = flowEmissionKw(half, enteringC - roomC, state.middleC - roomC)
  const second = flowEmissionKw(half, state.middleC - roomC, state.outletC - roomC)
  const whole = capacity + flowKwPerK
  state.middleC = (capacity * state.middleC + flowKwPerK * supplyC - first) / whole
  state.outletC = (capacity * state.outletC + flowKwPerK * state.middleC - second) / whole
  state.emittedKw = first + second
  state.takenKw = flowKwPerK * (supplyC - state.outletC)
}
