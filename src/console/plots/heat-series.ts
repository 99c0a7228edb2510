import uPlot from 'uplot'
import { legendValue } from './axes.ts'
import type { PlotTheme } from './plot-theme.ts'

const stepped = uPlot.paths.stepped?.({ align: 1 })
const paths = stepped ? { paths: stepped } : {}

/** The edges of the 80 % interval, as the series after `heatSeries`, and the colour between them. */
export function likelySeries(theme: PlotTheme): uPlot.Series[] {
  const edge = { ...paths, scale: 'kw', points: { show: false }, stroke: theme.likely, width: 1 }
  return [
    { ...edge, label: 'likely from', value: legendValue('kW', 0) },
    { ...edge, label: 'to', value: legendValue('kW', 0) },
  ]
}

export function likelyBand(theme: PlotTheme, low: number): uPlot.Band {
  return { series: [low + 1, low], fill: theme.likely }
}

/** Series 1 to 3 of a heat picture: what was measured, what is planned, what the curve would take. */
export function heatSeries(theme: PlotTheme): uPlot.Series[] {
  const common = { ...paths, scale: 'kw', points: { show: false }, value: legendValue('kW', 0) }
  return [
    { ...common, label: 'measured', stroke: theme.heat, width: 2 },
    { ...common, label: 'planned', stroke: theme.heat, width: 2, dash: [6, 3] },
    { ...common, label: 'on the curves', stroke: theme.curve, width: 1.5 },
  ]
}
