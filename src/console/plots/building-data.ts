import type uPlot from 'uplot'
import type { Plan, Series } from '../api-types.ts'

type Column = (number | null)[]

/** Time, measured, planned, curve kW; then measured and predicted rooms, °C; then heat price, EUR/MWh. */
export function buildingData(plan: Plan, series: Series | null, from: number, to: number): uPlot.AlignedData {
  const samples = (series?.samples ?? []).filter(({ at }) => at >= from && at < plan.start)
  const slots = plan.heatKw.flatMap((_, slot) => (plan.start + slot * plan.stepMs <= to ? [slot] : []))
  const past = (value: (sample: Series['samples'][number]) => number | undefined): Column =>
    samples.map((sample) => value(sample) ?? null)
  const none = (rows: readonly unknown[]): Column => rows.map(() => null)
  const ahead = (values: readonly (number | null)[]): Column => slots.map((slot) => values[slot] ?? null)
  return [
    [...samples.map(({ at }) => at), ...slots.map((slot) => plan.start + slot * plan.stepMs)],
    [...past(({ readings }) => readings.heatKw), ...none(slots)],
    [...none(samples), ...ahead(plan.heatKw)],
    [...none(samples), ...ahead(plan.curveHeatKw)],
    [...past(({ readings }) => readings.indoorC), ...none(slots)],
    [...none(samples), ...ahead(plan.indoorC)],
    [...none(samples), ...slots.map((slot) => 1000 * (plan.eurPerKwh[slot] ?? 0))],
  ]
}
