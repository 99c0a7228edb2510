import {
  beyondK,
  countOf,
  type ForesightProblem,
  softCurvature,
  softKelvins,
  softSlope,
} from './foresight-problem.ts'

/** The limits of comfort about one plan: what each counts, and how that changes with the modes of each slot. */
export interface ComfortShape {
  /** How far each limit's corners are rounded, K, and its budget for counts so rounded. */
  readonly softK: Float64Array
  readonly budget: Float64Array
  /** Each limit's count, and what a kelvin more of it costs by the barrier, EUR. */
  readonly counts: Float64Array
  readonly weights: Float64Array
  /** By limit, slot by slot and mode by mode. */
  readonly slope: readonly Float64Array[]
  /** All limits' curvature by their weights, slot by slot, modes by modes. */
  readonly bend: Float64Array
}

export function createComfortShape({ n, keep, limits }: ForesightProblem): ComfortShape {
  const m = keep.length
  return {
    softK: new Float64Array(limits.length),
    budget: new Float64Array(limits.length),
    counts: new Float64Array(limits.length),
    weights: new Float64Array(limits.length),
    slope: limits.map(() => new Float64Array(n * m)),
    bend: new Float64Array(n * m * m),
  }
}

/** Rounds the corners of limit i by `softK`; its budget grows by what that adds to the count where nothing is moved. */
export function soften(problem: ForesightProblem, i: number, softK: number, shape: ComfortShape): void {
  const limit = problem.limits[i]!
  const still = new Float64Array(problem.n * problem.keep.length)
  const rounding = countOf(problem, limit, still, softK) - countOf(problem, limit, still, 0)
  shape.softK[i] = softK
  shape.budget[i] = limit.budget + rounding
}

/** Fills `shape`; a limit's weight is what the barrier `mu` makes of what is left of its budget. */
export function readComfort(
  problem: ForesightProblem,
  x: Float64Array,
  mu: number,
  shape: ComfortShape,
): void {
  const { limits } = problem
  shape.bend.fill(0)
  for (let i = 0; i < limits.length; i++) readLimit(problem, i, x, mu, shape)
}

function readLimit(
  { n, keep, limits }: ForesightProblem,
  i: number,
  x: Float64Array,
  mu: number,
  shape: ComfortShape,
): void {
  const m = keep.length
  const limit = limits[i]!
  const softK = shape.softK[i]!
  const slope = shape.slope[i]!.fill(0)
  let count = 0
  for (const term of limit.terms) {
    for (let k = 0; k < n; k++) {
      const v = beyondK(term, x, k, m)
      count += term.share * softKelvins(v, softK)
      const steep = term.share * softSlope(v, softK)
      for (let a = k * m; a < (k + 1) * m; a++) slope[a]! -= steep * term.gain[a]!
    }
  }
  shape.counts[i] = count
  const weight = mu / (shape.budget[i]! - count)
  shape.weights[i] = weight
  for (const term of limit.terms) {
    for (let k = 0; k < n; k++) {
      const bend = weight * term.share * softCurvature(beyondK(term, x, k, m), softK)
      for (let a = 0; a < m; a++) {
        for (let b = 0; b < m; b++) {
          shape.bend[(k * m + a) * m + b]! += bend * term.gain[k * m + a]! * term.gain[k * m + b]!
        }
      }
    }
  }
}
