import { useCallback, useMemo } from 'preact/hooks'
import uPlot from 'uplot'
import type { Forecast } from '../api-types.ts'
import { figure } from '../figures.ts'
import { aheadData } from './ahead-data.ts'
import { figureAxis, legendValue, timeAxis, timeSeries } from './axes.ts'
import { hatchEstimate, labelEstimate } from './draw-estimate.ts'
import { drawNow } from './draw-now.ts'
import { Plot, type PlotOptions } from './plot.tsx'
import type { PlotTheme } from './plot-theme.ts'
import { useLatest } from './use-latest.ts'

interface AheadPlotProps {
  readonly forecast: Forecast
  readonly now: number
  readonly from: number
  readonly to: number
}

const stepped = uPlot.paths.stepped?.({ align: 1 })
const steps = stepped ? { paths: stepped } : {}
const bare = { points: { show: false } }

export function AheadPlot({ forecast, now, from, to }: AheadPlotProps) {
  const latest = useLatest({ now, forecast })
  const data = useMemo(() => aheadData(forecast, from, to), [forecast, from, to])
  const options = useCallback(
    (theme: PlotTheme): PlotOptions => ({
      padding: [8, 0, 0, 0],
      cursor: { sync: { key: 'fleet' }, y: false },
      scales: { x: { range: () => [from, to] } },
      axes: [timeAxis(theme), figureAxis(theme, 'eur', 3), figureAxis(theme, 'c', 1)],
      series: [timeSeries, ...aheadSeries(theme)],
      hooks: {
        drawClear: [(plot) => hatchEstimate(plot, theme, latest.current.forecast.priceKnownUntil)],
        draw: [
          (plot) => drawNow(plot, theme, latest.current.now),
          (plot) =>
            labelEstimate(plot, theme, latest.current.forecast.priceKnownUntil, 'price: our estimate'),
        ],
      },
    }),
    [from, to],
  )
  return <Plot label={description(forecast)} heightRem={11.5} now={now} data={data} options={options} />
}

function aheadSeries(theme: PlotTheme): uPlot.Series[] {
  const price = { ...steps, ...bare, scale: 'eur', stroke: theme.price, value: legendValue('€/MWh', 1) }
  return [
    { ...price, label: 'price', width: 1.75, fill: theme.priceFill },
    { ...price, label: 'price, estimated', width: 1.75, dash: [4, 4] },
    {
      ...bare,
      label: 'outdoor',
      scale: 'c',
      stroke: theme.outdoor,
      width: 1.75,
      value: legendValue('°C', 1),
    },
  ]
}

function description({ eurPerMwh, outdoorC }: Forecast): string {
  const range = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null)
    return `${figure(Math.min(...known))} to ${figure(Math.max(...known))}`
  }
  return `Ahead: electricity ${range(eurPerMwh)} €/MWh, outdoor ${range(outdoorC)} °C.`
}
