import type { ThermalModel } from '../../core/domain/building.ts'

/** The parameters in the order of a fit's vector, with how far, in logarithms, a prior is from the truth. */
const PARAMETERS = [
  ['airKwhPerK', 0.8],
  ['massKwhPerK', 0.6],
  ['couplingKwPerK', 0.6],
  ['airLossKwPerK', 0.5],
  ['massLossKwPerK', 0.5],
  ['apertureM2', 0.6],
  ['gainsKw', 0.5],
  ['heatToAirRatio', 0.3],
] as const satisfies readonly (readonly [keyof ThermalModel, number])[]

export const PARAMETER_COUNT = PARAMETERS.length
const FURTHEST = 2.5

/** The model whose parameters are the prior's times exp(x). */
export function scaledModel(prior: ThermalModel, x: Float64Array): ThermalModel {
  const scaled = { ...prior }
  PARAMETERS.forEach(([name], j) => {
    scaled[name] = prior[name] * Math.exp(x[j]!)
  })
  return scaled
}

/** How unlikely x is, in standard deviations, into `out` from `at` on. */
export function priorResiduals(x: Float64Array, out: Float64Array, at: number): void {
  PARAMETERS.forEach(([, deviation], j) => {
    out[at + j] = x[j]! / deviation
  })
}

/** Bounds of x; no more than nearly all heat can go to the air. */
export function parameterBounds(prior: ThermalModel): { readonly lo: number[]; readonly hi: number[] } {
  const lo = PARAMETERS.map(([, deviation]) => -FURTHEST * deviation)
  const hi = PARAMETERS.map(([name, deviation]) =>
    name === 'heatToAirRatio' ? Math.log(0.98 / prior.heatToAirRatio) : FURTHEST * deviation,
  )
  return { lo, hi }
}
