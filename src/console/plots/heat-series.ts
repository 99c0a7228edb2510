import uPlot from 'uplot'
import { legendValue } from './axes.ts'
import type { PlotTheme } from './plot-theme.ts'

const stepped = uPlot.paths.stepped?.({ align: 1 })
const paths = stepped ? { paths: stepped } : {}

/** Series 1 to 3 of a heat picture: what was measured, what is planned, what the curve would take. */
export function heatSeries(theme: PlotTheme): uPlot.Series[] {
  const common = { ...paths, scale: 'kw', points: { show: false }, value: legendValue('kW', 0) }
  return [
    { ...common, label: 'measured', stroke: theme.heat, width: 2 },
    { ...common, label: 'planned', stroke: theme.heat, width: 2, dash: [6, 3] },
    { ...common, label: 'on the curves', stroke: theme.curve, width: 1.5 },
  ]
}

/** Between heat and curve: above is put into the walls, below is lived on. */
export function heatBands(theme: PlotTheme): uPlot.Band[] {
  return [1, 2].flatMap((heat): uPlot.Band[] => [
    { series: [heat, 3], fill: theme.stored, dir: -1 },
    { series: [heat, 3], fill: theme.spared, dir: 1 },
  ])
}
