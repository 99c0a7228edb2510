import type { HeatSource } from '../../math/fleet/fleet-qp.ts'

/** A load served by the cheapest sources of each step. */
export interface Served {
  /** Heat of each source, kW a step. */
  readonly sourceKw: readonly Float64Array[]
  /** What one more kW would cost for a step, EUR; of the dearest source where not all could be served. */
  readonly marginalEurPerKw: Float64Array
  readonly unservedKw: Float64Array
}

/** Flat blocks are taken for ones that rise by next to nothing. */
const LEAST_SLOPE = 1e-12
const ROUNDING = 1e-12

/** Each step by itself: one marginal cost up to which all sources run, so that together they give the load. */
export function serveByMerit(sources: readonly HeatSource[], loadKw: Float64Array): Served {
  const n = loadKw.length
  const sourceKw = sources.map(() => new Float64Array(n))
  const marginalEurPerKw = new Float64Array(n)
  const unservedKw = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const price = clearingPrice(sources, k, loadKw[k])
    let served = 0
    for (let j = 0; j < sources.length; j++) {
      sourceKw[j][k] = supplied(sources[j], k, price)
      served += sourceKw[j][k]
    }
    marginalEurPerKw[k] = price
    unservedKw[k] = Math.max(0, loadKw[k] - served)
    if (unservedKw[k] < 1e-9 * loadKw[k]) unservedKw[k] = 0
  }
  return { sourceKw, marginalEurPerKw, unservedKw }
}

/** Supply rises in straight pieces between the prices at which blocks begin and end; the load lies on one of them. */
function clearingPrice(sources: readonly HeatSource[], k: number, loadKw: number): number {
  const corners = sources
    .flatMap((source) => (source.capKw[k] > 0 ? [source.eurPerKw[k], endPrice(source, k)] : []))
    .sort((a, b) => a - b)
  if (corners.length === 0) return 0
  let [low, lowKw] = [corners[0], 0]
  for (const high of corners) {
    const highKw = sources.reduce((sum, source) => sum + supplied(source, k, high), 0)
    if (highKw >= loadKw * (1 - ROUNDING)) {
      return highKw > lowKw ? low + ((high - low) * Math.max(0, loadKw - lowKw)) / (highKw - lowKw) : low
    }
    low = high
    lowKw = highKw
  }
  return corners[corners.length - 1]
}

function slopeOf(source: HeatSource, k: number): number {
  return Math.max(LEAST_SLOPE, source.slope[k])
}

function endPrice(source: HeatSource, k: number): number {
  return source.eurPerKw[k] + slopeOf(source, k) * source.capKw[k]
}

function supplied(source: HeatSource, k: number, price: number): number {
  return Math.max(0, Math.min(source.capKw[k], (price - source.eurPerKw[k]) / slopeOf(source, k)))
}
