import { factorCholesky, solveCholesky } from './cholesky.ts'

/** min ½ ‖r(x)‖² subject to lo ≤ x ≤ hi; bounds may be infinite. */
export interface LeastSquaresProblem {
  /** Fills `out` with the residuals at x. */
  readonly residuals: (x: Float64Array, out: Float64Array) => void
  readonly residualCount: number
  readonly start: ArrayLike<number>
  readonly lo: ArrayLike<number>
  readonly hi: ArrayLike<number>
}

export interface LeastSquaresResult {
  readonly status: 'converged' | 'max-iterations' | 'not-finite'
  readonly iterations: number
  readonly x: Float64Array
  /** ½ ‖r‖². */
  readonly cost: number
  /** Residual variance times (JᵀJ)⁻¹, row by row; zero rows for what rests on a bound or cannot be told apart. */
  readonly covariance: Float64Array
}

export interface LeastSquaresSettings {
  readonly maxIterations: number
  /** Stops where an iteration lowers the cost, or would move x, by less than this share. */
  readonly tolerance: number
}

export const defaultLeastSquares: LeastSquaresSettings = { maxIterations: 100, tolerance: 1e-10 }

const FIRST_DAMPING = 1e-3
const MOST_DAMPING = 1e16
// About the cube root of the machine's precision: the best step of a central difference.
const DIFFERENCE = 6e-6

/**
 * Levenberg-Marquardt with Nielsen's damping; the Jacobian by central differences. A parameter on a bound that its
 * slope presses against is held there for the iteration.
 */
export function leastSquares(
  problem: LeastSquaresProblem,
  settings: LeastSquaresSettings = defaultLeastSquares,
): LeastSquaresResult {
  const work = createWork(problem)
  let cost = evaluate(problem, work.x, work.r)
  if (!Number.isFinite(cost)) return finish(problem, work, 'not-finite', cost, 0)
  let damping = FIRST_DAMPING
  let growth = 2
  linearise(problem, work)
  for (let k = 0; k < settings.maxIterations; k++) {
    const predicted = propose(problem, work, damping)
    if (predicted >= 0 && predicted <= settings.tolerance * cost)
      return finish(problem, work, 'converged', cost, k)
    const trial = predicted > 0 ? evaluate(problem, work.trial, work.trialR) : Number.POSITIVE_INFINITY
    if (trial < cost) {
      const gain = (cost - trial) / predicted
      work.x.set(work.trial)
      work.r.set(work.trialR)
      const fall = cost - trial
      cost = trial
      damping *= Math.max(1 / 3, 1 - (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1))
      growth = 2
      linearise(problem, work)
      if (fall <= settings.tolerance * cost) return finish(problem, work, 'converged', cost, k + 1)
    } else {
      damping *= growth
      growth *= 2
      // No shorter step helps any more: this is as good as the differences can tell.
      if (damping > MOST_DAMPING) return finish(problem, work, 'converged', cost, k + 1)
    }
  }
  return finish(problem, work, 'max-iterations', cost, settings.maxIterations)
}

type Work = ReturnType<typeof createWork>

function createWork({ start, lo, hi, residualCount: m }: LeastSquaresProblem) {
  const p = start.length
  const x = Float64Array.from(start)
  for (let j = 0; j < p; j++) x[j] = Math.max(lo[j], Math.min(hi[j], x[j]))
  const rows = (length: number) => new Float64Array(length)
  return {
    x,
    r: rows(m),
    trial: rows(p),
    trialR: rows(m),
    // Jacobian column by column, JᵀJ and Jᵀr.
    jacobian: rows(p * m),
    normal: rows(p * p),
    slope: rows(p),
    factor: rows(p * p),
    step: rows(p),
  }
}

function evaluate({ residuals }: LeastSquaresProblem, x: Float64Array, r: Float64Array): number {
  residuals(x, r)
  let sum = 0
  for (let i = 0; i < r.length; i++) sum += r[i] * r[i]
  return Number.isFinite(sum) ? sum / 2 : Number.POSITIVE_INFINITY
}

