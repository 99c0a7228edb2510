import type uPlot from 'uplot'
import { scaledFont } from './draw-now.ts'
import type { PlotTheme } from './plot-theme.ts'

/** Hatches all that lies after `from`: nobody has published it, it is our own guess. */
export function hatchEstimate(plot: uPlot, theme: PlotTheme, from: number): void {
  const { ctx, bbox } = plot
  const right = bbox.left + bbox.width
  const left = Math.max(bbox.left, plot.valToPos(from, 'x', true))
  if (!(left < right)) return
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, bbox.top, right - left, bbox.height)
  ctx.clip()
  hatch(ctx, { left, right, top: bbox.top, bottom: bbox.top + bbox.height }, theme)
  ctx.restore()
}

/** Says what the hatching means, above lines and grid. */
export function labelEstimate(plot: uPlot, theme: PlotTheme, from: number, label: string): void {
  const { ctx, bbox } = plot
  const right = bbox.left + bbox.width
  if (!(plot.valToPos(from, 'x', true) < right)) return
  ctx.save()
  drawLabel(ctx, theme, right, bbox.top, label)
  ctx.restore()
}

function drawLabel(
  ctx: CanvasRenderingContext2D,
  theme: PlotTheme,
  right: number,
  top: number,
  label: string,
): void {
  const pad = 5 * devicePixelRatio
  ctx.font = scaledFont(theme)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'top'
  const { width, fontBoundingBoxDescent } = ctx.measureText(label)
  ctx.fillStyle = theme.surface
  ctx.fillRect(right - width - 2 * pad, top, width + 2 * pad, fontBoundingBoxDescent + pad)
  ctx.fillStyle = theme.ink
  ctx.fillText(label, right - pad, top + pad / 2)
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
  ctx.strokeStyle = theme.strongLine
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
