import { SLOT_HOURS } from '../domain/instant.ts'
import type { BuildingQp } from '../math/building-qp.ts'
import type {
  FleetMember,
  FleetQp,
  FleetQpResult,
  FleetQpSettings,
  FleetWarmStart,
  NetworkNode,
} from '../math/fleet/fleet-qp.ts'
import { isPlannable } from '../math/fleet/plannable.ts'
import type { FleetJob, FleetPlan } from './fleet-job.ts'
import { buildingTask, readPlan } from './plan-building.ts'
import type { PlanJob } from './plan-job.ts'

export type FleetSolver = (qp: FleetQp, settings: FleetQpSettings) => Promise<FleetQpResult>

export const FLEET_SETTINGS: FleetQpSettings = { gap: 1e-4, maxIterations: 60 }

/**
 * The plan of all buildings and stores as one plant, with what is proven of it. Where nothing ties them together each
 * is planned for itself, in the same code. Rejects only where the solver does.
 */
export async function planFleet(job: FleetJob, solve: FleetSolver): Promise<FleetPlan> {
  const { qp, warmStart } = fleetTask(job)
  const result = await solve(qp, warmStart ? { ...FLEET_SETTINGS, warmStart } : FLEET_SETTINGS)
  return readFleetPlan(job, result)
}

/** What the solver is asked, and where it may start. */
export function fleetTask(job: FleetJob): { readonly qp: FleetQp; readonly warmStart?: FleetWarmStart } {
  const outbidEurPerKw = job.objective === 'owner' && isTied(job) ? dearestFee(job) : undefined
  const tasks = job.members.map(({ job: own }) => buildingTask(felt(own, job.objective), outbidEurPerKw))
  const members = [
    ...job.members.map(({ node, weight }, i): FleetMember => {
      return { node, qp: weighted(tasks[i].qp, weight, job.objective) }
    }),
    ...job.stores.map(({ store, node }): FleetMember => ({ node, qp: store.qp })),
  ]
  const nodes = nodesWithMembers(job, members)
  const { sources, limits, peakEurPerKw, co2CapKg } = job
  const served = job.objective === 'system' ? sources : []
  const qp = { n: nodes[0].fixedKw.length, members, nodes, sources: served, limits, peakEurPerKw, co2CapKg }
  if (!job.earlierEurPerKwh) return { qp }
  const nodePrice = job.earlierEurPerKwh.map((row) => row.map((eur) => eur * SLOT_HOURS))
  return {
    qp,
    warmStart: {
      nodePrice,
      u: [...tasks.map(({ warmStart }) => warmStart), ...job.stores.map(() => undefined)],
    },
  }
}

/** A fee is paid by the owner to the utility: a system has no cost of it. */
function felt(job: PlanJob, objective: FleetJob['objective']): PlanJob {
  return objective === 'system' ? { ...job, powerFee: undefined } : job
}

function isTied({ nodes, limits, peakEurPerKw }: FleetJob): boolean {
  return limits.length > 0 || peakEurPerKw > 0 || nodes.some(({ capKw }) => capKw.some(Number.isFinite))
}

/** What is scarce goes by comfort: were only some rooms held against a fee, those of who pays none would freeze. */
function dearestFee({ members }: FleetJob): number {
  return members.reduce((most, { job }) => Math.max(most, job.powerFee?.eurPerKw ?? 0), 0)
}

/** In a system the price is the network's; what a building expected of it stays in the worth of its comfort. */
function weighted(qp: BuildingQp, weight: number, objective: FleetJob['objective']): BuildingQp {
  return {
    ...qp,
    price: objective === 'system' ? new Float64Array(qp.n) : qp.price,
    w1Lo: qp.w1Lo.map((eur) => weight * eur),
    w2Lo: weight * qp.w2Lo,
  }
}

/**
 * Adds what no plan takes away: the least of each actuator; of who cannot be planned its curve, as far as its actuator
 * reaches, for that is of the same mad model; a store's discharge.
 */
function nodesWithMembers(job: FleetJob, members: readonly FleetMember[]): NetworkNode[] {
  const nodes = job.nodes.map((node) => ({ ...node, fixedKw: node.fixedKw.slice() }))
  job.members.forEach(({ job: own, node }, i) => {
    const isPlanned = isPlannable(members[i].qp)
    const { fixedKw } = nodes[node]
    for (let k = 0; k < fixedKw.length; k++) {
      const anyway = isPlanned ? own.minHeatKw[k] : Math.min(own.curveHeatKw[k], own.maxHeatKw[k])
      fixedKw[k] += Number.isFinite(anyway) ? anyway : 0
    }
  })
  for (const { store, node } of job.stores) {
    const { fixedKw } = nodes[node]
    for (let k = 0; k < fixedKw.length; k++) fixedKw[k] += store.fixedKw
  }
  return nodes
}

function readFleetPlan(job: FleetJob, result: FleetQpResult): FleetPlan {
  const { members, flowKw, sourceKw, status, iterations, gap, violation, limitExcessKw, co2ExcessKg } = result
  const first = job.members.length
  const schedules = job.members.map((member, i) => readPlan(member.job, members[i]))
  const isLeftOut = (i: number) => status !== 'not-finite' && members[i].status === 'not-finite'
  return {
    schedules,
    stores: job.stores.map((_, i) => ({ u: members[first + i].u, ti: members[first + i].ti })),
    nodeEurPerKwh: result.nodePrice.map((row) => row.map((eur) => eur / SLOT_HOURS)),
    flowKw,
    sourceKw,
    certificate: {
      ...{
        status,
        iterations,
        upperEur: result.upper,
        lowerEur: result.lower,
        gap,
        violation,
        limitExcessKw,
        co2ExcessKg,
      },
      excluded: schedules.filter((_, i) => isLeftOut(i)).map(({ building }) => building),
    },
  }
}
