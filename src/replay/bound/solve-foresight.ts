import { type ComfortShape, soften } from './foresight-comfort.ts'
import { createForesightWork, type ForesightWork, findForesightDirection } from './foresight-direction.ts'
import {
  countOf,
  type ForesightPlan,
  type ForesightProblem,
  planCost,
  restingPlan,
  roomKw,
} from './foresight-problem.ts'

export interface ForesightResult {
  readonly plan: ForesightPlan
  /** Of the plan, EUR, and how far below it the best can be at most. */
  readonly costEur: number
  readonly gapEur: number
  readonly iterations: number
}

const FIRST_BARRIER_EUR = 3
const LAST_BARRIER_EUR = 1e-4
const BARRIER_RATIO = 0.2
const STEPS_A_BARRIER = 40
const TO_THE_EDGE = 0.95
/** Of the barrier: what a centred plan may still be off. */
const SMALL_FALL = 0.5
const FIRST_SOFT_K = 0.05
const LEAST_SOFT_K = 1e-4

/**
 * Newton's method on the logarithmic barrier, from the plan that moves nothing, which must be inside every limit.
 * A corner of comfort is rounded by 2 mu / weight, as a barrier of its own slack would round it.
 */
export function solveForesight(problem: ForesightProblem): ForesightResult {
  const plan = restingPlan(problem)
  const work = createForesightWork(problem)
  problem.limits.forEach((_, i) => {
    soften(problem, i, FIRST_SOFT_K, work.comfort)
  })
  let iterations = 0
  let mu = FIRST_BARRIER_EUR
  for (;;) {
    for (let k = 0; k < STEPS_A_BARRIER; k++) {
      const fall = findForesightDirection(problem, plan, mu, work)
      iterations++
      if (!(fall > SMALL_FALL * mu) || !moveAlong(problem, plan, mu, work, fall)) break
    }
    if (mu <= LAST_BARRIER_EUR) break
    mu = Math.max(LAST_BARRIER_EUR, BARRIER_RATIO * mu)
    sharpen(problem, plan, mu, work.comfort)
  }
  const rows = (2 + problem.limits.length) * problem.n + problem.limits.length
  return { plan, costEur: planCost(problem, plan), gapEur: rows * mu, iterations }
}

/** Corners as sharp as the barrier is low; the plan is drawn back towards rest where it no longer is inside. */
function sharpen(problem: ForesightProblem, plan: ForesightPlan, mu: number, comfort: ComfortShape): void {
  problem.limits.forEach((_, i) => {
    const softK = Math.min(comfort.softK[i]!, (2 * mu) / comfort.weights[i]!)
    soften(problem, i, Math.max(LEAST_SOFT_K, softK), comfort)
  })
  for (let tries = 0; tries < 200 && !isWithinBudgets(problem, plan.x, comfort); tries++) {
    for (const series of [plan.u, plan.x]) for (let k = 0; k < series.length; k++) series[k]! *= 0.98
  }
}

function isWithinBudgets(problem: ForesightProblem, x: Float64Array, comfort: ComfortShape): boolean {
  return problem.limits.every(
    (limit, i) => countOf(problem, limit, x, comfort.softK[i]!) < comfort.budget[i]!,
  )
}

/** Backtracks until the barrier falls by a share of what was promised; false where it does not. */
function moveAlong(
  problem: ForesightProblem,
  plan: ForesightPlan,
  mu: number,
  work: ForesightWork,
  fall: number,
): boolean {
  const direction = { u: work.du[0]!, x: work.dx[0]! }
  const now = barrierEur(problem, plan, mu, work.comfort)
  let step = Math.min(1, TO_THE_EDGE * stepToEdge(problem, plan, direction))
  for (let tries = 0; tries < 16; tries++, step *= 0.5) {
    const trial = { u: moved(plan.u, direction.u, step), x: moved(plan.x, direction.x, step) }
    if (!(barrierEur(problem, trial, mu, work.comfort) <= now - 0.1 * step * fall)) continue
    plan.u.set(trial.u)
    plan.x.set(trial.x)
    return true
  }
  return false
}

function moved(from: Float64Array, direction: Float64Array, step: number): Float64Array {
  return from.map((value, k) => value + step * direction[k]!)
}

/** The step at which the first limit of heat is met; those of comfort are left to the backtracking. */
function stepToEdge(problem: ForesightProblem, plan: ForesightPlan, direction: ForesightPlan): number {
  const still = { ...problem, least: new Float64Array(problem.n), most: new Float64Array(problem.n) }
  let longest = Number.POSITIVE_INFINITY
  for (let k = 0; k < problem.n; k++) {
    const room = roomKw(problem, plan, k)
    const change = roomKw(still, direction, k)
    for (const side of [0, 1] as const) {
      if (change[side] < 0) longest = Math.min(longest, -room[side] / change[side])
    }
  }
  return longest
}

function barrierEur(
  problem: ForesightProblem,
  plan: ForesightPlan,
  mu: number,
  { softK, budget }: ComfortShape,
): number {
  let logs = 0
  for (let k = 0; k < problem.n; k++) {
    const [below, above] = roomKw(problem, plan, k)
    if (!(below > 0 && above > 0)) return Number.POSITIVE_INFINITY
    logs += Math.log(below * above)
  }
  for (let i = 0; i < problem.limits.length; i++) {
    const left = budget[i]! - countOf(problem, problem.limits[i]!, plan.x, softK[i]!)
    if (!(left > 0)) return Number.POSITIVE_INFINITY
    logs += Math.log(left)
  }
  return planCost(problem, plan) - mu * logs
}
