import { parentPort } from 'node:worker_threads'
import { createWorkspace } from '../../core/math/workspace.ts'
import { planBuilding } from '../../core/plan/plan-building.ts'
import type { PlanJob } from '../../core/plan/plan-job.ts'

/** One request to a planner thread; answers come back in the order of the jobs. */
export interface PlanRequest {
  readonly id: number
  readonly jobs: readonly PlanJob[]
}

const workspace = createWorkspace(4 * 96)

parentPort?.on('message', ({ id, jobs }: PlanRequest) => {
  const started = performance.now()
  const plans = jobs.map((job) => planBuilding(job, workspace))
  parentPort?.postMessage({ id, plans, ms: performance.now() - started })
})
