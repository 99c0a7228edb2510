import type { HeatSource } from '../../math/fleet/fleet-qp.ts'
import { cheapestShares } from '../../math/fleet/merit-order.ts'

/** A load served by the cheapest sources of each step. */
export interface Served {
  /** Heat of each source, kW a step. */
  readonly sourceKw: readonly Float64Array[]
  /** What one more kW would cost for a step, EUR; of the dearest source where not all could be served. */
  readonly marginalEurPerKw: Float64Array
  readonly unservedKw: Float64Array
}

/** Less of a load than this is rounding. */
const ROUNDING = 1e-9

/** Each step by itself: one marginal cost up to which all sources run, so that together they give the load. */
export function serveByMerit(sources: readonly HeatSource[], loadKw: Float64Array): Served {
  const n = loadKw.length
  const sourceKw = sources.map(() => new Float64Array(n))
  const marginalEurPerKw = new Float64Array(n)
  const unservedKw = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const { y, lackKw, eta } = cheapestShares(sources, k, loadKw[k], 0)
    for (let j = 0; j < sources.length; j++) sourceKw[j][k] = y[j]
    marginalEurPerKw[k] = eta
    unservedKw[k] = lackKw > ROUNDING * loadKw[k] ? lackKw : 0
  }
  return { sourceKw, marginalEurPerKw, unservedKw }
}
