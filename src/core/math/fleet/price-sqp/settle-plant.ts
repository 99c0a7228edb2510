import { aimAt } from '../../predict-affine.ts'
import { aimBarrier, countPresent } from '../barrier.ts'
import { advancePlant, type Plant, plantProducts } from '../plant.ts'
import { isBalanced, missingHeat } from '../plant-balance.ts'
import { completePlant, directPlant, factorPlant, tiltPlant } from '../plant-direction.ts'

/** How members answer prices near a point, by gate: heat − answer · (price − prices). */
export interface AffineAnswer {
  readonly prices: readonly Float64Array[]
  readonly heat: readonly Float64Array[]
  readonly answer: readonly Float64Array[]
}

// Complementarity left, as a share of one step's heat; and steps that are enough for it wherever it can be reached.
const LEFT = 1e-7
// And of the first lack of all other equations.
const RESIDUAL = 1e-6
const MOST_STEPS = 40
const TO_THE_EDGE = 0.99
const LEAST_TARGET = 1e-4

/**
 * Solves the plant exactly against buildings that answer prices as `members` says: the fleet's interior point with
 * nothing but the plant's inequalities in it. False where it was not reached.
 */
export function settlePlant(plant: Plant, members: AffineAnswer): boolean {
  const rows = plant.barriers.reduce((sum, barrier) => sum + countPresent(barrier), 0)
  let residual = 1
  for (let k = 0; k < MOST_STEPS; k++) {
    const products = plantProducts(plant)
    const rest = missingHeat(plant, heatAt(members, plant))
    // NaN is not reached.
    if (!(products < Number.POSITIVE_INFINITY)) return false
    if (products < LEFT && residual < RESIDUAL && isBalanced(plant, rest)) return true
    residual *= 1 - stepPlant(plant, members, rest, products / Math.max(1, rows))
  }
  return false
}

/** Returns the step that was taken. */
function stepPlant(
  plant: Plant,
  { answer }: AffineAnswer,
  rest: readonly Float64Array[],
  mu: number,
): number {
  factorPlant(plant, answer)
  directPlant(plant, copyOf(rest))
  const { target, trust } = aimAt(Math.max(completePlant(plant), 1e-30), mu)
  const product = Math.max(LEAST_TARGET * mu, target) * plant.scaleEur
  for (const barrier of plant.barriers) aimBarrier(barrier, product, trust)
  tiltPlant(plant)
  directPlant(plant, copyOf(rest))
  const step = Math.min(1, TO_THE_EDGE / Math.max(completePlant(plant), 1e-30))
  advancePlant(plant, step)
  return step
}

function heatAt({ prices, heat, answer }: AffineAnswer, { gates, n }: Plant): Float64Array[] {
  return heat.map((row, g) => {
    const change = gates[g].price.map((price, k) => price - prices[g][k])
    return row.map((kw, i) => {
      let sum = 0
      for (let k = 0; k < n; k++) sum += answer[g][i * n + k] * change[k]
      return kw - sum
    })
  })
}

const copyOf = (rows: readonly Float64Array[]) => rows.map((row) => row.slice())
