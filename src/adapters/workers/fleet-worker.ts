import { parentPort } from 'node:worker_threads'
import { solveFleetQp } from '../../core/math/fleet/solve-fleet-qp.ts'
import type { FleetJob } from '../../core/plan/fleet-job.ts'
import { planFleet } from '../../core/plan/plan-fleet.ts'

export interface FleetRequest {
  readonly id: number
  readonly job: FleetJob
}

parentPort?.on('message', async ({ id, job }: FleetRequest) => {
  const started = performance.now()
  const plan = await planFleet(job, solveFleetQp)
  parentPort?.postMessage({ id, plan, ms: performance.now() - started })
})
