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
    for (const series of targets(work)) series.fill(0)
    findForesightDirection(problem, iterate, work)
    const affine = changeOf(problem, iterate, work)
    const reached = products(iterate, affine) / gapEur
    const centre = (reached * reached * reached * gapEur) / rows
    targets(work).forEach((series, kind) => {
      aim(series, centre, affine.distances[kind]!, affine.multipliers[kind]!)
    })
    findForesightDirection(problem, iterate, work)
    advance(problem, iterate, changeOf(problem, iterate, work))
    gapEur = products(iterate)
  }
  const plan = { u: iterate.u, x: iterate.x }
  return { plan, costEur: planCost(problem, plan), gapEur, iterations, limitEur: iterate.zLeft }
}

/** By kind of inequality, as `pairs` has them. */
function targets({ target }: ForesightWork): readonly Float64Array[] {
  return [target.below, target.above, target.s, target.over, target.left]
}

/** The centre less the second-order term that the affine step has shown. */
function aim(target: Float64Array, centre: number, distance: Float64Array, multiplier: Float64Array): void {
  for (let k = 0; k < target.length; k++) target[k] = centre - distance[k]! * multiplier[k]!
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
  const distances = [change.below, change.above, change.s, change.over, change.left]
  const aims = targets(work)
  const multipliers = pairs(iterate).map(([distance, z], kind) =>
    multiplierChange(aims[kind]!, distance, z, distances[kind]!),
  )
  let step = 1
  let zStep = 1
  pairs(iterate).forEach(([distance, z], kind) => {
    step = longest(step, distance, distances[kind]!)
    zStep = longest(zStep, z, multipliers[kind]!)
  })
  return { ...change, distances, multipliers, step, zStep }
}

function multiplierChange(
  target: Float64Array,
  distance: Float64Array,
  z: Float64Array,
  change: Float64Array,
): Float64Array {
  const dz = new Float64Array(z.length)
  for (let k = 0; k < z.length; k++) dz[k] = (target[k]! - z[k]! * change[k]!) / distance[k]! - z[k]!
  return dz
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
    sum = change
      ? addMovedProducts(sum, distance, z, change.distances[kind]!, change.multipliers[kind]!, change)
      : addProducts(sum, distance, z)
  })
  return sum
}

function addProducts(sum: number, distance: Float64Array, z: Float64Array): number {
  let total = sum
  for (let k = 0; k < z.length; k++) total += distance[k]! * z[k]!
  return total
}

function addMovedProducts(
  sum: number,
  distance: Float64Array,
  z: Float64Array,
  dDistance: Float64Array,
  dz: Float64Array,
  { step, zStep }: Change,
): number {
  let total = sum
  for (let k = 0; k < z.length; k++) {
    total += (distance[k]! + step * dDistance[k]!) * (z[k]! + zStep * dz[k]!)
  }
  return total
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
