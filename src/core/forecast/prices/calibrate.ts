import { chooseLasso, type LassoProblem, solveLasso } from '../../math/lasso.ts'
import {
  addMoments,
  createMoments,
  type Moments,
  type StandardMoments,
  standardise,
} from '../../math/moments.ts'
import { HOURS } from './market-days.ts'

/** A linear model an hour of the day: the constant, then a weight a feature; rows of `1 + features`. */
export type HourlyModels = Float64Array

/** How strong the penalty was, a window and hour. */
export type Penalties = readonly Float64Array[]

export const BLOCK_DAYS = 14
/** Calibration windows in blocks: 8 weeks, 12 weeks and a year; their forecasts are averaged, as in LEAR. */
export const WINDOW_BLOCKS = [4, 6, 26] as const
/** With fewer rows there is no model. */
export const LEAST_ROWS = 28

interface Calibration {
  readonly models: HourlyModels
  readonly penalties: Penalties
  /** Standardised coefficients, a window, where a later fit may start. */
  readonly coefficients: readonly Float64Array[]
}

/**
 * Fits every window of blocks from `skip` on and averages the models; undefined where there are too few rows. With
 * an earlier calibration its penalties hold, and only the coefficients are found anew.
 */
export function calibrate(
  blocks: readonly Moments[],
  skip: number,
  earlier?: Calibration,
): Calibration | undefined {
  const windows = WINDOW_BLOCKS.map((length) => standardWindow(blocks.slice(skip, skip + length)))
  const usable = windows.filter((window) => window !== undefined)
  if (usable.length < windows.length) return undefined
  const features = blocks[0].inputs
  const models = new Float64Array(HOURS * (1 + features))
  const fits = usable.map((window, w) => fitWindow(window, earlier, w))
  for (const [w, { coefficients }] of fits.entries())
    addModels(models, usable[w], coefficients, 1 / fits.length)
  return {
    models,
    penalties: fits.map(({ lambdas }) => lambdas),
    coefficients: fits.map(({ coefficients }) => coefficients),
  }
}

function standardWindow(blocks: readonly Moments[]): StandardMoments | undefined {
  const [first] = blocks
  if (!first) return undefined
  const sum = createMoments(first.inputs, first.targets)
  for (const block of blocks) addMoments(sum, block)
  return sum.sums[0] >= LEAST_ROWS ? standardise(sum) : undefined
}

function fitWindow(window: StandardMoments, earlier: Calibration | undefined, w: number) {
  const p = window.mean.length
  const lambdas = new Float64Array(HOURS)
  const coefficients = new Float64Array(HOURS * p)
  for (let hour = 0; hour < HOURS; hour++) {
    const problem = hourProblem(window, hour)
    const own = coefficients.subarray(hour * p, (hour + 1) * p)
    if (earlier) {
      lambdas[hour] = earlier.penalties[w][hour]
      own.set(earlier.coefficients[w].subarray(hour * p, (hour + 1) * p))
      solveLasso(problem, lambdas[hour], own)
    } else {
      const fit = chooseLasso(problem)
      lambdas[hour] = fit.lambda
      own.set(fit.coefficients)
    }
  }
  return { lambdas, coefficients }
}

function hourProblem(
  { gram, cross, targetVariance, rows, mean }: StandardMoments,
  hour: number,
): LassoProblem {
  const p = mean.length
  return {
    gram,
    cross: cross.subarray(hour * p, (hour + 1) * p),
    targetVariance: targetVariance[hour],
    rows,
  }
}

/** From standardised columns back to the features as they are. */
function addModels(
  models: HourlyModels,
  { mean, scale, targetMean }: StandardMoments,
  coefficients: Float64Array,
  share: number,
): void {
  const p = mean.length
  for (let hour = 0; hour < HOURS; hour++) {
    const row = hour * (1 + p)
    models[row] += share * targetMean[hour]
    for (let j = 0; j < p; j++) {
      if (scale[j] === 0) continue
      const weight = (share * coefficients[hour * p + j]) / scale[j]
      models[row] -= weight * mean[j]
      models[row + 1 + j] += weight
    }
  }
}

/** What the models say for one row of features that begins with the constant 1. */
export function applyModels(models: HourlyModels, row: Float64Array, features: number): Float64Array {
  return Float64Array.from({ length: HOURS }, (_, hour) => {
    let sum = 0
    for (let j = 0; j <= features; j++) sum += models[hour * (1 + features) + j] * row[j]
    return sum
  })
}
