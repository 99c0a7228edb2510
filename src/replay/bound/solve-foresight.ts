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
const LAST_BARRIER_EUR = 2e-4
const BARRIER_RATIO = 0.2
const STEPS_A_BARRIER = 30
const TO_THE_EDGE = 0.95
/** Of the barrier: what a centred plan may still be off. */
const SMALL_FALL = 0.5

/** Newton's method on the logarithmic barrier, from the plan that moves nothing, which must be inside every limit. */
export function solveForesight(problem: ForesightProblem): ForesightResult {
  const plan = restingPlan(problem)
  const work = createForesightWork(problem)
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
  }
  const gapEur = (2 * problem.n + problem.limits.length) * mu
  return { plan, costEur: planCost(problem, plan), gapEur, iterations }
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
  const now = barrierEur(problem, plan, mu)
  let step = Math.min(1, TO_THE_EDGE * stepToEdge(problem, plan, direction))
  for (let tries = 0; tries < 16; tries++, step *= 0.5) {
    const trial = { u: moved(plan.u, direction.u, step), x: moved(plan.x, direction.x, step) }
    if (!(barrierEur(problem, trial, mu) <= now - 0.1 * step * fall)) continue
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

function barrierEur(problem: ForesightProblem, plan: ForesightPlan, mu: number): number {
  let logs = 0
  for (let k = 0; k < problem.n; k++) {
    const [below, above] = roomKw(problem, plan, k)
    if (!(below > 0 && above > 0)) return Number.POSITIVE_INFINITY
    logs += Math.log(below * above)
  }
  for (const limit of problem.limits) {
    const left = limit.budget - countOf(problem, limit, plan.x)
    if (!(left > 0)) return Number.POSITIVE_INFINITY
    logs += Math.log(left)
  }
  return planCost(problem, plan) - mu * logs
}
