import { createForesightWork, type ForesightWork, findForesightDirection } from './foresight-direction.ts'
import { countRows, type ForesightIterate, measure, pairs, startForesight } from './foresight-iterate.ts'
import { type ForesightPlan, type ForesightProblem, planCost } from './foresight-problem.ts'

export interface ForesightResult {
  readonly plan: ForesightPlan
  /** Of the plan, EUR, and about how far below it the best can be. */
  readonly costEur: number
  readonly gapEur: number
  readonly iterations: number
  /** What one more kelvin and step of each limit would save, EUR. */
  readonly limitEur: Float64Array
}

const FIRST_MU_EUR = 2
const GAP_EUR = 0.5
const MAX_ITERATIONS = 80
const TO_THE_EDGE = 0.99

/** Mehrotra's predictor-corrector from the plan that moves nothing. */
export function solveForesight(problem: ForesightProblem): ForesightResult {
  const iterate = startForesight(problem, FIRST_MU_EUR)
  const work = createForesightWork(problem, iterate.rows.length)
  const rows = countRows(iterate)
  let gapEur = products(iterate)
  let iterations = 0
  for (; iterations < MAX_ITERATIONS && gapEur > GAP_EUR; iterations++) {
    aim(work, () => 0)
    findForesightDirection(problem, iterate, work)
    const affine = changeOf(problem, iterate, work)
    const reached = products(iterate, affine) / gapEur
    const centre = (reached * reached * reached * gapEur) / rows
    aim(work, (kind, k) => centre - affine.distances[kind]![k]! * affine.multipliers[kind]![k]!)
    findForesightDirection(problem, iterate, work)
    advance(problem, iterate, changeOf(problem, iterate, work))
    gapEur = products(iterate)
  }
  const plan = { u: iterate.u, x: iterate.x }
  return { plan, costEur: planCost(problem, plan), gapEur, iterations, limitEur: iterate.zLeft }
}

function aim({ target }: ForesightWork, of: (kind: number, k: number) => number): void {
  const { below, above, s, over, left } = target
  ;[below, above, s, over, left].forEach((series, kind) => {
    for (let k = 0; k < series.length; k++) series[k] = of(kind, k)
  })
}

interface Change {
  readonly u: Float64Array
  readonly x: Float64Array
  readonly s: Float64Array
  readonly left: Float64Array
  /** By kind of inequality, as `pairs` has them. */
  readonly distances: readonly Float64Array[]
  readonly multipliers: readonly Float64Array[]
  /** How far distances and multipliers can follow, 0 to 1. */
  readonly step: number
  readonly zStep: number
}

/** What a full step along the direction in the work would change. */
function changeOf(problem: ForesightProblem, iterate: ForesightIterate, work: ForesightWork): Change {
  const { n } = problem
  const none = new Float64Array(n)
  const change = {
    rows: iterate.rows.map((row) => ({ ...row, edgeK: none })),
    ...{ u: work.du[0]!, x: work.dx[0]!, s: work.ds },
    ...{ below: new Float64Array(n), above: new Float64Array(n), over: new Float64Array(iterate.s.length) },
    ...{ left: new Float64Array(iterate.left.length), apart: new Float64Array(iterate.left.length) },
  }
  const limits = problem.limits.map((limit) => ({ ...limit, budget: 0 }))
  measure({ ...problem, least: none, most: none, limits }, change)
  for (let i = 0; i < change.left.length; i++) change.left[i] = iterate.apart[i]! + change.apart[i]!
  const { target } = work
  const targets = [target.below, target.above, target.s, target.over, target.left]
  const distances = [change.below, change.above, change.s, change.over, change.left]
  const multipliers = pairs(iterate).map(([distance, z], kind) =>
    z.map((value, k) => (targets[kind]![k]! - value * distances[kind]![k]!) / distance[k]! - value),
  )
  let step = 1
  let zStep = 1
  pairs(iterate).forEach(([distance, z], kind) => {
    step = longest(step, distance, distances[kind]!)
    zStep = longest(zStep, z, multipliers[kind]!)
  })
  return { ...change, distances, multipliers, step, zStep }
}

/** The step that goes almost to where the first would vanish. */
function longest(step: number, from: Float64Array, change: Float64Array): number {
  for (let k = 0; k < from.length; k++) {
    if (change[k]! < 0 && from[k]! + (step / TO_THE_EDGE) * change[k]! < 0) {
      step = (-TO_THE_EDGE * from[k]!) / change[k]!
    }
  }
  return step
}

/** Sum of distances times multipliers, EUR, after the change where one is given: what the plan can cost too much. */
function products(iterate: ForesightIterate, change?: Change): number {
  let sum = 0
  pairs(iterate).forEach(([distance, z], kind) => {
    for (let k = 0; k < z.length; k++) {
      const d = distance[k]! + (change ? change.step * change.distances[kind]![k]! : 0)
      sum += d * (z[k]! + (change ? change.zStep * change.multipliers[kind]![k]! : 0))
    }
  })
  return sum
}

function advance(problem: ForesightProblem, iterate: ForesightIterate, change: Change): void {
  for (const name of ['u', 'x', 's', 'left'] as const) addScaled(iterate[name], change[name], change.step)
  pairs(iterate).forEach(([, z], kind) => {
    addScaled(z, change.multipliers[kind]!, change.zStep)
  })
  measure(problem, iterate)
}

function addScaled(to: Float64Array, what: Float64Array, by: number): void {
  for (let k = 0; k < to.length; k++) to[k]! += by * what[k]!
}
