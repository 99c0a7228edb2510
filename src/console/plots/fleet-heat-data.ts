import type uPlot from 'uplot'
import type { FleetPlan } from '../api-types.ts'

/** Time, measured, planned and curve kW on one axis: history up to the plan's first slot, then the plan. */
export function fleetHeatData(plan: FleetPlan, from: number, to: number): uPlot.AlignedData {
  const { history, start, stepMs } = plan
  const past = history.at.flatMap((at, index) => (at >= from && at < start ? [index] : []))
  const ahead = plan.heatKw.flatMap((_, slot) => (start + slot * stepMs <= to ? [slot] : []))
  const measured = past.map((index) => history.heatKw[index] ?? null)
  return [
    [...past.map((index) => history.at[index] ?? 0), ...ahead.map((slot) => start + slot * stepMs)],
    // The last measured slot lasts until the plan's first, so its step ends there.
    [...measured, ...ahead.map((_, slot) => (slot === 0 ? (measured.at(-1) ?? null) : null))],
    [...past.map(() => null), ...ahead.map((slot) => plan.heatKw[slot] ?? null)],
    [
      ...past.map((index) => history.curveHeatKw[index] ?? null),
      ...ahead.map((slot) => plan.curveHeatKw[slot] ?? null),
    ],
  ]
}
