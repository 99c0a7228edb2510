import type { Barrier } from './barrier.ts'
import { createEmissions, createPeak } from './border.ts'
import type { Dense } from './dense.ts'
import type { FleetQp, HeatSource } from './fleet-qp.ts'
import { gateFlows, leastFlows } from './flows.ts'
import type { Gate, Network } from './gates.ts'
import { createLimitRow } from './limit-rows.ts'
import { cheapestShares } from './merit-order.ts'
import { createGateState, type Plant } from './plant.ts'
import { createSupply, placeBlock, type Supply } from './supply.ts'
import { priceDownstream } from './ways.ts'

// Where a first iterate stands: this far within a limit, and with multipliers of this share of the usual price.
const INSIDE = 0.1
const PULL = 0.3
// Scarce heat goes for many times what rooms bid for a step's effect: it warms for hours. From a start far below that
// price the way there is long.
const SCARCE = 10
// A source starts at least this share of its size away from both its ends.
const OFF_THE_ENDS = 0.1

/**
 * A first iterate of the plant for members that take `heat`: flows near theirs, prices near what these would cost;
 * multipliers that may have far to go, or, where an earlier plan tells them, not.
 */
export function startPlant(
  qp: FleetQp,
  network: Network,
  heat: readonly Float64Array[],
  shortage: HeatSource,
  dense: Dense,
  isTold = false,
): Plant {
  const { n, gates } = network
  const flows = gateFlows(network, heat)
  const eta = flows[0].map((kw, k) => firstMarginal(qp, k, kw))
  const level = Math.max(usualLevel(qp, eta, shortage), isTold ? 0 : SCARCE * comfortBid(qp))
  const sizeKw = Math.max(1e-6, meanAmount(flows[0]))
  const pull = new Float64Array(n).fill(PULL * level)
  const least = leastFlows(network)
  gates.forEach((gate, i) => {
    drawInside(gate, flows[i], least[i])
  })
  const supply =
    qp.sources.length > 0 ? startSupply(qp, flows[0], eta, shortage, PULL * level, sizeKw) : undefined
  if (supply) flows[0].set(madeHeat(supply))
  const states = gates.map((gate, i) => {
    const size = Math.max(1e-6, meanAmount(flows[i]))
    const rows = gate.limits.map((limit) =>
      createLimitRow(limit, { z: flows[i], anyway: least[i] }, pull, size),
    )
    return createGateState(gate, size, flows[i], new Float64Array(n), rows, dense)
  })
  const peak = qp.peakEurPerKw > 0 ? createPeak(qp.peakEurPerKw, states[0].z) : undefined
  const emissions =
    supply && qp.co2CapKg < Number.POSITIVE_INFINITY ? startEmissions(qp, supply, level, shortage) : undefined
  states.forEach(({ gate, price, rows }, i) => {
    if (i > 0) priceDownstream(gate.way, states[gate.parent].price, price)
    else if (supply) price.set(eta)
    for (let k = 0; k < n; k++) {
      if (i === 0 && peak) price[k] += peak.below.z[k]
      for (const { limit, kept } of rows) price[k] += limit.side * kept.z[k]
    }
  })
  const barriers: Barrier[] = states.flatMap(({ rows }) =>
    rows.flatMap(({ positive, kept }) => [positive, kept]),
  )
  if (supply) barriers.push(...supply.blocks.flatMap(({ empty, full }) => [empty, full]))
  if (peak) barriers.push(peak.below)
  if (emissions) barriers.push(emissions.excess, emissions.kept)
  const passed = dense.take(n * n)
  return { n, gates: states, dense, passed, supply, peak, emissions, barriers, scaleEur: level * sizeKw }
}

/** The source that is always there: at a price that no other reaches, without limit. */
export function shortageSource(n: number, eurPerKw: number): HeatSource {
  const row = (value: number) => new Float64Array(n).fill(value)
  return { capKw: row(Number.POSITIVE_INFINITY), eurPerKw: row(eurPerKw), slope: row(0), kgPerKw: row(0) }
}

