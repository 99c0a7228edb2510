import { type Certificate, certify } from '../certificate.ts'
import { gateFlows } from '../flows.ts'
import type { Swept } from './member-sweeps.ts'
import type { PricePlan, PriceSearch } from './price-search.ts'

/** What a sweep has shown of the plan whose prices it was told. */
export interface Judged {
  readonly certificate: Certificate
  /** By gate: the most that flows differ from the plant's plan where a cap is near, kW. */
  readonly offKw: readonly number[]
  /** Largest excess over a cap that no plan meant, as a share of the cap. */
  readonly unmeant: number
}

// A cap is near where the plan comes this near to it.
const NEAR = 0.01

export function judgeSweep(
  { qp, network, shortage }: PriceSearch,
  { plant, dual }: PricePlan,
  swept: Swept,
): Judged {
  const certificate = certify(qp, network, plant, dual, shortage, swept)
  const flows = gateFlows(network, swept.heat)
  const gates = network.gates.map(({ node }, g) => compare(qp.nodes[node].capKw, plant.gates[g].z, flows[g]))
  return {
    certificate,
    offKw: gates.map(({ offKw }) => offKw),
    unmeant: Math.max(...gates.map(({ unmeant }) => unmeant)),
  }
}

function compare(capKw: Float64Array, planned: Float64Array, flow: Float64Array) {
  let [offKw, unmeant] = [0, 0]
  for (let k = 0; k < flow.length; k++) {
    if (planned[k] >= (1 - NEAR) * capKw[k]) offKw = Math.max(offKw, Math.abs(flow[k] - planned[k]))
    const excess = flow[k] - Math.max(capKw[k], planned[k])
    if (excess > 0) unmeant = Math.max(unmeant, excess / Math.max(capKw[k], 1e-9))
  }
  return { offKw, unmeant }
}
