import type { BuildingQpResult } from '../building-qp.ts'
import { expectedBill } from '../expected-bill.ts'
import { notFinite } from '../solve-building-qp.ts'
import type { FleetQp, FleetQpResult } from './fleet-qp.ts'
import type { Network } from './gates.ts'
import type { Ended } from './solve-fleet-qp.ts'
import { addUpstream, priceDownstream } from './ways.ts'

export function readFleetPlan(
  qp: FleetQp,
  { places, gates }: Network,
  { status, iterations, certificate, dual }: Ended,
  members: readonly BuildingQpResult[],
): FleetQpResult {
  const { upper, lower, bill, sourceKw, co2ExcessKg } = certificate
  const gap = (upper - lower) / bill
  // Finite input can still be too large to calculate with.
  if (!Number.isFinite(gap)) return withoutPlan(qp)
  const nodePrice = places.map(({ gate, way }) => {
    const price = new Float64Array(qp.n)
    priceDownstream(way, dual.prices[gate], price)
    return price
  })
  const violation = qp.nodes.map(() => 0)
  gates.forEach(({ node }, i) => {
    violation[node] = certificate.violation[i]
  })
  const flowKw = nodeFlows(qp, members)
  return {
    status,
    iterations,
    members,
    nodePrice,
    flowKw,
    sourceKw,
    upper,
    lower,
    gap,
    violation,
    limitExcessKw: limitExcesses(qp, flowKw),
    co2ExcessKg,
  }
}

/** Each building for itself: the network adds nothing to their prices, and their gaps add up. */
export function uncoupledPlan(qp: FleetQp, members: readonly BuildingQpResult[]): FleetQpResult {
  let [upper, slack, bill, iterations] = [0, 0, 0, 0]
  let solved = true
  members.forEach((member, i) => {
    if (member.status === 'not-finite') return
    const { qp: own } = qp.members[i]
    const ownBill = expectedBill(own, { u: member.u, top: own.uMax.map((kw) => Math.max(0, kw)) })
    upper += member.objective
    slack += member.gap * ownBill
    bill += ownBill
    iterations = Math.max(iterations, member.iterations)
    solved &&= member.status === 'solved'
  })
  const zeros = () => new Float64Array(qp.n)
  return {
    status: solved ? 'solved' : 'max-iterations',
    iterations,
    members,
    nodePrice: qp.nodes.map(zeros),
    flowKw: nodeFlows(qp, members),
    sourceKw: [],
    upper,
    lower: upper - slack,
    gap: bill > 0 ? slack / bill : 0,
    violation: qp.nodes.map(() => 0),
    limitExcessKw: qp.limits.map(() => 0),
    co2ExcessKg: 0,
  }
}

function nodeFlows(qp: FleetQp, members: readonly BuildingQpResult[]): Float64Array[] {
  const flows: Float64Array[] = qp.nodes.map(({ fixedKw }) => fixedKw.slice())
  members.forEach(({ u }, i) => {
    const flow = flows[qp.members[i].node]
    for (let k = 0; k < qp.n; k++) flow[k] += u[k]
  })
  for (let i = flows.length - 1; i > 0; i--) {
    const { parent, lossRatio, delaySteps } = qp.nodes[i]
    addUpstream({ scale: 1 + lossRatio, shift: delaySteps % qp.n }, flows[i], flows[parent])
  }
  return flows
}

function limitExcesses({ n, limits }: FleetQp, flowKw: readonly Float64Array[]): number[] {
  return limits.map(({ node, side, kw }) => {
    const sign = side === 'at-most' ? 1 : -1
    let most = 0
    for (let k = 0; k < n; k++) most = Math.max(most, sign * (flowKw[node][k] - kw[k]))
    return most
  })
}

/** Numbers that cannot be calculated with give no plan, and no bound. */
export function withoutPlan(qp: FleetQp): FleetQpResult {
  const zeros = () => new Float64Array(qp.n)
  return {
    status: 'not-finite',
    iterations: 0,
    members: qp.members.map(() => notFinite(qp.n)),
    nodePrice: qp.nodes.map(zeros),
    flowKw: qp.nodes.map(zeros),
    sourceKw: qp.sources.map(zeros),
    upper: 0,
    lower: Number.NEGATIVE_INFINITY,
    gap: Number.POSITIVE_INFINITY,
    violation: qp.nodes.map(() => 0),
    limitExcessKw: qp.limits.map(() => 0),
    co2ExcessKg: 0,
  }
}
