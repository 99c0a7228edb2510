import type { FleetQp, FlowLimit } from './fleet-qp.ts'
import { addUpstream, HERE, joinWays, type Way } from './ways.ts'

/**
 * The network without its idle nodes. A gate is a node whose flow something limits, and the plant; every other node's
 * members and load count at the gate nearest to it on the way to the plant.
 */
export interface Network {
  readonly n: number
  /** Parents before children; gate 0 is the plant. */
  readonly gates: readonly Gate[]
  /** Of each node: the gate at which it counts, and the way there. */
  readonly places: readonly Place[]
}

export interface Gate {
  readonly node: number
  /** −1 for the plant. */
  readonly parent: number
  /** To the parent. */
  readonly way: Way
  readonly fixedKw: Float64Array
  readonly limits: readonly Limit[]
}

export interface Place {
  readonly gate: number
  readonly way: Way
}

/** A limit at a price: a cap is one whose price nothing else can reach. */
export interface Limit {
  /** 1: at most; −1: at least. */
  readonly side: 1 | -1
  /** Infinite where it does not hold. */
  readonly kw: Float64Array
  readonly eurPerKw: number
}

export function findNetwork(qp: FleetQp, shortageEurPerKw: number): Network {
  const gates: Gate[] = []
  const places: Place[] = []
  qp.nodes.forEach((node, i) => {
    const up = places[node.parent]
    const edge: Way = { scale: 1 + node.lossRatio, shift: node.delaySteps % qp.n }
    const limits = limitsAt(qp, i, shortageEurPerKw)
    let place: Place = up ? { gate: up.gate, way: joinWays(edge, up.way, qp.n) } : { gate: -1, way: HERE }
    if (i === 0 || limits.length > 0) {
      gates.push({ node: i, parent: place.gate, way: place.way, fixedKw: new Float64Array(qp.n), limits })
      place = { gate: gates.length - 1, way: HERE }
    }
    places.push(place)
    addUpstream(place.way, node.fixedKw, gates[place.gate].fixedKw)
  })
  return { n: qp.n, gates, places }
}

function limitsAt(qp: FleetQp, node: number, shortageEurPerKw: number): Limit[] {
  const { capKw } = qp.nodes[node]
  const cap: Limit[] = capKw.some(Number.isFinite) ? [{ side: 1, kw: capKw, eurPerKw: shortageEurPerKw }] : []
  return [
    ...cap,
    ...qp.limits.filter((limit) => limit.node === node && limit.kw.some(Number.isFinite)).map(asLimit),
  ]
}

function asLimit({ side, kw, eurPerKw }: FlowLimit): Limit {
  return { side: side === 'at-most' ? 1 : -1, kw, eurPerKw }
}

/** Whether anything ties the buildings to one another. */
export function isCoupled(qp: FleetQp, network: Network): boolean {
  return qp.sources.length > 0 || qp.peakEurPerKw > 0 || network.gates.some(({ limits }) => limits.length > 0)
}