function linearise(problem: LeastSquaresProblem, work: Work): void {
  const { x, r, jacobian, normal, slope } = work
  const p = x.length
  const m = r.length
  for (let j = 0; j < p; j++) differentiate(problem, work, j)
  for (let j = 0; j < p; j++) {
    slope[j] = dot(jacobian, j * m, r, 0, m)
    for (let k = 0; k <= j; k++) {
      normal[j * p + k] = dot(jacobian, j * m, jacobian, k * m, m)
      normal[k * p + j] = normal[j * p + k]
    }
  }
}

/** One column of the Jacobian, from differences that stay within the bounds. */
function differentiate({ residuals, lo, hi }: LeastSquaresProblem, work: Work, j: number): void {
  const { x, jacobian, trial, trialR } = work
  const m = trialR.length
  const range = hi[j] - lo[j]
  const typical = Math.max(Math.abs(x[j]), Number.isFinite(range) ? 1e-3 * range : 1e-3)
  trial.set(x)
  trial[j] = Math.min(hi[j], x[j] + DIFFERENCE * typical)
  const above = trial[j]
  residuals(trial, trialR)
  jacobian.set(trialR, j * m)
  trial[j] = Math.max(lo[j], x[j] - DIFFERENCE * typical)
  const width = above - trial[j]
  residuals(trial, trialR)
  for (let i = 0; i < m; i++) {
    const change = jacobian[j * m + i] - trialR[i]
    // A parameter whose bounds meet, or a difference that is no number, moves nothing.
    jacobian[j * m + i] = width > 0 && Number.isFinite(change) ? change / width : 0
  }
}

/** Puts the damped step's end into `trial`; returns how far the linear model lets the cost fall, −1 for no step. */
function propose(problem: LeastSquaresProblem, work: Work, damping: number): number {
  const { x, trial, normal, slope, factor, step } = work
  const p = x.length
  factor.set(normal)
  for (let j = 0; j < p; j++) {
    step[j] = -slope[j]
    factor[j * p + j] += damping * Math.max(normal[j * p + j], Number.MIN_VALUE)
    if (isHeld(problem, work, j)) removeRow(factor, p, j, step)
  }
  if (!factorCholesky(factor, p)) return -1
  solveCholesky(factor, p, step)
  for (let j = 0; j < p; j++) {
    trial[j] = Math.max(problem.lo[j], Math.min(problem.hi[j], x[j] + step[j]))
    step[j] = trial[j] - x[j]
  }
  let fall = 0
  for (let j = 0; j < p; j++) fall -= step[j] * (slope[j] + 0.5 * dot(normal, j * p, step, 0, p))
  return fall
}

function isHeld({ lo, hi }: LeastSquaresProblem, { x, slope, normal }: Work, j: number): boolean {
  const blind = !(normal[j * x.length + j] > 0)
  return blind || (x[j] <= lo[j] && slope[j] > 0) || (x[j] >= hi[j] && slope[j] < 0)
}

function removeRow(matrix: Float64Array, p: number, j: number, right: Float64Array): void {
  for (let k = 0; k < p; k++) {
    matrix[j * p + k] = 0
    matrix[k * p + j] = 0
  }
  matrix[j * p + j] = 1
  right[j] = 0
}

function finish(
  problem: LeastSquaresProblem,
  work: Work,
  status: LeastSquaresResult['status'],
  cost: number,
  iterations: number,
): LeastSquaresResult {
  return { status, iterations, x: work.x, cost, covariance: covarianceOf(problem, work, cost) }
}

function covarianceOf(problem: LeastSquaresProblem, work: Work, cost: number): Float64Array {
  const { x, r, normal, factor, step } = work
  const p = x.length
  const covariance = new Float64Array(p * p)
  factor.set(normal)
  let free = 0
  for (let j = 0; j < p; j++) {
    if (isHeld(problem, work, j)) removeRow(factor, p, j, step)
    else free++
  }
  if (r.length <= free || !Number.isFinite(cost) || !factorCholesky(factor, p)) return covariance
  const variance = (2 * cost) / (r.length - free)
  for (let j = 0; j < p; j++) {
    if (isHeld(problem, work, j)) continue
    step.fill(0)
    step[j] = variance
    solveCholesky(factor, p, step)
    for (let k = 0; k < p; k++) covariance[k * p + j] = step[k]
  }
  return covariance
}

function dot(x: Float64Array, xFrom: number, y: Float64Array, yFrom: number, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += x[xFrom + i] * y[yFrom + i]
  return sum
}
