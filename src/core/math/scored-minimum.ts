import { factorCholesky, solveCholesky } from './cholesky.ts'

/** min D(x) subject to lo ≤ x ≤ hi, where D is a deviance (-2 ln L) whose expected curvature is known. */
export interface ScoredProblem {
  readonly lo: Float64Array
  readonly hi: Float64Array
  /** Not finite where x is no model at all. */
  readonly deviance: (x: Float64Array) => number
  /** Fills the slope and the expected curvature (n × n) at x; returns the deviance. */
  readonly linearise: (x: Float64Array, slope: Float64Array, curvature: Float64Array) => number
}

export interface ScoredMinimum {
  readonly status: 'converged' | 'max-iterations' | 'not-finite'
  readonly x: Float64Array
  readonly deviance: number
  /** Expected curvature at x; rows of parameters that rest on a bound stay as they are. */
  readonly curvature: Float64Array
}

export interface ScoringSettings {
  readonly maxIterations: number
  /** Stops where a step promises to lower the deviance by less than this. */
  readonly tolerance: number
}

const FIRST_DAMPING = 1e-3
const MOST_DAMPING = 1e8

/** Fisher's scoring with Levenberg's damping; a parameter that its slope presses against a bound is held there. */
export function scoredMinimum(
  problem: ScoredProblem,
  start: ArrayLike<number>,
  settings: ScoringSettings,
): ScoredMinimum {
  const n = start.length
  let x = clamp(problem, Float64Array.from(start))
  const slope = new Float64Array(n)
  const curvature = new Float64Array(n * n)
  let deviance = problem.linearise(x, slope, curvature)
  if (!Number.isFinite(deviance)) return { status: 'not-finite', x, deviance, curvature }
  let damping = FIRST_DAMPING
  for (let k = 0; k < settings.maxIterations; ) {
    const { to, promised } = propose(problem, { x, slope, curvature }, damping)
    if (promised < settings.tolerance) return { status: 'converged', x, deviance, curvature }
    const trial = problem.deviance(to)
    if (trial < deviance) {
      damping = Math.max(1e-7, damping * (deviance - trial > 0.5 * promised ? 0.1 : 0.7))
      x = to
      k++
      deviance = problem.linearise(x, slope, curvature)
    } else {
      damping *= 6
      // No shorter step helps any more: this is as good as the differences can tell.
      if (damping > MOST_DAMPING) return { status: 'converged', x, deviance, curvature }
    }
  }
  return { status: 'max-iterations', x, deviance, curvature }
}

interface Point {
  readonly x: Float64Array
  readonly slope: Float64Array
  readonly curvature: Float64Array
}

/** The damped step's end within the bounds, and by how much the quadratic says that it lowers the deviance. */
function propose(problem: ScoredProblem, { x, slope, curvature }: Point, damping: number) {
  const n = x.length
  const factor = curvature.slice()
  const step = slope.map((value) => -value)
  for (let j = 0; j < n; j++) {
    factor[j * n + j] += damping * Math.max(curvature[j * n + j], 1e-12)
    if (isHeld(problem, x, slope, j)) removeRow(factor, n, j, step)
  }
  if (!factorCholesky(factor, n)) return { to: x, promised: 0 }
  solveCholesky(factor, n, step)
  const to = clamp(
    problem,
    x.map((value, j) => value + step[j]),
  )
  let promised = 0
  for (let j = 0; j < n; j++) {
    let half = 0
    for (let k = 0; k < n; k++) half += 0.5 * curvature[j * n + k] * (to[k] - x[k])
    promised -= (to[j] - x[j]) * (slope[j] + half)
  }
  return { to, promised }
}

function clamp({ lo, hi }: ScoredProblem, x: Float64Array): Float64Array {
  for (let j = 0; j < x.length; j++) x[j] = Math.max(lo[j], Math.min(hi[j], x[j]))
  return x
}

function isHeld({ lo, hi }: ScoredProblem, x: Float64Array, slope: Float64Array, j: number): boolean {
  return (x[j] <= lo[j] && slope[j] > 0) || (x[j] >= hi[j] && slope[j] < 0)
}

function removeRow(matrix: Float64Array, n: number, j: number, right: Float64Array): void {
  for (let k = 0; k < n; k++) {
    matrix[j * n + k] = 0
    matrix[k * n + j] = 0
  }
  matrix[j * n + j] = 1
  right[j] = 0
}
