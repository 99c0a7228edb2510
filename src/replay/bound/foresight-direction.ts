import { factorCholesky, solveCholesky } from '../../core/math/cholesky.ts'
import {
  beyondK,
  countOf,
  type ForesightPlan,
  type ForesightProblem,
  roomKw,
  softCurvature,
  softSlope,
} from './foresight-problem.ts'

export type ForesightWork = ReturnType<typeof createForesightWork>

/** Memory of a solve, taken once. Row 0 of each set is the barrier's slope, row 1 + i that of limit i. */
export function createForesightWork({ n, keep, limits }: ForesightProblem) {
  const m = keep.length
  const rows = limits.length + 1
  const each = (length: number) => Array.from({ length: rows }, () => new Float64Array(length))
  return {
    feedback: new Float64Array(n * m),
    feed: each(n),
    du: each(n),
    dx: each(n * m),
    q: each(m),
    p: new Float64Array(m * m),
    pb: new Float64Array(m),
    cross: new Float64Array(m),
    weights: new Float64Array(limits.length),
  }
}

/**
 * Newton's direction of the barrier into du[0] and dx[0]: Riccati's sweep for all that is local in time, and the
 * limits of comfort, which tie all slots together, by Woodbury's identity. Returns twice the fall that it promises.
 */
export function findForesightDirection(
  problem: ForesightProblem,
  plan: ForesightPlan,
  mu: number,
  work: ForesightWork,
): number {
  const { limits } = problem
  limits.forEach((limit, i) => {
    work.weights[i] = mu / (limit.budget - countOf(problem, limit, plan.x))
  })
  const fall = sweepBack(problem, plan, mu, work)
  work.feed.forEach((_, row) => rollDirection(problem, work, row))
  return tieLimits(problem, plan, mu, work, fall)
}

function sweepBack(problem: ForesightProblem, plan: ForesightPlan, mu: number, work: ForesightWork): number {
  const { n, keep, price, mean, leastPerK, mostPerK } = problem
  const m = keep.length
  const { p, q, pb, cross, feed, feedback } = work
  startSweep(problem, work)
  let fall = 0
  for (let k = n - 1; k >= 0; k--) {
    addComfort(problem, plan.x, k, work)
    const [below, above] = roomKw(problem, plan, k)
    const pushLeast = mu / below
    const pushMost = mu / above
    const stiffLeast = pushLeast / below
    const stiffMost = pushMost / above
    let huu = stiffLeast + stiffMost
    for (let i = 0; i < m; i++) {
      let sum = 0
      for (let j = 0; j < m; j++) sum += p[i * m + j]! * (1 - keep[j]!)
      pb[i] = sum
      huu += sum * (1 - keep[i]!)
    }
    const bend = stiffLeast * leastPerK + stiffMost * mostPerK
    for (let i = 0; i < m; i++) {
      cross[i] = keep[i]! * pb[i]! + bend * mean[i]!
      feedback[k * m + i] = -cross[i]! / huu
    }
    const push = pushMost * mostPerK - pushLeast * leastPerK
    for (let row = 0; row < q.length; row++) {
      const slope = q[row]!
      let gu = row === 0 ? price[k]! - pushLeast + pushMost : 0
      for (let i = 0; i < m; i++) gu += slope[i]! * (1 - keep[i]!)
      if (row === 0) fall += (gu * gu) / huu
      feed[row]![k] = -gu / huu
      for (let i = 0; i < m; i++) {
        slope[i] = keep[i]! * slope[i]! - (cross[i]! * gu) / huu + (row === 0 ? push * mean[i]! : 0)
      }
    }
    const stiff = stiffLeast * leastPerK * leastPerK + stiffMost * mostPerK * mostPerK
    for (let i = 0; i < m; i++) {
      for (let j = 0; j <= i; j++) {
        const value =
          keep[i]! * keep[j]! * p[i * m + j]! + stiff * mean[i]! * mean[j]! - (cross[i]! * cross[j]!) / huu
        p[i * m + j] = value
        p[j * m + i] = value
      }
    }
  }
  return fall
}

function startSweep({ endValue }: ForesightProblem, { p, q }: ForesightWork): void {
  p.fill(0)
  q.forEach((slope, row) => {
    for (let j = 0; j < slope.length; j++) slope[j] = row === 0 ? -endValue[j]! : 0
  })
}

/** Comfort of the state after slot k, into the slopes and the Hessian. */
function addComfort(
  { limits, keep }: ForesightProblem,
  x: Float64Array,
  k: number,
  work: ForesightWork,
): void {
  const m = keep.length
  const { p, q, weights } = work
  for (let i = 0; i < limits.length; i++) {
    const own = q[i + 1]!
    for (const term of limits[i]!.terms) {
      const v = beyondK(term, x, k, m)
      const slope = term.share * softSlope(v)
      const bend = weights[i]! * term.share * softCurvature(v)
      for (let a = 0; a < m; a++) {
        const gain = term.gain[k * m + a]!
        own[a]! -= slope * gain
        q[0]![a]! -= weights[i]! * slope * gain
        for (let b = 0; b < m; b++) p[a * m + b]! += bend * gain * term.gain[k * m + b]!
      }
    }
  }
}

function rollDirection({ n, keep }: ForesightProblem, work: ForesightWork, row: number): void {
  const m = keep.length
  const feed = work.feed[row]!
  const du = work.du[row]!
  const dx = work.dx[row]!
  const { feedback } = work
  for (let k = 0; k < n; k++) {
    let change = feed[k]!
    if (k > 0) for (let j = 0; j < m; j++) change += feedback[k * m + j]! * dx[(k - 1) * m + j]!
    du[k] = change
    for (let j = 0; j < m; j++) {
      const before = k > 0 ? dx[(k - 1) * m + j]! : 0
      dx[k * m + j] = keep[j]! * before + (1 - keep[j]!) * change
    }
  }
}

function tieLimits(
  problem: ForesightProblem,
  plan: ForesightPlan,
  mu: number,
  work: ForesightWork,
  fall: number,
): number {
  const rows = problem.limits.length
  const { du, dx, weights } = work
  const along = problem.limits.map((_, i) => dx.map((direction) => slopeAlong(problem, i, plan.x, direction)))
  const matrix = new Float64Array(rows * rows)
  const right = Float64Array.from(along, (slopes) => slopes[0]!)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) matrix[i * rows + j] = -0.5 * (along[i]![j + 1]! + along[j]![i + 1]!)
    matrix[i * rows + i]! += mu / (weights[i]! * weights[i]!)
  }
  if (!factorCholesky(matrix, rows)) return fall
  const share = right.slice()
  solveCholesky(matrix, rows, share)
  let promised = fall
  for (let i = 0; i < rows; i++) {
    promised -= share[i]! * right[i]!
    addScaled(du[0]!, du[i + 1]!, share[i]!)
    addScaled(dx[0]!, dx[i + 1]!, share[i]!)
  }
  return promised
}

/** How a limit's count changes along a direction of the states. */
function slopeAlong(
  { n, keep, limits }: ForesightProblem,
  i: number,
  x: Float64Array,
  dx: Float64Array,
): number {
  const m = keep.length
  let sum = 0
  for (const term of limits[i]!.terms) {
    for (let k = 0; k < n; k++) {
      const slope = term.share * softSlope(beyondK(term, x, k, m))
      for (let j = k * m; j < (k + 1) * m; j++) sum -= slope * term.gain[j]! * dx[j]!
    }
  }
  return sum
}

function addScaled(to: Float64Array, what: Float64Array, by: number): void {
  for (let k = 0; k < to.length; k++) to[k]! += by * what[k]!
}
