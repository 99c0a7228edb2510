import type { HeatSource } from './fleet-qp.ts'
import type { GateState, Plant } from './plant.ts'
import type { Supply } from './supply.ts'
import { priceDownstream } from './ways.ts'

/** Prices that make a bound: each limit's multiplier within its price, the peak's of the right sum. */
export interface DualPoint {
  /** By gate. */
  readonly prices: readonly Float64Array[]
  /** Marginal cost of heat at the plant, without what peak and limits add. */
  readonly eta: Float64Array
  readonly eurPerKg: number
}

/** The iterate's multipliers, moved to where the dual function is finite. */
export function dualPoint({ gates, peak, supply, emissions, n }: Plant, shortage: HeatSource): DualPoint {
  const eurPerKg = emissions ? Math.min(emissions.kept.z[0], emissions.eurPerKg) : 0
  const eta = new Float64Array(n)
  const prices: Float64Array[] = []
  gates.forEach((state, i) => {
    const price = new Float64Array(n)
    const added = limitPrices(state)
    if (i > 0) priceDownstream(state.gate.way, prices[state.gate.parent], price)
    for (let k = 0; k < n; k++) price[k] += added[k]
    if (i === 0 && peak) addScaled(peak.below.z, peak.eurPerKw / sumOf(peak.below.z), price)
    if (i === 0 && supply) {
      for (let k = 0; k < n; k++) {
        const limit = Math.min(shortage.eurPerKw[k], highestFinite(supply.blocks, k, eurPerKg))
        eta[k] = Math.max(-shortage.eurPerKw[k], Math.min(state.price[k] - price[k], limit))
        price[k] += eta[k]
      }
    }
    prices.push(price)
  })
  return { prices, eta, eurPerKg }
}

/** What the limits at a gate add to its price. */
function limitPrices({ rows, z }: GateState): Float64Array {
  const added = new Float64Array(z.length)
  for (const { limit, kept } of rows) {
    for (let k = 0; k < z.length; k++) added[k] += limit.side * Math.min(kept.z[k], limit.eurPerKw)
  }
  return added
}

/** A flat source without a limit leaves no bound at a price above its own. */
function highestFinite(blocks: Supply['blocks'], k: number, eurPerKg: number): number {
  let high = Number.POSITIVE_INFINITY
  for (const { source, sign } of blocks) {
    const { capKw, eurPerKw, slope, kgPerKw } = source
    if (sign > 0 && capKw[k] === Number.POSITIVE_INFINITY && slope[k] === 0) {
      high = Math.min(high, eurPerKw[k] + kgPerKw[k] * eurPerKg)
    }
  }
  return high
}

function addScaled(from: Float64Array, scale: number, to: Float64Array): void {
  for (let k = 0; k < to.length; k++) to[k] += scale * from[k]
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
