import { dualPoint } from '../dual-point.ts'
import { gateFlows, leastFlows } from '../flows.ts'
import { findNetwork, type Network } from '../gates.ts'
import { type Plant, plantSize } from '../plant.ts'
import { startPlant } from '../start-plant.ts'
import { placeNear } from '../warm-plant.ts'
import type { PricePlan, PriceSearch } from './price-search.ts'
import { type AffineAnswer, settlePlant } from './settle-plant.ts'

// A plant that starts near earlier prices: complementarity as a share of one step's heat.
const NEAR = 1e-3

/** The plant's best plan against buildings that answer prices so, caps lower by the margin of each gate; undefined where there is none. */
export function planPlant(
  search: PriceSearch,
  members: AffineAnswer,
  marginKw: readonly number[],
): PricePlan | undefined {
  const { network, shortage } = search
  const tight = marginKw.some((kw) => kw > 0) ? tightened(search, marginKw) : network
  const plant = settled(search, tight, members, true) ?? settled(search, tight, members, false)
  if (!plant) return undefined
  const dual = dualPoint(plant, shortage)
  // The bound is one on the caps as they are.
  const gates = plant.gates.map((state, g) => ({
    ...state,
    rows: state.rows.map((row, i) => ({ ...row, limit: network.gates[g].limits[i] })),
  }))
  return { plant: { ...plant, gates }, dual }
}

function settled(
  { qp, shortage, dense }: PriceSearch,
  network: Network,
  members: AffineAnswer,
  isWarm: boolean,
): Plant | undefined {
  const { heat, prices } = members
  const room = dense(plantSize(network.gates.length, qp.n))
  const plant = startPlant(qp, network, heat, shortage, room)
  const tau = (NEAR * plant.scaleEur) / (8 * qp.n)
  if (isWarm)
    placeNear(qp, plant, { usual: gateFlows(network, heat), least: leastFlows(network) }, prices, tau)
  const isSettled = settlePlant(plant, members)
  room.release()
  return isSettled ? plant : undefined
}

function tightened({ qp, network, shortage }: PriceSearch, marginKw: readonly number[]): Network {
  const nodes = qp.nodes.map((node, i) => {
    const g = network.gates.findIndex((gate) => gate.node === i)
    return g < 0 ? node : { ...node, capKw: node.capKw.map((kw) => kw - marginKw[g]) }
  })
  return findNetwork({ ...qp, nodes }, shortage.eurPerKw[0])
}
