import type uPlot from 'uplot'
import type { PlotTheme } from './plot-theme.ts'

/**
 * Shades each slot between heat (the first of `heatSeries` that is known there) and curve: what lies above is
 * put into the walls, what lies below is lived on.
 */
export function drawDifference(
  plot: uPlot,
  theme: PlotTheme,
  heatSeries: readonly number[],
  curveSeries: number,
): void {
  const { ctx, bbox, data } = plot
  const [at, curve] = [data[0], data[curveSeries]]
  if (!curve) return
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (let slot = 0; slot + 1 < at.length; slot++) {
    const kw = heatSeries.map((series) => data[series]?.[slot]).find(isKnown)
    const curveKw = curve[slot]
    if (!isKnown(kw) || !isKnown(curveKw)) continue
    // Whole pixels: slots that overlap by a part of one would show as stripes.
    const left = Math.round(plot.valToPos(at[slot] ?? 0, 'x', true))
    const right = Math.round(plot.valToPos(at[slot + 1] ?? 0, 'x', true))
    const [from, to] = [plot.valToPos(kw, 'kw', true), plot.valToPos(curveKw, 'kw', true)]
    ctx.fillStyle = kw > curveKw ? theme.stored : theme.spared
    ctx.fillRect(left, Math.min(from, to), right - left, Math.abs(to - from))
  }
  ctx.restore()
}

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined
}
