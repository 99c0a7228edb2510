import type { DualPoint } from './dual-point.ts'
import type { FleetQp, HeatSource } from './fleet-qp.ts'
import { gateFlows, leastFlows } from './flows.ts'
import type { Network } from './gates.ts'
import type { Certified } from './member-rounds.ts'
import { cheapestShares, completeShares, shareCost } from './merit-order.ts'
import type { Plant } from './plant.ts'

export interface Certificate {
  readonly upper: number
  readonly lower: number
  /** What the gap is measured against, EUR. */
  readonly bill: number
  /** By gate, kW a step. */
  readonly flows: readonly Float64Array[]
  /** By source, kW a step. */
  readonly sourceKw: readonly Float64Array[]
  /** Largest excess over a hard cap as a share of it, by gate. */
  readonly violation: readonly number[]
  readonly co2ExcessKg: number
}

/** Both bounds of the plan whose members cost and take what `members` says. */
export function certify(
  qp: FleetQp,
  network: Network,
  plant: Plant,
  dual: DualPoint,
  shortage: HeatSource,
  members: Certified,
): Certificate {
  const flows = gateFlows(network, members.heat)
  const served = serve(qp, plant, dual, shortage, flows[0])
  const peakKw = flows[0].reduce((most, kw) => Math.max(most, kw), Number.NEGATIVE_INFINITY)
  const upper = members.objective + served.cost + qp.peakEurPerKw * peakKw + brokenLimits(network, flows)
  const lower = members.objective - members.gap + dualRest(qp, network, plant, dual, members.heat)
  const bill = Math.max(members.leastBill, members.ownBill + controlledCost(network, flows[0], served))
  const violation = network.gates.map(({ node }, i) => worstExcess(flows[i], qp.nodes[node].capKw))
  return {
    upper,
    lower,
    bill: bill || served.cost || 1,
    flows,
    sourceKw: served.sourceKw,
    violation,
    co2ExcessKg: served.co2ExcessKg,
  }
}

interface Served {
  readonly sourceKw: readonly Float64Array[]
  readonly cost: number
  /** Amount of the cost by step, EUR. */
  readonly amount: Float64Array
  readonly co2ExcessKg: number
}

/** The sources' heat for a flow: the cheapest, or, where emissions tie the steps, the iterate's made to fit. */
function serve(qp: FleetQp, plant: Plant, dual: DualPoint, shortage: HeatSource, flow: Float64Array): Served {
  const { n, sources } = qp
  const sourceKw = sources.map(() => new Float64Array(n))
  const amount = new Float64Array(n)
  if (!plant.supply) return { sourceKw, cost: 0, amount, co2ExcessKg: 0 }
  let cost = 0
  let kg = 0
  for (let k = 0; k < n; k++) {
    const { y, lackKw } = sharesOf(qp, plant, dual, k, flow[k])
    const missing = Math.abs(lackKw) * shortage.eurPerKw[k]
    cost += missing
    amount[k] += missing
    sources.forEach((source, j) => {
      sourceKw[j][k] = y[j]
      const eur = shareCost(source, k, y[j])
      cost += eur
      amount[k] += Math.abs(eur)
      kg += y[j] * source.kgPerKw[k]
    })
  }
  const co2ExcessKg = Math.max(0, kg - qp.co2CapKg)
  return { sourceKw, cost: cost + co2ExcessKg * (plant.emissions?.eurPerKg ?? 0), amount, co2ExcessKg }
}

function sharesOf(qp: FleetQp, plant: Plant, dual: DualPoint, k: number, kw: number) {
  if (!plant.emissions || !plant.supply) return cheapestShares(qp.sources, k, kw, 0)
  const y = Float64Array.from(qp.sources, (source, j) =>
    Math.min(source.capKw[k], plant.supply!.blocks[j].y[k]),
  )
  return { y, lackKw: completeShares(qp.sources, k, kw, dual.eurPerKg, y) }
}

function brokenLimits({ n, gates }: Network, flows: readonly Float64Array[]): number {
  let cost = 0
  gates.forEach(({ limits }, i) => {
    for (const { side, kw, eurPerKw } of limits) {
      for (let k = 0; k < n; k++) cost += eurPerKw * Math.max(0, side * (flows[i][k] - kw[k]))
    }
  })
  return cost
}

/** All of the dual function but the members' part: prices times heat, limits, sources, emissions. */
function dualRest(
  qp: FleetQp,
  { n, gates }: Network,
  plant: Plant,
  { prices, eta, eurPerKg }: DualPoint,
  heat: readonly Float64Array[],
): number {
  let sum = 0
  gates.forEach(({ fixedKw }, i) => {
    for (let k = 0; k < n; k++) sum += prices[i][k] * (heat[i][k] + fixedKw[k])
    for (const { limit, kept } of plant.gates[i].rows) {
      for (let k = 0; k < n; k++) {
        if (kept.z[k] > 0) sum -= limit.side * Math.min(kept.z[k], limit.eurPerKw) * limit.kw[k]
      }
    }
  })
  if (eurPerKg > 0) sum -= eurPerKg * qp.co2CapKg
  for (const source of qp.sources) {
    for (let k = 0; k < n; k++) sum += leastCost(source, k, source.kgPerKw[k] * eurPerKg - eta[k])
  }
  return sum
}

/** min (a + tilt) y + ½ q y² within the source's limits. */
function leastCost({ capKw, eurPerKw, slope }: HeatSource, k: number, tilt: number): number {
  const a = eurPerKw[k] + tilt
  if (a >= 0) return 0
  const y = slope[k] > 0 ? Math.min(capKw[k], -a / slope[k]) : capKw[k]
  return y === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : y * (a + 0.5 * slope[k] * y)
}

/** The members' share of what the sources cost. */
function controlledCost(network: Network, flow: Float64Array, served: Served): number {
  const [fixed] = leastFlows(network)
  let sum = 0
  for (let k = 0; k < network.n; k++) {
    const share = flow[k] > 0 ? (flow[k] - fixed[k]) / flow[k] : 0
    sum += served.amount[k] * Math.max(0, Math.min(1, share))
  }
  return sum
}

function worstExcess(flow: Float64Array, capKw: Float64Array): number {
  let worst = 0
  for (let k = 0; k < flow.length; k++) {
    const excess = flow[k] - capKw[k]
    if (excess > 0) worst = Math.max(worst, excess / Math.max(capKw[k], 1e-9))
  }
  return worst
}
