import { useCallback, useMemo } from 'preact/hooks'
import type { FleetPlan, HeatForecast } from '../api-types.ts'
import { figure } from '../figures.ts'
import { figureAxis, SIDE_PX, timeAxis, timeSeries } from './axes.ts'
import { drawDifference } from './draw-difference.ts'
import { drawNow } from './draw-now.ts'
import { fleetHeatData } from './fleet-heat-data.ts'
import { heatSeries, likelyBand, likelySeries } from './heat-series.ts'
import { Plot, type PlotOptions } from './plot.tsx'
import type { PlotTheme } from './plot-theme.ts'
import { useLatest } from './use-latest.ts'

interface FleetHeatPlotProps {
  readonly plan: FleetPlan
  readonly heat: HeatForecast | null
  readonly now: number
  readonly from: number
  readonly to: number
}

export function FleetHeatPlot({ plan, heat, now, from, to }: FleetHeatPlotProps) {
  const latest = useLatest(now)
  const data = useMemo(() => fleetHeatData(plan, heat, from, to), [plan, heat, from, to])
  const options = useCallback(
    (theme: PlotTheme): PlotOptions => ({
      padding: [8, SIDE_PX, 0, 0],
      cursor: { sync: { key: 'fleet' }, y: false },
      scales: { x: { range: () => [from, to] }, kw: { range: (_, min, max) => [0.9 * min, 1.08 * max] } },
      axes: [timeAxis(theme), figureAxis(theme, 'kw', 3)],
      series: [timeSeries, ...heatSeries(theme), ...likelySeries(theme)],
      bands: [likelyBand(theme, 4)],
      hooks: {
        drawClear: [(plot) => drawDifference(plot, theme, [2, 1], 3)],
        draw: [(plot) => drawNow(plot, theme, latest.current, ['measured', 'plan'])],
      },
    }),
    [from, to],
  )
  return <Plot label={description(plan)} heightRem={15} now={now} data={data} options={options} />
}

function description({ heatKw, curveHeatKw }: FleetPlan): string {
  const [heat, curve] = [heatKw[0], curveHeatKw[0]]
  const least = heatKw.reduce((min, kw) => Math.min(min, kw), Infinity)
  const most = heatKw.reduce((max, kw) => Math.max(max, kw), 0)
  return `Fleet heat: ${figure(heat)} kW planned now against ${figure(curve)} kW on the curves; the plan ahead runs from ${figure(least)} to ${figure(most)} kW.`
}
