import { useCallback, useMemo } from 'preact/hooks'
import uPlot from 'uplot'
import type { Flexibility } from '../api-types.ts'
import { type Kind, offerWords } from '../flexibility-words.ts'
import { figureAxis, legendValue, timeAxis, timeSeries } from './axes.ts'
import { drawNow } from './draw-now.ts'
import { flexibilityData } from './flexibility-data.ts'
import { Plot, type PlotOptions } from './plot.tsx'
import type { PlotTheme } from './plot-theme.ts'
import { useLatest } from './use-latest.ts'

interface FlexibilityPlotProps {
  readonly flexibility: Flexibility
  readonly kind: Kind
  readonly now: number
  readonly from: number
  readonly to: number
}

const stepped = uPlot.paths.stepped?.({ align: 1 })
const steps = stepped ? { paths: stepped } : {}

/** More above the line, less below it: filled what is promised, dashed what is expected. */
export function FlexibilityPlot({ flexibility, kind, now, from, to }: FlexibilityPlotProps) {
  const latest = useLatest({ now })
  const data = useMemo(() => flexibilityData(flexibility, kind, from, to), [flexibility, kind, from, to])
  const options = useCallback(
    (theme: PlotTheme): PlotOptions => ({
      padding: [8, 0, 0, 0],
      cursor: { sync: { key: 'fleet' }, y: false },
      scales: { x: { range: () => [from, to] }, kw: { range: (_, min, max) => [1.1 * min, 1.1 * max + 1] } },
      axes: [
        timeAxis(theme),
        figureAxis(theme, 'kw', 3),
        { ...figureAxis(theme, 'kw', 1), values: () => [] },
      ],
      series: [timeSeries, ...offered('more', theme.stored, theme), ...offered('less', theme.spared, theme)],
      hooks: { draw: [(plot) => drawNow(plot, theme, latest.current.now)] },
    }),
    [from, to],
  )
  return <Plot label={offerWords(flexibility, kind)} heightRem={10} now={now} data={data} options={options} />
}

function offered(word: string, fill: string, theme: PlotTheme): uPlot.Series[] {
  const line = { ...steps, scale: 'kw', stroke: theme.heat, points: { show: false } }
  const value = legendValue('kW', 0)
  return [
    { ...line, label: `${word}, promised`, width: 1.5, fill, value },
    { ...line, label: `${word}, expected`, width: 1, dash: [4, 4], value },
  ]
}
