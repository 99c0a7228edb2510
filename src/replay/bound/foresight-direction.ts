import { factorCholesky, solveCholesky } from '../../core/math/cholesky.ts'
import type { ForesightIterate } from './foresight-iterate.ts'
import type { ForesightProblem } from './foresight-problem.ts'

export type ForesightWork = ReturnType<typeof createForesightWork>

/** Memory of a solve, taken once. Row 0 of each set is the objective's, row 1 + i that of limit i. */
export function createForesightWork({ n, keep, limits }: ForesightProblem, terms: number) {
  const m = keep.length
  const each = (length: number) => Array.from({ length: limits.length + 1 }, () => new Float64Array(length))
  return {
    // Comfort without its kelvins: slopes and curvature by slot and mode.
    slope: each(n * m),
    bend: new Float64Array(n * m * m),
    feedback: new Float64Array(n * m),
    feed: each(n),
    du: each(n),
    dx: each(n * m),
    q: each(m),
    p: new Float64Array(m * m),
    cross: new Float64Array(m),
    ds: new Float64Array(terms * n),
    // What each inequality's distance times multiplier is to become.
    target: {
      ...{ below: new Float64Array(n), above: new Float64Array(n) },
      ...{ s: new Float64Array(terms * n), over: new Float64Array(terms * n) },
      left: new Float64Array(limits.length),
    },
  }
}

/**
 * Newton's direction towards the work's targets into du[0], dx[0] and ds: the kelvins are eliminated, Riccati's sweep
 * solves all that is local in time, and budgets, which tie all slots together, follow by Woodbury's identity.
 */
export function findForesightDirection(
  problem: ForesightProblem,
  iterate: ForesightIterate,
  work: ForesightWork,
): void {
  eliminateKelvins(problem, iterate, work)
  sweepBack(problem, iterate, work)
  for (let row = 0; row <= problem.limits.length; row++) rollDirection(problem, work, row)
  tieBudgets(problem, iterate, work)
}

/** EUR that a kelvin more of each limit costs as the step begins; more while its budget is overdrawn. */
function budgetPrices(
  { left, zLeft, apart }: ForesightIterate,
  target: ForesightWork['target'],
): Float64Array {
  return left.map((distance, i) => (target.left[i]! - zLeft[i]! * apart[i]!) / distance)
}

function eliminateKelvins(
  { n, keep }: ForesightProblem,
  iterate: ForesightIterate,
  { slope, bend, target }: ForesightWork,
): void {
  const { rows, s, over, zS, zOver } = iterate
  const prices = budgetPrices(iterate, target)
  const m = keep.length
  for (const series of slope) series.fill(0)
  bend.fill(0)
  rows.forEach(({ gain, share, limit }, t) => {
    const all = slope[0]!
    const own = slope[limit + 1]!
    const price = share * prices[limit]!
    for (let k = 0; k < n; k++) {
      const j = t * n + k
      const stiffS = zS[j]! / s[j]!
      const stiffOver = zOver[j]! / over[j]!
      const ratio = stiffOver / (stiffS + stiffOver)
      const push = target.over[j]! / over[j]!
      const steep = push + ratio * (price - target.s[j]! / s[j]! - push)
      const stiff = ratio * stiffS
      for (let a = 0; a < m; a++) {
        const ga = gain[k * m + a]!
        all[k * m + a]! -= steep * ga
        own[k * m + a]! -= ratio * share * ga
        for (let b = 0; b < m; b++) bend[(k * m + a) * m + b]! += stiff * ga * gain[k * m + b]!
      }
    }
  })
}

