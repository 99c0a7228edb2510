import { type Barrier, createBarrier, curvature } from './barrier.ts'
import type { HeatSource } from './fleet-qp.ts'

/**
 * The merit order within the interior point: in each step the least cost of a heat z,
 *
 *   min Σ_j a_j y_j + ½ q_j y_j²  s.t.  Σ_j sign_j y_j = z,  0 ≤ y_j ≤ cap_j,
 *
 * kept primal and dual and never solved exactly: a flat merit order, whose price jumps, then does no harm.
 * What is missing is bought, and what is too much is thrown away, at the price of shortage.
 */
export interface Supply {
  readonly n: number
  readonly blocks: readonly Block[]
  /** By step: Σ weight; and Σ sign weight · slope, Σ sign weight · kg over it. */
  readonly ease: Float64Array
  readonly pull: Float64Array
  readonly share: Float64Array
}

export interface Block {
  readonly source: HeatSource
  /** −1 where the block takes heat away. */
  readonly sign: 1 | -1
  readonly y: Float64Array
  readonly dy: Float64Array
  /** y ≥ 0 and cap − y ≥ 0. */
  readonly empty: Barrier
  readonly full: Barrier
  /** One over its curvature in y, zero where it is shut; and its slope. */
  readonly weight: Float64Array
  readonly slope: Float64Array
}

/** Every block shut; `shortage` serves what they cannot, and takes what is too much. */
export function createSupply(sources: readonly HeatSource[], shortage: HeatSource, n: number): Supply {
  const row = () => new Float64Array(n)
  const blocks = [...sources.map((source) => createBlock(source, 1, n)), createBlock(shortage, 1, n)]
  return { n, blocks: [...blocks, createBlock(shortage, -1, n)], ease: row(), pull: row(), share: row() }
}

function createBlock(source: HeatSource, sign: 1 | -1, n: number): Block {
  const row = () => new Float64Array(n)
  const [empty, full] = [createBarrier(n), createBarrier(n)]
  return { source, sign, y: row(), dy: row(), empty, full, weight: row(), slope: row() }
}

/** Puts a block's heat and multipliers at y > 0 with a marginal cost near eta; `spread` keeps both ends felt. */
export function placeBlock(block: Block, k: number, y: number, eta: number, spread: number): void {
  const { source, sign, empty, full } = block
  const cap = source.capKw[k]
  const tilt = source.eurPerKw[k] + source.slope[k] * y - sign * eta
  block.y[k] = y
  empty.g[k] = y
  empty.z[k] = Math.max(0, tilt) + spread
  if (cap === Number.POSITIVE_INFINITY) return
  full.g[k] = cap - y
  full.z[k] = Math.max(0, -tilt) + spread
}

/** Curvatures of the blocks; and what one more kW of them all emits. */
export function bendSupply({ n, blocks, ease, share }: Supply): void {
  ease.fill(0)
  share.fill(0)
  for (const { source, sign, empty, full, weight } of blocks) {
    for (let k = 0; k < n; k++) {
      weight[k] = empty.z[k] > 0 ? 1 / (source.slope[k] + curvature(empty, k) + curvature(full, k)) : 0
      ease[k] += weight[k]
      share[k] += sign * weight[k] * source.kgPerKw[k]
    }
  }
  for (let k = 0; k < n; k++) share[k] /= ease[k]
}

/** Slopes of the blocks at the emission price `eurPerKg`, and what they come to in z. */
export function tiltSupply({ n, blocks, ease, pull }: Supply, eurPerKg: number): void {
  pull.fill(0)
  for (const { source, sign, y, empty, full, weight, slope } of blocks) {
    for (let k = 0; k < n; k++) {
      slope[k] =
        source.eurPerKw[k] + source.slope[k] * y[k] + source.kgPerKw[k] * eurPerKg - empty.c[k] + full.c[k]
      pull[k] += sign * weight[k] * slope[k]
    }
  }
  for (let k = 0; k < n; k++) pull[k] /= ease[k]
}

/** The blocks' part of a direction in which z changes by dz and the emission price by `dEurPerKg`. */
export function directSupply(supply: Supply, dz: Float64Array, dEurPerKg: number): void {
  const { n, blocks, ease, pull, share } = supply
  for (const { source, sign, dy, empty, full, weight, slope } of blocks) {
    for (let k = 0; k < n; k++) {
      const eta = dz[k] / ease[k] + pull[k] + share[k] * dEurPerKg
      dy[k] = weight[k] * (sign * eta - slope[k] - source.kgPerKw[k] * dEurPerKg)
      empty.dg[k] = dy[k]
      full.dg[k] = -dy[k]
    }
  }
}

export function advanceSupply({ n, blocks }: Supply, step: number): void {
  for (const { y, dy } of blocks) for (let k = 0; k < n; k++) y[k] += step * dy[k]
}
