import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { type PlotTheme, usePlotTheme } from './plot-theme.ts'
import { useLatest } from './use-latest.ts'
import { useWidth } from './use-width.ts'

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>

/** A legend tells a planned line from a measured one of the same colour. */
const legend: uPlot.Legend = {
  markers: { dash: (plot, series) => (plot.series[series]?.dash ? 'dashed' : 'solid') },
}

interface PlotProps {
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  readonly heightRem: number
  readonly data: uPlot.AlignedData
  /** Whose figures the legend shows while nobody points at another. */
  readonly now: number
  /** One function for the life of the plot; it draws anew when the colours change. */
  readonly options: (theme: PlotTheme) => PlotOptions
}

/** A uPlot that fits its place, follows its data and the colours of the page. */
export function Plot({ label, heightRem, data, now, options }: PlotProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const latest = useLatest(now)
  const theme = usePlotTheme()
  const width = useWidth(host)
  const height = Math.round(heightRem * theme.remPx)
  const isPlaced = width > 0

  useEffect(() => {
    if (!host.current || !isPlaced) return
    // uPlot blanks its legend after these hooks, within the same task.
    const rest = (drawn: uPlot) => queueMicrotask(() => restLegend(drawn, latest.current))
    const plugins = [{ hooks: { draw: rest, setCursor: rest } }]
    const made = new uPlot({ width, height, ms: 1, legend, plugins, ...options(theme) }, data, host.current)
    plot.current = made
    return () => made.destroy()
  }, [theme, isPlaced, options])
  useEffect(() => plot.current?.setSize({ width, height }), [width, height])
  useEffect(() => plot.current?.setData(data), [data])

  return <div class="plot" role="img" aria-label={label} ref={host} />
}

function restLegend(plot: uPlot, now: number): void {
  if ((plot.cursor.left ?? -1) >= 0) return
  const idx = plot.data[0].findLastIndex((at) => at <= now)
  if (idx >= 0) plot.setLegend({ idx })
}
