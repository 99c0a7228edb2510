import { useCallback, useMemo } from 'preact/hooks'
import type uPlot from 'uplot'
import type { Building } from '../api-types.ts'
import { figureAxis, legendValue, SIDE_PX, timeAxis, timeSeries } from './axes.ts'
import { drawBand } from './draw-band.ts'
import { drawNow } from './draw-now.ts'
import { Plot, type PlotOptions } from './plot.tsx'
import type { PlotTheme } from './plot-theme.ts'
import { useLatest } from './use-latest.ts'

interface IndoorPlotProps {
  /** As `buildingData` gives it. */
  readonly data: uPlot.AlignedData
  readonly building: Building
  readonly now: number
}

export function IndoorPlot({ data, building, now }: IndoorPlotProps) {
  const { minC, maxC } = building.comfort
  const latest = useLatest(now)
  const [at, , , , measured, predicted] = data
  const columns = useMemo((): uPlot.AlignedData => [at, measured ?? [], predicted ?? []], [data])
  const options = useCallback(
    (theme: PlotTheme): PlotOptions => ({
      padding: [8, SIDE_PX, 0, 0],
      cursor: { sync: { key: 'building' }, y: false },
      scales: { c: { range: (_, low, high) => [Math.min(low, minC) - 0.5, Math.max(high, maxC) + 0.5] } },
      axes: [timeAxis(theme), figureAxis(theme, 'c', 3)],
      series: [timeSeries, ...indoorSeries(theme)],
      hooks: {
        drawClear: [(plot) => drawBand(plot, theme, 'c', minC, maxC)],
        draw: [(plot) => drawNow(plot, theme, latest.current)],
      },
    }),
    [minC, maxC],
  )
  const label = `Rooms of ${building.name}: measured mean and predicted comfort zone against ${minC} to ${maxC} °C`
  return <Plot label={label} heightRem={10} now={now} data={columns} options={options} />
}

function indoorSeries(theme: PlotTheme): uPlot.Series[] {
  const common = {
    scale: 'c',
    stroke: theme.indoor,
    width: 2,
    points: { show: false },
    value: legendValue('°C', 2),
  }
  return [
    { ...common, label: 'rooms, mean' },
    { ...common, label: 'comfort zone, predicted', dash: [6, 3] },
  ]
}
