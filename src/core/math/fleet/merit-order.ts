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

/** The cheapest way to make `kw` in step k, emissions paid at `eurPerKg`. */
export function cheapestShares(
  sources: readonly HeatSource[],
  k: number,
  kw: number,
  eurPerKg: number,
): Shares {
  const y = new Float64Array(sources.length)
  if (sources.length === 0) return { y, lackKw: kw, eta: 0 }
  const eta = marginalCost(sources, k, kw, eurPerKg, y)
  let lack = kw - sharesAt(sources, k, eta, eurPerKg, y, false)
  // At the margin itself a flat source gives what is still wanted: a sloped one would grow dearer.
  for (let j = 0; j < sources.length && lack > 0; j++) {
    if (y[j] > 0 || sources[j].slope[k] > 0 || firstCost(sources[j], k, eurPerKg) !== eta) continue
    y[j] = Math.min(sources[j].capKw[k], lack)
    lack -= y[j]
  }
  return { y, lackKw: completeShares(sources, k, kw, eurPerKg, y), eta }
}

/**
 * Where the heat that is worth making passes `kw`. Between two of the costs at which a source begins or is full it is
 * linear, and where a flat one begins it jumps. `y` is overwritten.
 */
function marginalCost(
  sources: readonly HeatSource[],
  k: number,
  kw: number,
  eurPerKg: number,
  y: Float64Array,
): number {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  let atLow = 0
  const narrow = (eur: number) => {
    if (!(eur > low && eur < high)) return
    const made = sharesAt(sources, k, eur, eurPerKg, y, true)
    if (made > kw) high = eur
    else [low, atLow] = [eur, made]
  }
  for (const source of sources) {
    const first = firstCost(source, k, eurPerKg)
    narrow(first)
    if (source.slope[k] > 0) narrow(first + source.slope[k] * source.capKw[k])
  }
  if (low === Number.NEGATIVE_INFINITY) return high
  const between = high < Number.POSITIVE_INFINITY ? 0.5 * (low + high) : low + 1
  const rise = (sharesAt(sources, k, between, eurPerKg, y, true) - atLow) / (between - low)
  if (rise > 0) return Math.min(high, low + (kw - atLow) / rise)
  return high < Number.POSITIVE_INFINITY ? high : low
}

function firstCost({ eurPerKw, kgPerKw }: HeatSource, k: number, eurPerKg: number): number {
  return eurPerKw[k] + kgPerKw[k] * eurPerKg
}

/** What is worth making at a price `eta`, into `y`, and its sum; `whole`: a flat source of just this cost in full. */
function sharesAt(
  sources: readonly HeatSource[],
  k: number,
  eta: number,
  eurPerKg: number,
  y: Float64Array,
  whole: boolean,
): number {
  let sum = 0
  for (let j = 0; j < sources.length; j++) {
    const { capKw, slope } = sources[j]
    const surplus = eta - firstCost(sources[j], k, eurPerKg)
    const flat = surplus > 0 || (whole && surplus === 0) ? capKw[k] : 0
    y[j] = Math.max(0, Math.min(capKw[k], slope[k] > 0 ? surplus / slope[k] : flat))
    sum += y[j]
  }
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
