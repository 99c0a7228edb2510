import type uPlot from 'uplot'
import { scaledFont } from './draw-now.ts'
import type { PlotTheme } from './plot-theme.ts'

/** Hatches all that lies after `from`: nobody has published it, it is our own guess. */
export function drawEstimate(plot: uPlot, theme: PlotTheme, from: number, label: string): void {
  const { ctx, bbox } = plot
  const right = bbox.left + bbox.width
  const left = Math.max(bbox.left, plot.valToPos(from, 'x', true))
  if (!(left < right)) return
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, bbox.top, right - left, bbox.height)
  ctx.clip()
  hatch(ctx, { left, right, top: bbox.top, bottom: bbox.top + bbox.height }, theme)
  ctx.fillStyle = theme.muted
  ctx.font = scaledFont(theme)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'top'
  ctx.fillText(label, right - 6 * devicePixelRatio, bbox.top + 3 * devicePixelRatio)
  ctx.restore()
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function hatch(ctx: CanvasRenderingContext2D, { left, right, top, bottom }: Box, theme: PlotTheme): void {
  const step = 8 * devicePixelRatio
  const rise = bottom - top
  ctx.strokeStyle = theme.line
  ctx.lineWidth = devicePixelRatio
  ctx.beginPath()
  for (let x = left - rise; x < right; x += step) {
    ctx.moveTo(x, bottom)
    ctx.lineTo(x + rise, top)
  }
  ctx.moveTo(left, top)
  ctx.lineTo(left, bottom)
  ctx.stroke()
}
