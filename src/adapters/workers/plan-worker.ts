import { parentPort } from 'node:worker_threads'
import { planBuildings } from '../../core/plan/plan-buildings.ts'
import type { PlanJob } from '../../core/plan/plan-job.ts'
import { loadBuildingKernel } from './load-kernel.ts'

/** One request to a planner thread; answers come back in the order of the jobs. */
export interface PlanRequest {
  readonly id: number
  readonly jobs: readonly PlanJob[]
}

const kernel = loadBuildingKernel()

parentPort?.on('message', ({ id, jobs }: PlanRequest) => {
  const started = performance.now()
  const plans = planBuildings(jobs, kernel)
  parentPort?.postMessage({ id, plans, ms: performance.now() - started })
})
