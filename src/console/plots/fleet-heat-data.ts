import type uPlot from 'uplot'
import type { FleetPlan, HeatForecast } from '../api-types.ts'

type Column = (number | null)[]

/**
 * Time, measured, expected and curve kW, then the edges of the 80 % interval: history up to the plan's first slot,
 * then what the meters are expected to show.
 */
export function fleetHeatData(
  plan: FleetPlan,
  heat: HeatForecast | null,
  from: number,
  to: number,
): uPlot.AlignedData {
  const { history, start, stepMs } = plan
  const past = history.at.flatMap((at, index) => (at >= from && at < start ? [index] : []))
  const ahead = plan.heatKw.flatMap((_, slot) => (start + slot * stepMs <= to ? [slot] : []))
  const measured = past.map((index) => history.heatKw[index] ?? null)
  const none = past.map(() => null)
  // A forecast is made once an hour, so its first slots may be over.
  const foreseen = (values: readonly number[]): Column =>
    ahead.map((slot) => values[slot + (start - (heat?.start ?? 0)) / stepMs] ?? null)
  const planned = (values: readonly number[]): Column => ahead.map((slot) => values[slot] ?? null)
  return [
    [...past.map((index) => history.at[index] ?? 0), ...ahead.map((slot) => start + slot * stepMs)],
    // The last measured slot lasts until the plan's first, so its step ends there.
    [...measured, ...ahead.map((_, slot) => (slot === 0 ? (measured.at(-1) ?? null) : null))],
    [...none, ...(heat ? foreseen(heat.p50Kw) : planned(plan.heatKw))],
    [
      ...past.map((index) => history.curveHeatKw[index] ?? null),
      ...(heat ? foreseen(heat.curveKw) : planned(plan.curveHeatKw)),
    ],
    [...none, ...foreseen(heat?.p10Kw ?? [])],
    [...none, ...foreseen(heat?.p90Kw ?? [])],
  ]
}
