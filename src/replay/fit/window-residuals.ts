import type { ThermalModel } from '../../core/domain/building.ts'
import { HOUR_MS, SLOT_HOURS, SLOT_MS } from '../../core/domain/instant.ts'
import { factorCholesky, solveCholesky } from '../../core/math/cholesky.ts'
import { type DiscreteModel, discretise } from '../../core/thermal/discretise.ts'
import { predict, settledMassC, solarHeatKw, type ThermalInput } from '../../core/thermal/predict.ts'
import { heatLossKwPerK } from '../../core/thermal/time-constant.ts'
import type { Observations } from './belief-track.ts'

/** Samples of one window, and how many of them are compared. */
export const WINDOW = 192
const EVERY = HOUR_MS / SLOT_MS
export const WINDOW_RESIDUALS = WINDOW / EVERY

/** What neighbours' doors and windows do to the coldest room, K: errors of one hour resemble those of the next. */
const NOISE_C = 0.4
/** How far air, structure and unmeasured heat are from what a window is begun with; the last in K of loss. */
const AIR_C = 0.3
const MASS_C = 1
const GAINS_C = 2
const UNKNOWNS = 3

/**
 * Errors of 48 h of free run, in standard deviations. Where a window begins, and what its unmeasured heat is,
 * enters linearly: for each model the likeliest of both is taken out before the errors are read.
 */
export function windowResiduals(
  model: ThermalModel,
  seen: Observations,
  starts: readonly number[],
  out: Float64Array,
): void {
  const step = discretise(model, SLOT_HOURS)
  const shapes = responses(step, heatLossKwPerK(model))
  starts.forEach((start, w) => {
    const errors = out.subarray(w * WINDOW_RESIDUALS, (w + 1) * WINDOW_RESIDUALS)
    freeRun(model, step, seen, start, errors)
    takeOut(shapes, errors)
  })
}

/** What one deviation of each unknown does to the air, hour by hour, in deviations of the noise. */
function responses(step: DiscreteModel, lossKwPerK: number): readonly Float64Array[] {
  const none: ThermalInput = { heatKw: 0, outdoorC: 0, solarKw: 0, gainsKw: 0 }
  const shape = (from: { airC: number; massC: number }, input: ThermalInput) => {
    const out = new Float64Array(WINDOW_RESIDUALS)
    let state = from
    for (let k = 0; k < WINDOW; k++) {
      state = predict(step, state, input)
      if (k % EVERY === EVERY - 1) out[(k + 1) / EVERY - 1] = state.airC / NOISE_C
    }
    return out
  }
  const still = { airC: 0, massC: 0 }
  return [
    shape({ airC: AIR_C, massC: 0 }, none),
    shape({ airC: 0, massC: MASS_C }, none),
    shape(still, { ...none, gainsKw: GAINS_C * lossKwPerK }),
  ]
}

function freeRun(
  model: ThermalModel,
  step: DiscreteModel,
  seen: Observations,
  start: number,
  errors: Float64Array,
): void {
  const inputAt = (k: number): ThermalInput => ({
    heatKw: seen.heatKw[k]!,
    outdoorC: seen.outdoorC[k]!,
    solarKw: solarHeatKw(model, seen.solarWm2[k]!),
    gainsKw: model.gainsKw,
  })
  const airC = seen.airC[start - 1]!
  let state = { airC, massC: settledMassC(model, { ...inputAt(start), airC }) }
  for (let k = 0; k < WINDOW; k++) {
    state = predict(step, state, inputAt(start + k))
    if (k % EVERY !== EVERY - 1) continue
    const error = state.airC - seen.airC[start + k]!
    // What was not seen is not held against the model.
    errors[(k + 1) / EVERY - 1] = Number.isFinite(error) ? error / NOISE_C : 0
  }
}

/** The errors less what the unknowns can explain, with what that costs spread over them by the same norm. */
function takeOut(shapes: readonly Float64Array[], errors: Float64Array): void {
  const normal = new Float64Array(UNKNOWNS * UNKNOWNS)
  const right = new Float64Array(UNKNOWNS)
  for (let i = 0; i < UNKNOWNS; i++) {
    right[i] = dot(shapes[i]!, errors)
    for (let j = 0; j < UNKNOWNS; j++)
      normal[i * UNKNOWNS + j] = dot(shapes[i]!, shapes[j]!) + (i === j ? 1 : 0)
  }
  if (!factorCholesky(normal, UNKNOWNS)) return
  solveCholesky(normal, UNKNOWNS, right)
  for (let k = 0; k < errors.length; k++) {
    for (let i = 0; i < UNKNOWNS; i++) errors[k]! -= right[i]! * shapes[i]![k]!
  }
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!
  return sum
}
