import { SLOT_MS, slotStart } from '../core/domain/instant.ts'
import type { BuildingPlan } from '../core/domain/plan.ts'
import type { PlanJob, Schedule } from '../core/plan/plan-job.ts'

// What an older plan says of now was thought of a day that has changed since.
const OLDEST_SLOTS = 8

/** An earlier plan on the grid of this job, its last slot going on to the end; undefined where it is too old. */
export function laterSchedule(plan: BuildingPlan | undefined, job: PlanJob): Schedule | undefined {
  if (!plan) return undefined
  const skip = (job.start - plan.start) / SLOT_MS
  // By when it was made: one that went on before begins anew each time.
  const ageSlots = (job.start - slotStart(plan.madeAt)) / SLOT_MS
  if (!(skip >= 0 && ageSlots <= OLDEST_SLOTS && skip < plan.heatKw.length)) return undefined
  const later = (row: Float64Array) =>
    Float64Array.from(job.eurPerKwh, (_, k) => row[Math.min(k + skip, row.length - 1)]!)
  const { reason: _, ...schedule } = plan
  return {
    ...schedule,
    start: job.start,
    heatKw: later(plan.heatKw),
    indoorC: later(plan.indoorC),
    curveHeatKw: job.curveHeatKw,
    eurPerKwh: job.eurPerKwh,
  }
}
