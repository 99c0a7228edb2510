import type uPlot from 'uplot'
import type { PlotTheme } from './plot-theme.ts'

/** The comfort band, behind everything else. */
export function drawBand(plot: uPlot, theme: PlotTheme, scale: string, minC: number, maxC: number): void {
  const { ctx, bbox } = plot
  const top = Math.max(bbox.top, plot.valToPos(maxC, scale, true))
  const bottom = Math.min(bbox.top + bbox.height, plot.valToPos(minC, scale, true))
  ctx.save()
  ctx.fillStyle = theme.band
  ctx.fillRect(bbox.left, top, bbox.width, Math.max(0, bottom - top))
  ctx.restore()
}
