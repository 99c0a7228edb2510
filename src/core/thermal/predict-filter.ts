import type { ThermalModel } from '../domain/building.ts'
import { discretise } from './discretise.ts'
import {
  AIR,
  BRIEF,
  BRIEF_HOURS,
  type FilterNoise,
  MASS,
  SLOW,
  STATES,
  type ThermalFilter,
} from './filter.ts'
import { predict, type ThermalInput } from './predict.ts'

/** One step of `hours` ahead with its inputs held; `gainsKw` is the model's and what the week's profile adds. */
export function predictFilter(
  filter: ThermalFilter,
  model: ThermalModel,
  noise: FilterNoise,
  input: ThermalInput,
  hours: number,
): ThermalFilter {
  const step = discretise(model, hours)
  const left = Math.exp(-hours / BRIEF_HOURS)
  const briefMean = (BRIEF_HOURS * (1 - left)) / hours
  const { mean } = filter
  const unmeasuredKw = input.gainsKw + briefMean * mean[BRIEF] + mean[SLOW]
  const next = predict(step, { airC: mean[AIR], massC: mean[MASS] }, { ...input, gainsKw: unmeasuredKw })
  const transition = Float64Array.of(
    ...[step.a11, step.a12, step.gAir1 * briefMean, step.gAir1],
    ...[step.a21, step.a22, step.gAir2 * briefMean, step.gAir2],
    ...[0, 0, left, 0],
    ...[0, 0, 0, 1],
  )
  const covariance = propagate(transition, filter.covariance)
  covariance[AIR * STATES + AIR] += noise.airK * noise.airK * hours
  covariance[MASS * STATES + MASS] += noise.massK * noise.massK * hours
  covariance[BRIEF * STATES + BRIEF] += noise.briefKw * noise.briefKw * (1 - left * left)
  covariance[SLOW * STATES + SLOW] += noise.slowKw * noise.slowKw * hours
  return { mean: Float64Array.of(next.airC, next.massC, left * mean[BRIEF], mean[SLOW]), covariance }
}

const scratch = new Float64Array(STATES * STATES)

/** F P Fᵀ, made symmetric to the last bit. */
export function propagate(f: Float64Array, p: Float64Array): Float64Array {
  for (let i = 0; i < STATES; i++) {
    for (let j = 0; j < STATES; j++) {
      let sum = 0
      for (let k = 0; k < STATES; k++) sum += f[i * STATES + k] * p[k * STATES + j]
      scratch[i * STATES + j] = sum
    }
  }
  const out = new Float64Array(STATES * STATES)
  for (let i = 0; i < STATES; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = 0; k < STATES; k++) sum += scratch[i * STATES + k] * f[j * STATES + k]
      out[i * STATES + j] = sum
      out[j * STATES + i] = sum
    }
  }
  return out
}
