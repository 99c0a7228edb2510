import type { HeatSource } from './fleet-qp.ts'

/** How the sources of one step share a heat. */
export interface Shares {
  /** By source, kW. */
  readonly y: Float64Array
  /** Heat that nothing serves, or, negative, that nothing takes, kW. */
  readonly lackKw: number
  /** Marginal cost, EUR/kW a step. */
  readonly eta: number
}

const HALVINGS = 50

/** The cheapest way to make `kw` in step k, emissions paid at `eurPerKg`. */
export function cheapestShares(
  sources: readonly HeatSource[],
  k: number,
  kw: number,
  eurPerKg: number,
): Shares {
  const y = new Float64Array(sources.length)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const source of sources) {
    const first = source.eurPerKw[k] + source.kgPerKw[k] * eurPerKg
    const rise = source.slope[k] * Math.min(source.capKw[k], Math.max(0, kw))
    low = Math.min(low, first)
    high = Math.max(high, first + rise)
  }
  if (sources.length === 0) return { y, lackKw: kw, eta: 0 }
  high += 1e-9 * Math.max(Math.abs(low), Math.abs(high))
  for (let i = 0; i < HALVINGS; i++) {
    const middle = 0.5 * (low + high)
    if (sharesAt(sources, k, middle, eurPerKg, y) <= kw) low = middle
    else high = middle
  }
  sharesAt(sources, k, low, eurPerKg, y)
  return { y, lackKw: completeShares(sources, k, kw, eurPerKg, y), eta: high }
}

function sharesAt(
  sources: readonly HeatSource[],
  k: number,
  eta: number,
  eurPerKg: number,
  y: Float64Array,
): number {
  let sum = 0
  sources.forEach(({ capKw, eurPerKw, slope, kgPerKw }, j) => {
    const surplus = eta - eurPerKw[k] - kgPerKw[k] * eurPerKg
    const wanted = slope[k] > 0 ? surplus / slope[k] : surplus >= 0 ? capKw[k] : 0
    y[j] = Math.max(0, Math.min(capKw[k], wanted))
    sum += y[j]
  })
  return sum
}

/** Makes the shares sum to `kw`: more from the cheapest that can, less of the dearest that is. Returns what is lacking. */
export function completeShares(
  sources: readonly HeatSource[],
  k: number,
  kw: number,
  eurPerKg: number,
  y: Float64Array,
): number {
  let lack = kw
  for (const share of y) lack -= share
  const cost = (j: number) => {
    const { eurPerKw, slope, kgPerKw } = sources[j]
    return eurPerKw[k] + slope[k] * y[j] + kgPerKw[k] * eurPerKg
  }
  const order = sources.map((_, j) => j).sort((i, j) => cost(i) - cost(j))
  if (lack < 0) order.reverse()
  for (const j of order) {
    const change = Math.max(-y[j], Math.min(sources[j].capKw[k] - y[j], lack))
    y[j] += change
    lack -= change
  }
  return lack
}

/** What a share costs, EUR a step. */
export function shareCost({ eurPerKw, slope }: HeatSource, k: number, y: number): number {
  return y * (eurPerKw[k] + 0.5 * slope[k] * y)
}
