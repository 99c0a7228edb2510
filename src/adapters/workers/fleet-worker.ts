import { parentPort, workerData } from 'node:worker_threads'
import type { FleetQp, FleetQpResult, FleetQpSettings } from '../../core/math/fleet/fleet-qp.ts'
import type { Network } from '../../core/math/fleet/gates.ts'
import { solveFleetQp } from '../../core/math/fleet/solve-fleet-qp.ts'
import type { FleetJob } from '../../core/plan/fleet-job.ts'
import { planFleet } from '../../core/plan/plan-fleet.ts'
import { createFleetShards, type FleetShards } from './fleet-shards.ts'
import { loadDense, loadFleetMembers } from './load-kernel.ts'

export interface FleetRequest {
  readonly id: number
  readonly job: FleetJob
}

/** How many threads may share a fleet. */
export interface FleetWorkerData {
  readonly threads: number
}

// Fewer buildings are sooner solved than shared.
const WORTH_SHARING = 200

const { threads }: FleetWorkerData = workerData
const createMembers = loadFleetMembers()
const dense = loadDense()
let shards: FleetShards | undefined

parentPort?.on('message', async ({ id, job }: FleetRequest) => {
  const started = performance.now()
  const plan = await planFleet(job, solve)
  parentPort?.postMessage({ id, plan, ms: performance.now() - started })
})

/** Shared among threads where that pays; in this one where a thread dies over it; by the reference at last. */
async function solve(qp: FleetQp, settings: FleetQpSettings): Promise<FleetQpResult> {
  if (threads > 1 && qp.members.length >= WORTH_SHARING) {
    const shared = await solveShared(qp, settings).catch(() => undefined)
    if (shared?.status === 'solved') return shared
  }
  const earlier = settings.warmStart?.u
  const members = (network: Network) => createMembers(qp.members, network, earlier)
  const compiled = await solveFleetQp(qp, settings, { members, dense })
  return compiled.status === 'solved' ? compiled : solveFleetQp(qp, settings)
}

function solveShared(qp: FleetQp, settings: FleetQpSettings): Promise<FleetQpResult> {
  shards ??= createFleetShards(threads)
  const own = shards
  const members = (network: Network) => own.load(qp.members, network, settings.warmStart?.u)
  return solveFleetQp(qp, settings, { members, dense })
}
