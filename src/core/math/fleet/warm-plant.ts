import type { Barrier } from './barrier.ts'
import type { Emissions, Peak } from './border.ts'
import type { FleetQp } from './fleet-qp.ts'
import { centralExcess, type LimitRow, placeCentral } from './limit-rows.ts'
import { cheapestShares } from './merit-order.ts'
import type { Plant } from './plant.ts'
import type { Block, Supply } from './supply.ts'
import { priceDownstream } from './ways.ts'

/** By gate: the flows of the earlier plan, and those that are left when nobody who is planned takes heat. */
interface EarlierFlows {
  readonly usual: readonly Float64Array[]
  readonly least: readonly Float64Array[]
}

/**
 * Moves a plant to where z g = tau for every inequality, as near as may be to the flows of an earlier plan and to its
 * prices by gate. What a price has beyond the sources' marginal cost is what a limit adds to it: there the flow starts
 * at that limit.
 */
export function placeNear(
  qp: FleetQp,
  plant: Plant,
  flows: EarlierFlows,
  earlier: readonly Float64Array[],
  tau: number,
): void {
  const { n, gates, peak, supply, emissions } = plant
  gates.forEach(({ gate, z, price, rows }, i) => {
    z.set(flows.usual[i])
    if (i > 0) priceDownstream(gate.way, gates[gate.parent].price, price)
    else price.fill(0)
    if (i === 0 && supply) placeSources(qp, plant, flows.usual[0], tau)
    if (i === 0 && supply && emissions) placeEmissions(emissions, qp.co2CapKg - emittedKg(supply), tau)
    if (i === 0 && peak) placePeak(peak, z, price, tau)
    for (let k = 0; k < n; k++) {
      const tightest = tightestAt(rows, z[k], k)
      const beyond = earlier[i][k] - price[k]
      for (const row of rows) {
        if (row !== tightest) placeRow(row, k, { z, least: flows.least[i] }, 0, tau)
      }
      if (tightest) placeRow(tightest, k, { z, least: flows.least[i] }, beyond, tau)
      for (const row of rows) price[k] += row.limit.side * row.kept.z[k]
    }
  })
}

/** The cheapest shares of the flow, off their ends by as much as tau asks; leaves the flow they make and its price. */
function placeSources(qp: FleetQp, { n, gates, supply }: Plant, flow: Float64Array, tau: number): void {
  const { z, price } = gates[0]
  for (let k = 0; k < n; k++) {
    const { y, eta } = cheapestShares(qp.sources, k, Math.max(0, flow[k]), 0)
    z[k] = 0
    supply?.blocks.forEach((block, j) => {
      if (block.empty.z[k] === 0) return
      placeNearShare(block, k, y[j] ?? 0, eta, tau)
      z[k] += block.sign * block.y[k]
    })
    price[k] = eta
  }
}

function emittedKg({ n, blocks }: Supply): number {
  let kg = 0
  for (const { source, y } of blocks) for (let k = 0; k < n; k++) kg += source.kgPerKw[k] * y[k]
  return kg
}

/** Centred at what the sources emit, for the steps that follow never look at it again. */
function placeEmissions({ eurPerKg, excess, kept }: Emissions, roomKg: number, tau: number): void {
  const s = centralExcess(eurPerKg, roomKg, tau)
  put(excess, 0, s, tau)
  put(kept, 0, s + roomKg, tau)
}

// A source starts at most this share of its size away from its ends.
const MOST_OFF = 0.05

function placeNearShare(
  { source, sign, y, empty, full }: Block,
  k: number,
  share: number,
  eta: number,
  tau: number,
) {
  const cap = source.capKw[k]
  const tilt = source.eurPerKw[k] + source.slope[k] * share - sign * eta
  // A slope holds a source that is about to start, or to be full, this far from its end.
  const bend = Math.sqrt(tau * source.slope[k])
  const low = Math.min(MOST_OFF * cap, tau / Math.max(tilt, bend))
  const high = cap - Math.min(MOST_OFF * cap, tau / Math.max(-tilt, bend))
  y[k] = cap === Number.POSITIVE_INFINITY ? Math.max(low, share) : Math.max(low, Math.min(share, high))
  empty.g[k] = y[k]
  empty.z[k] = Math.max(0, tilt) + tau / y[k]
  if (cap === Number.POSITIVE_INFINITY) return
  full.g[k] = cap - y[k]
  full.z[k] = Math.max(0, -tilt) + tau / full.g[k]
}

const HALVINGS = 60

/** The height at which Σ tau / (P − z) is the peak's price. */
function placePeak(peak: Peak, z: Float64Array, price: Float64Array, tau: number): void {
  let largest = 0
  for (const kw of z) largest = Math.max(largest, kw)
  let [low, high] = [0, (z.length * tau) / peak.eurPerKw]
  const sumAt = (room: number) => z.reduce((sum, kw) => sum + tau / (largest + room - kw), 0)
  for (let i = 0; i < HALVINGS; i++) {
    const middle = 0.5 * (low + high)
    if (sumAt(middle) > peak.eurPerKw) low = middle
    else high = middle
  }
  peak.kw = largest + high
  for (let k = 0; k < z.length; k++) {
    put(peak.below, k, peak.kw - z[k], tau)
    price[k] += peak.below.z[k]
  }
}

// No limit starts at more than this share of its price.
const MOST_SHARE = 0.9

/** The limit that a price beyond the sources' is from: the one with the least room, if there is any. */
function tightestAt(rows: readonly LimitRow[], kw: number, k: number): LimitRow | undefined {
  let least = Number.POSITIVE_INFINITY
  let tightest: LimitRow | undefined
  for (const row of rows) {
    const room = row.limit.side * (row.limit.kw[k] - kw)
    if (row.kept.z[k] === 0 || room >= least) continue
    least = room
    tightest = row
  }
  return tightest
}

// A flow moves to a limit that the earlier price was from where it is within this share of it.
const NEAR = 0.03
// What goes beyond a limit that nothing was paid for moves this share of it inside.
const INSIDE = 0.01

/**
 * Centred at the flow; or, where the flow is near the limit or beyond it, at the limit's part in the earlier price: a
 * load that has grown is met by who can shift, long before the limit is broken at its price.
 */
function placeRow(
  row: LimitRow,
  k: number,
  { z, least }: { readonly z: Float64Array; readonly least: Float64Array },
  beyond: number,
  tau: number,
): void {
  const { limit, positive, kept } = row
  if (kept.z[k] === 0) return
  const { side, eurPerKw } = limit
  const size = Math.abs(limit.kw[k])
  const room = side * (limit.kw[k] - z[k])
  const paid = side * beyond
  const pull = Math.max(Math.min(MOST_SHARE * eurPerKw, paid), tau / (INSIDE * size + 1e-6))
  const [excess, left] = [tau / (eurPerKw - pull), tau / pull]
  const isKeepable = paid < MOST_SHARE * eurPerKw && (side < 0 || least[k] < limit.kw[k])
  const isNear = paid > 0 && Math.abs(left - excess - room) <= NEAR * size
  if (!isNear && !(isKeepable && room < left - excess)) {
    placeCentral(row, k, room, tau)
    return
  }
  put(positive, k, excess, tau)
  put(kept, k, left, tau)
  z[k] = limit.kw[k] - side * (left - excess)
}

function put({ g, z }: Barrier, k: number, value: number, tau: number): void {
  g[k] = value
  z[k] = tau / value
}
