import { parentPort, workerData } from 'node:worker_threads'
import type { FleetQp, FleetQpResult, FleetQpSettings } from '../../core/math/fleet/fleet-qp.ts'
import type { Network } from '../../core/math/fleet/gates.ts'
import { packMembers } from '../../core/math/fleet/price-sqp/packed-members.ts'
import { type CityEngine, solveFleetQp } from '../../core/math/fleet/solve-fleet-qp.ts'
import type { FleetJob, FleetMishap, FleetPlan } from '../../core/plan/fleet-job.ts'
import { planFleet } from '../../core/plan/plan-fleet.ts'
import { type Attempt, firstProven } from './first-proven.ts'
import { createFleetShards, type FleetShards } from './fleet-shards.ts'
import { loadDense, loadFleetMembers, loadFleetSweeps } from './load-kernel.ts'
import { type Patience, sharedPatienceMs } from './patience.ts'
import { createShardRest } from './shard-rest.ts'

export interface FleetRequest {
  readonly id: number
  readonly job: FleetJob
}

export interface FleetWorkerData {
  /** How many threads may share a fleet. */
  readonly threads: number
  /** And how many buildings it must have for that. */
  readonly worthSharing: number
  /** And how many to be searched for its prices: fewer are sooner solved together. */
  readonly worthSweeping: number
  readonly patience: Patience
  /** What the threads run. */
  readonly shardFile?: string | undefined
}

// The readable solver takes about five times as long: of more buildings a plan with a larger gap, soon, is worth more.
const REFERENCE_MOST = 2000
// The interior point over all needs a hundred kilobytes a building.
const SAFEGUARD_MOST = 30_000
const MOST_FLAT = 0.05

const { threads, worthSharing, worthSweeping, patience, shardFile }: FleetWorkerData = workerData
const createMembers = loadFleetMembers()
const dense = loadDense()
const createSweeps = loadFleetSweeps()
const rest = createShardRest()
let shards: FleetShards | undefined

parentPort?.on('message', async ({ id, job }: FleetRequest) => {
  const started = performance.now()
  const plan = await told(job)
  parentPort?.postMessage({ id, plan, ms: performance.now() - started })
})

async function told(job: FleetJob): Promise<FleetPlan> {
  let mishaps: readonly FleetMishap[] = []
  const plan = await planFleet(job, async (qp, settings) => {
    const proven = await firstProven(attempts(qp, settings))
    mishaps = proven.mishaps
    return proven.result
  })
  return mishaps.length > 0 ? { ...plan, mishaps } : plan
}

/** Shared among threads where that pays; in this one where they fail; by the reference at last. */
function attempts(qp: FleetQp, settings: FleetQpSettings): Attempt[] {
  const size = qp.members.length
  const isShared = threads > 1 && size >= worthSharing && rest.isOver()
  const earlier = settings.warmStart?.u
  const members = (network: Network) => createMembers(qp.members, network, earlier)
  const sweep = createSweeps
  const alone = sweep && cityOf(qp, (network) => sweep(packMembers(qp.members), network, earlier))
  return [
    ...(isShared ? [{ by: 'shard', run: () => solveShared(qp, settings) } as const] : []),
    { by: 'kernel', run: () => solveFleetQp(qp, settings, { members, dense, ...alone }) },
    ...(size <= REFERENCE_MOST ? [{ by: undefined, run: () => solveFleetQp(qp, settings) }] : []),
  ]
}

async function solveShared(qp: FleetQp, settings: FleetQpSettings): Promise<FleetQpResult> {
  shards ??= createFleetShards(threads, shardFile && new URL(shardFile))
  const own = shards
  const limitMs = sharedPatienceMs(patience, qp.members.length)
  const { u } = settings.warmStart ?? {}
  const members = (network: Network) => own.load(qp.members, network, u, limitMs)
  const city = createSweeps && cityOf(qp, (network) => own.gather(qp.members, network, u, limitMs))
  try {
    const result = await solveFleetQp(qp, settings, { members, dense, ...city })
    rest.held()
    return result
  } catch (error) {
    rest.lost()
    throw error
  }
}

/** Present for a fleet large enough and, but for a few, of buildings whose heat does not jump with its price. */
function cityOf({ members }: FleetQp, sweeps: CityEngine['sweeps']): { readonly city?: CityEngine } {
  const size = members.length
  if (size < worthSweeping) return {}
  const flat = members.reduce((count, { qp }) => count + (qp.wr > 0 ? 0 : 1), 0)
  if (flat > MOST_FLAT * size) return {}
  return { city: { sweeps, core: createMembers, isSafeguarded: size <= SAFEGUARD_MOST } }
}
