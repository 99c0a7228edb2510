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