// A flow beyond all sources starts at the price of the last of them, not at that of shortage.
function firstMarginal({ sources }: FleetQp, k: number, kw: number): number {
  let capacity = 0
  for (const source of sources) capacity += source.capKw[k]
  return cheapestShares(sources, k, Math.max(0, Math.min(kw, 0.95 * capacity)), 0).eta
}

/** What rooms bid for a kilowatt, EUR/kW a step: what it does to the air within its step, by the weight of comfort. */
function comfortBid({ members }: FleetQp): number {
  let bid = 0
  for (const { qp } of members) bid += (meanAmount(qp.w1Lo) * Math.abs(qp.b[0])) / members.length
  return Number.isFinite(bid) ? bid : 0
}

/** A usual price of heat, EUR/kW a step, never zero. */
function usualLevel(qp: FleetQp, eta: Float64Array, shortage: HeatSource): number {
  let own = 0
  for (const { qp: member } of qp.members) own += meanAmount(member.price) / qp.members.length
  const ofHeat = Math.max(meanAmount(eta), Number.isFinite(own) ? own : 0)
  return Math.max(ofHeat + qp.peakEurPerKw / qp.n, 1e-6 * shortage.eurPerKw[0])
}

function startSupply(
  qp: FleetQp,
  flow: Float64Array,
  eta: Float64Array,
  shortage: HeatSource,
  spread: number,
  sizeKw: number,
) {
  const supply = createSupply(qp.sources, shortage, qp.n)
  for (let k = 0; k < qp.n; k++) {
    const { y } = cheapestShares(qp.sources, k, Math.max(0, flow[k]), 0)
    supply.blocks.forEach((block, j) => {
      const cap = Math.min(block.source.capKw[k], 2 * sizeKw)
      // A shut source stays absent.
      if (!(cap > 1e-9 * sizeKw)) return
      const off = OFF_THE_ENDS * cap
      // What is bought in need starts as small as its price is high.
      const need = (off * spread) / shortage.eurPerKw[k]
      const inside = j < y.length ? Math.max(off, Math.min(y[j], block.source.capKw[k] - off)) : need
      placeBlock(block, k, inside, eta[k], spread)
    })
  }
  return supply
}

function madeHeat({ n, blocks }: Supply): Float64Array {
  const z = new Float64Array(n)
  for (const { sign, y } of blocks) for (let k = 0; k < n; k++) z[k] += sign * y[k]
  return z
}

function startEmissions(qp: FleetQp, supply: Supply, level: number, shortage: HeatSource) {
  let kg = 0
  let heat = 0
  let most = 0
  for (const { source, y } of supply.blocks) {
    for (let k = 0; k < qp.n; k++) {
      kg += source.kgPerKw[k] * y[k]
      heat += y[k]
      most = Math.max(most, Math.abs(source.kgPerKw[k]))
    }
  }
  const usual = (PULL * level * heat) / Math.max(kg, 1e-9 * heat)
  const eurPerKg = shortage.eurPerKw[0] / Math.max(most, 1e-9)
  return createEmissions(qp.n, qp.co2CapKg, eurPerKg, kg, Math.min(usual, 0.1 * eurPerKg))
}

/** No plan goes below what nobody steers, even where that is more than a limit allows. */
function drawInside({ limits }: Gate, z: Float64Array, least: Float64Array): void {
  for (const { side, kw } of limits) {
    for (let k = 0; k < z.length; k++) {
      if (!Number.isFinite(kw[k])) continue
      const edge = kw[k] - side * INSIDE * Math.abs(kw[k])
      z[k] = side > 0 ? Math.min(z[k], Math.max(edge, least[k])) : Math.max(z[k], edge)
    }
  }
}

function meanAmount(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += Math.abs(value)
  return sum / values.length
}
