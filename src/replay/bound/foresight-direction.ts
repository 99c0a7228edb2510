import { factorCholesky, solveCholesky } from '../../core/math/cholesky.ts'
import { createComfortShape, readComfort } from './foresight-comfort.ts'
import { type ForesightPlan, type ForesightProblem, roomKw } from './foresight-problem.ts'

export type ForesightWork = ReturnType<typeof createForesightWork>

/** Memory of a solve, taken once. Row 0 of each set is the barrier's slope, row 1 + i that of limit i. */
export function createForesightWork(problem: ForesightProblem) {
  const { n, keep, limits } = problem
  const m = keep.length
  const each = (length: number) => Array.from({ length: limits.length + 1 }, () => new Float64Array(length))
  return {
    comfort: createComfortShape(problem),
    feedback: new Float64Array(n * m),
    feed: each(n),
    du: each(n),
    dx: each(n * m),
    q: each(m),
    p: new Float64Array(m * m),
    cross: new Float64Array(m),
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
  readComfort(problem, plan.x, mu, work.comfort)
  const fall = sweepBack(problem, plan, mu, work)
  for (let row = 0; row <= problem.limits.length; row++) rollDirection(problem, work, row)
  return tieLimits(mu, work, fall)
}

/** From the last slot to the first: value's Hessian p and slopes q, feedback and feeds. */
function sweepBack(problem: ForesightProblem, plan: ForesightPlan, mu: number, work: ForesightWork): number {
  const { n, keep, price, mean, leastPerK, mostPerK } = problem
  const m = keep.length
  const { p, q, cross, feed, feedback } = work
  p.fill(0)
  q.forEach((slope, row) => {
    for (let j = 0; j < m; j++) slope[j] = row === 0 ? -problem.endValue[j]! : 0
  })
  let fall = 0
  for (let k = n - 1; k >= 0; k--) {
    addComfort(work, k, m)
    const [below, above] = roomKw(problem, plan, k)
    const pushLeast = mu / below
    const pushMost = mu / above
    const stiffLeast = pushLeast / below
    const stiffMost = pushMost / above
    const bend = stiffLeast * leastPerK + stiffMost * mostPerK
    let huu = stiffLeast + stiffMost
    for (let i = 0; i < m; i++) {
      let sum = 0
      for (let j = 0; j < m; j++) sum += p[i * m + j]! * (1 - keep[j]!)
      huu += sum * (1 - keep[i]!)
      cross[i] = keep[i]! * sum + bend * mean[i]!
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
      feedback[k * m + i] = -cross[i]! / huu
      for (let j = 0; j <= i; j++) {
        const direct = keep[i]! * keep[j]! * p[i * m + j]! + stiff * mean[i]! * mean[j]!
        p[i * m + j] = direct - (cross[i]! * cross[j]!) / huu
        p[j * m + i] = p[i * m + j]!
      }
    }
  }
  return fall
}

/** Comfort after slot k, into the slopes and the Hessian. */
function addComfort({ comfort, p, q }: ForesightWork, k: number, m: number): void {
  const { weights } = comfort
  for (let i = 0; i < weights.length; i++) {
    for (let a = 0; a < m; a++) {
      const slope = comfort.slope[i]![k * m + a]!
      q[i + 1]![a]! += slope
      q[0]![a]! += weights[i]! * slope
    }
  }
  for (let a = 0; a < m * m; a++) p[a]! += comfort.bend[k * m * m + a]!
}

function rollDirection({ n, keep }: ForesightProblem, work: ForesightWork, row: number): void {
  const m = keep.length
  const feed = work.feed[row]!
  const du = work.du[row]!
  const dx = work.dx[row]!
  for (let k = 0; k < n; k++) {
    let change = feed[k]!
    if (k > 0) for (let j = 0; j < m; j++) change += work.feedback[k * m + j]! * dx[(k - 1) * m + j]!
    du[k] = change
    for (let j = 0; j < m; j++) {
      const before = k > 0 ? dx[(k - 1) * m + j]! : 0
      dx[k * m + j] = keep[j]! * before + (1 - keep[j]!) * change
    }
  }
}

/** The limits' stiffness mu/left² · slope slope', one rank each, into the direction of all that is local. */
function tieLimits(mu: number, { comfort, du, dx }: ForesightWork, fall: number): number {
  const { weights } = comfort
  const count = weights.length
  const along = comfort.slope.map((slope) => dx.map((direction) => dot(slope, direction)))
  const matrix = new Float64Array(count * count)
  const share = Float64Array.from(along, (slopes) => slopes[0]!)
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) matrix[i * count + j] = -0.5 * (along[i]![j + 1]! + along[j]![i + 1]!)
    matrix[i * count + i]! += mu / (weights[i]! * weights[i]!)
  }
  if (!factorCholesky(matrix, count)) return fall
  solveCholesky(matrix, count, share)
  let promised = fall
  for (let i = 0; i < count; i++) {
    promised -= share[i]! * along[i]![0]!
    addScaled(du[0]!, du[i + 1]!, share[i]!)
    addScaled(dx[0]!, dx[i + 1]!, share[i]!)
  }
  return promised
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!
  return sum
}

function addScaled(to: Float64Array, what: Float64Array, by: number): void {
  for (let k = 0; k < to.length; k++) to[k]! += by * what[k]!
}
