import type uPlot from 'uplot'
import type { PlotTheme } from './plot-theme.ts'

/** A line at the present: left of it is what was, right of it what is planned. */
export function drawNow(
  plot: uPlot,
  theme: PlotTheme,
  now: number,
  labels?: readonly [string, string],
): void {
  const { ctx, bbox } = plot
  const x = Math.round(plot.valToPos(now, 'x', true))
  if (x < bbox.left || x > bbox.left + bbox.width) return
  ctx.save()
  ctx.strokeStyle = theme.ink
  ctx.setLineDash([])
  ctx.lineWidth = devicePixelRatio
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  if (labels) drawLabels(plot, theme, x, labels)
  ctx.restore()
}

function drawLabels(
  { ctx, bbox }: uPlot,
  theme: PlotTheme,
  x: number,
  [before, after]: readonly [string, string],
): void {
  const gap = 6 * devicePixelRatio
  ctx.fillStyle = theme.muted
  ctx.font = scaledFont(theme)
  ctx.textBaseline = 'top'
  ctx.textAlign = 'right'
  if (x - bbox.left > ctx.measureText(before).width + 2 * gap)
    ctx.fillText(before, x - gap, bbox.top + gap / 2)
  ctx.textAlign = 'left'
  ctx.fillText(after, x + gap, bbox.top + gap / 2)
}

/** Canvas pixels are device pixels. */
export function scaledFont(theme: PlotTheme): string {
  return theme.font.replace(/^(\d+)px/, (_, px) => `${Math.round(Number(px) * devicePixelRatio)}px`)
}
