/** min ½ bᵀGb − cᵀb + λ‖b‖₁: least squares on standardised columns with a price on every coefficient. */
export interface LassoProblem {
  /** Correlations of the columns, p × p. */
  readonly gram: Float64Array
  /** Covariances of the columns with the target. */
  readonly cross: Float64Array
  readonly targetVariance: number
  readonly rows: number
}

export interface LassoFit {
  readonly lambda: number
  readonly coefficients: Float64Array
}

/** Each λ is this share of the one before. */
const PATH_STEP = 0.7
const PATH_LENGTH = 16
/** So many λ in a row without a better criterion end the path. */
const PATIENCE = 2
const MAX_SWEEPS = 60
/** Of the target's deviation. */
const TOLERANCE = 1e-2

/** Goes from the λ that lets nothing in to smaller ones and keeps the fit of the best corrected Akaike criterion. */
export function chooseLasso(problem: LassoProblem): LassoFit {
  const { cross } = problem
  let lambda = 0
  for (const value of cross) lambda = Math.max(lambda, Math.abs(value))
  const b = new Float64Array(cross.length)
  let best: LassoFit = { lambda, coefficients: b.slice() }
  let bestCriterion = criterion(problem, b)
  for (let k = 0, worse = 0; k < PATH_LENGTH && worse < PATIENCE && lambda > 0; k++) {
    lambda *= PATH_STEP
    solveLasso(problem, lambda, b)
    const value = criterion(problem, b)
    worse = value < bestCriterion ? 0 : worse + 1
    if (worse > 0) continue
    best = { lambda, coefficients: b.slice() }
    bestCriterion = value
  }
  return best
}

/** Cyclic coordinate descent from the coefficients given, which it replaces; between full sweeps only what is in. */
export function solveLasso(
  { gram, cross, targetVariance }: LassoProblem,
  lambda: number,
  b: Float64Array,
): void {
  const p = cross.length
  const slope = residualCorrelations(gram, cross, b)
  const tolerance = TOLERANCE * Math.sqrt(targetVariance)
  let isFull = true
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let largest = 0
    for (let j = 0; j < p; j++) {
      if ((!isFull && b[j] === 0) || gram[j * p + j] === 0) continue
      const step = softThreshold(slope[j] + b[j], lambda) - b[j]
      if (step === 0) continue
      b[j] += step
      for (let k = 0; k < p; k++) slope[k] -= step * gram[j * p + k]
      largest = Math.max(largest, Math.abs(step))
    }
    if (largest <= tolerance && isFull) return
    isFull = largest <= tolerance
  }
}

function residualCorrelations(gram: Float64Array, cross: Float64Array, b: Float64Array): Float64Array {
  const p = cross.length
  const slope = cross.slice()
  for (let j = 0; j < p; j++) {
    if (b[j] !== 0) for (let k = 0; k < p; k++) slope[k] -= b[j] * gram[j * p + k]
  }
  return slope
}

function softThreshold(value: number, lambda: number): number {
  if (value > lambda) return value - lambda
  return value < -lambda ? value + lambda : 0
}

/** Akaike's, corrected for few rows; infinite where there are no rows left to judge by. */
function criterion({ gram, cross, targetVariance, rows }: LassoProblem, b: Float64Array): number {
  const slope = residualCorrelations(gram, cross, b)
  let unexplained = targetVariance
  let parameters = 1
  for (let j = 0; j < b.length; j++) {
    if (b[j] === 0) continue
    unexplained -= b[j] * (cross[j] + slope[j])
    parameters++
  }
  const left = rows - parameters - 1
  if (left <= 0) return Number.POSITIVE_INFINITY
  const floor = Number.MIN_VALUE + 1e-12 * targetVariance
  return rows * Math.log(Math.max(unexplained, floor)) + (2 * parameters * rows) / left
}
