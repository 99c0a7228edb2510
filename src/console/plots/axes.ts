import type uPlot from 'uplot'
import { figure } from '../figures.ts'
import { clockTime, localDay } from '../local-time.ts'
import type { PlotTheme } from './plot-theme.ts'

/** Both sides have it, used or not, so that pictures under one another share their hours. */
export const SIDE_PX = 46

const MIDNIGHT = '00:00'

export function timeAxis(theme: PlotTheme): uPlot.Axis {
  return {
    stroke: theme.muted,
    font: theme.font,
    size: 30,
    gap: 6,
    space: 58,
    grid: { stroke: theme.line, width: 1 },
    ticks: { stroke: theme.line, width: 1, size: 4 },
    values: (_, splits) => splits.map(timeLabel),
  }
}

function timeLabel(at: number): string {
  const time = clockTime(at)
  return time === MIDNIGHT ? localDay(at).split(' ').slice(0, 2).join(' ') : time
}

export function figureAxis(theme: PlotTheme, scale: string, side: 1 | 3): uPlot.Axis {
  return {
    scale,
    side,
    stroke: theme.muted,
    font: theme.font,
    size: SIDE_PX,
    gap: 4,
    space: 34,
    grid: { show: side === 3, stroke: theme.line, width: 1 },
    ticks: { show: false },
    values: (_, splits) => splits.map((value) => figure(value, splits.every(Number.isInteger) ? 0 : 1)),
  }
}

/** The time under the cursor, as the first entry of the legend. */
export const timeSeries: uPlot.Series = {
  label: 'at',
  value: (_, at) => (at === null ? '' : `${localDay(at)} ${clockTime(at)}`),
}

export function legendValue(unit: string, digits: number): uPlot.Series.Value {
  return (_, value) => (value === null || value === undefined ? '–' : `${figure(value, digits)} ${unit}`)
}
