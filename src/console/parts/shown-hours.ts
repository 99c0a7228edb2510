import type { FleetPlan } from '../api-types.ts'

const HOUR_MS = 3_600_000

/** Half a day back and all of the plan; on a phone a quarter and one day. */
export function shownHours(plan: FleetPlan | null, isNarrow: boolean): { from: number; to: number } {
  if (!plan) return { from: 0, to: 0 }
  const end = plan.start + plan.heatKw.length * plan.stepMs
  if (isNarrow) return { from: plan.start - 6 * HOUR_MS, to: Math.min(end, plan.start + 24 * HOUR_MS) }
  return { from: plan.start - 12 * HOUR_MS, to: end }
}
