import { useCallback, useMemo } from 'preact/hooks'
import uPlot from 'uplot'
import { figureAxis, legendValue, timeAxis, timeSeries } from './axes.ts'
import { drawDifference } from './draw-difference.ts'
import { hatchEstimate, labelEstimate } from './draw-estimate.ts'
import { drawNow } from './draw-now.ts'
import { heatSeries } from './heat-series.ts'
import { Plot, type PlotOptions } from './plot.tsx'
import type { PlotTheme } from './plot-theme.ts'
import { useLatest } from './use-latest.ts'

interface BuildingHeatPlotProps {
  /** As `buildingData` gives it. */
  readonly data: uPlot.AlignedData
  readonly name: string
  readonly now: number
  /** Later prices are our estimate. */
  readonly priceKnownUntil: number
}

const stepped = uPlot.paths.stepped?.({ align: 1 })

export function BuildingHeatPlot({ data, name, now, priceKnownUntil }: BuildingHeatPlotProps) {
  const latest = useLatest({ now, priceKnownUntil })
  const [at, measured, planned, curve, , , price] = data
  const columns = useMemo(
    (): uPlot.AlignedData => [at, measured ?? [], planned ?? [], curve ?? [], price ?? []],
    [data],
  )
  const options = useCallback(
    (theme: PlotTheme): PlotOptions => ({
      padding: [8, 0, 0, 0],
      cursor: { sync: { key: 'building' }, y: false },
      scales: { kw: { range: (_, min, max) => [0.85 * min, 1.1 * max] } },
      axes: [timeAxis(theme), figureAxis(theme, 'kw', 3), figureAxis(theme, 'eur', 1)],
      series: [timeSeries, ...heatSeries(theme), priceSeries(theme)],
      hooks: {
        drawClear: [
          (plot) => hatchEstimate(plot, theme, latest.current.priceKnownUntil),
          (plot) => drawDifference(plot, theme, [2, 1], 3),
        ],
        draw: [
          (plot) => drawNow(plot, theme, latest.current.now, ['measured', 'plan']),
          (plot) => labelEstimate(plot, theme, latest.current.priceKnownUntil, 'price est.'),
        ],
      },
    }),
    [],
  )
  return (
    <Plot
      label={`Heat of ${name}: measured, planned and on its curve`}
      heightRem={12}
      now={now}
      data={columns}
      options={options}
    />
  )
}

function priceSeries(theme: PlotTheme): uPlot.Series {
  return {
    ...(stepped ? { paths: stepped } : {}),
    label: 'heat price',
    scale: 'eur',
    stroke: theme.price,
    width: 1.25,
    points: { show: false },
    value: legendValue('€/MWh', 1),
  }
}
