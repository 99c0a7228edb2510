import type { BuildingKernel } from '../math/kernel/building-kernel.ts'
import { buildingTask, PLAN_SETTINGS, readPlan } from './plan-building.ts'
import type { PlanJob, Schedule } from './plan-job.ts'

/** Plans of buildings that have nothing to do with one another, in the order of their jobs. See `planBuilding`. */
export function planBuildings(jobs: readonly PlanJob[], kernel: BuildingKernel): Schedule[] {
  const results = kernel.solve(jobs.map(buildingTask), PLAN_SETTINGS)
  return jobs.map((job, k) => readPlan(job, results[k]))
}
