import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { type PlotTheme, usePlotTheme } from './plot-theme.ts'
import { useWidth } from './use-width.ts'

export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>

interface PlotProps {
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  readonly height: number
  readonly data: uPlot.AlignedData
  /** One function for the life of the plot; it draws anew when the colours change. */
  readonly options: (theme: PlotTheme) => PlotOptions
}

/** A uPlot that fits its place, follows its data and the colours of the page. */
export function Plot({ label, height, data, options }: PlotProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const theme = usePlotTheme()
  const width = useWidth(host)
  const isPlaced = width > 0

  useEffect(() => {
    if (!host.current || !isPlaced) return
    const made = new uPlot({ width, height, ms: 1, ...options(theme) }, data, host.current)
    plot.current = made
    return () => made.destroy()
  }, [theme, isPlaced, options])
  useEffect(() => plot.current?.setSize({ width, height }), [width, height])
  useEffect(() => plot.current?.setData(data), [data])

  return <div class="plot" role="img" aria-label={label} ref={host} />
}