/** From the last slot to the first: value's Hessian p and slopes q, feedback and feeds. */
function sweepBack(
  problem: ForesightProblem,
  { below, above, zBelow, zAbove }: ForesightIterate,
  work: ForesightWork,
): void {
  const { n, keep, price, mean, leastPerK, mostPerK } = problem
  const m = keep.length
  const { p, q, cross, feed, feedback, slope, bend, target } = work
  p.fill(0)
  for (let row = 0; row < q.length; row++) {
    for (let j = 0; j < m; j++) q[row]![j] = row === 0 ? -problem.endValue[j]! : 0
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let row = 0; row < q.length; row++) {
      for (let a = 0; a < m; a++) q[row]![a]! += slope[row]![k * m + a]!
    }
    for (let a = 0; a < m * m; a++) p[a]! += bend[k * m * m + a]!
    const pushLeast = target.below[k]! / below[k]!
    const pushMost = target.above[k]! / above[k]!
    const stiffLeast = zBelow[k]! / below[k]!
    const stiffMost = zAbove[k]! / above[k]!
    const tilt = stiffLeast * leastPerK + stiffMost * mostPerK
    let huu = stiffLeast + stiffMost
    for (let i = 0; i < m; i++) {
      let sum = 0
      for (let j = 0; j < m; j++) sum += p[i * m + j]! * (1 - keep[j]!)
      huu += sum * (1 - keep[i]!)
      cross[i] = keep[i]! * sum + tilt * mean[i]!
    }
    const push = pushMost * mostPerK - pushLeast * leastPerK
    for (let row = 0; row < q.length; row++) {
      const value = q[row]!
      let gu = row === 0 ? price[k]! - pushLeast + pushMost : 0
      for (let i = 0; i < m; i++) gu += value[i]! * (1 - keep[i]!)
      feed[row]![k] = -gu / huu
      for (let i = 0; i < m; i++) {
        value[i] = keep[i]! * value[i]! - (cross[i]! * gu) / huu + (row === 0 ? push * mean[i]! : 0)
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

/** What each direction does to each limit's count, and the shares of the limits' directions that suit their budgets. */
function tieBudgets(problem: ForesightProblem, iterate: ForesightIterate, work: ForesightWork): void {
  const { limits } = problem
  const { left, zLeft } = iterate
  const count = limits.length
  const along = countChanges(problem, iterate, work)
  const matrix = new Float64Array(count * count)
  const share = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    share[i] = along[i]![0]!
    for (let j = 0; j < count; j++) matrix[i * count + j] = -0.5 * (along[i]![j + 1]! + along[j]![i + 1]!)
    matrix[i * count + i]! += left[i]! / zLeft[i]!
  }
  if (factorCholesky(matrix, count)) solveCholesky(matrix, count, share)
  for (let i = 0; i < count; i++) {
    addScaled(work.du[0]!, work.du[i + 1]!, share[i]!)
    addScaled(work.dx[0]!, work.dx[i + 1]!, share[i]!)
  }
  kelvinDirection(problem, iterate, share, work)
}

/** Change of each limit's count along each direction, by limit and row. */
function countChanges(
  { n, limits }: ForesightProblem,
  iterate: ForesightIterate,
  { slope, dx, target }: ForesightWork,
): number[][] {
  const { rows, s, over, zS, zOver } = iterate
  const prices = budgetPrices(iterate, target)
  // Through the states, as the eliminated kelvins follow them.
  const along = limits.map((_, i) => dx.map((direction) => dot(slope[i + 1]!, direction)))
  rows.forEach(({ share, limit }, t) => {
    const own = along[limit]!
    const price = share * prices[limit]!
    for (let j = t * n; j < (t + 1) * n; j++) {
      const soft = share / (zS[j]! / s[j]! + zOver[j]! / over[j]!)
      own[0]! -= soft * (price - target.s[j]! / s[j]! - target.over[j]! / over[j]!)
      own[limit + 1]! -= soft * share
    }
  })
  return along
}

function kelvinDirection(
  { n, keep }: ForesightProblem,
  iterate: ForesightIterate,
  budgetShare: Float64Array,
  { dx, ds, target }: ForesightWork,
): void {
  const { rows, s, over, zS, zOver } = iterate
  const prices = budgetPrices(iterate, target)
  const m = keep.length
  const moved = dx[0]!
  rows.forEach(({ gain, share, limit }, t) => {
    const price = share * (prices[limit]! + budgetShare[limit]!)
    for (let k = 0; k < n; k++) {
      const j = t * n + k
      const stiffOver = zOver[j]! / over[j]!
      let dv = 0
      for (let a = k * m; a < (k + 1) * m; a++) dv -= gain[a]! * moved[a]!
      ds[j] =
        (stiffOver * dv - (price - target.s[j]! / s[j]! - target.over[j]! / over[j]!)) /
        (zS[j]! / s[j]! + stiffOver)
    }
  })
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!
  return sum
}

function addScaled(to: Float64Array, what: Float64Array, by: number): void {
  for (let k = 0; k < to.length; k++) to[k]! += by * what[k]!
}
