import type { RunName } from '../report.ts'
import type { SlotCalendar } from '../slot-calendar.ts'
import { figure } from './figures.ts'
import { createFrame, dayAxis, type Frame, valueAxis, WIDTH } from './frame.ts'
import { between, line, steps } from './marks.ts'
import type { FleetRooms, ReplaySeries } from './replay-series.ts'

export interface ChartContext {
  readonly series: ReplaySeries
  readonly calendar: SlotCalendar
  /** Index of the dearest local day. */
  readonly dearestDay: number
}

/** Electricity price as columns of what it was, outdoor temperature under it. */
export function worldChart(context: ChartContext): string {
  const { eurPerMwh, outdoorC } = context.series
  const slots = context.calendar.slots
  const price = createFrame({ top: 26, height: 150, slots, ...ends(eurPerMwh, 0) })
  const outdoor = createFrame({ top: 214, height: 110, slots, ...ends(outdoorC), tickCount: 3 })
  const zero = outdoor.ticks.includes(0) ? '' : freezing(outdoor)
  return svg(354, 'Electricity price and outdoor temperature', [
    dayAxis(price, context.calendar, false),
    dearest(price, context, 'dearest day'),
    valueAxis(price, 'price, EUR/MWh'),
    steps(price, eurPerMwh, 'price'),
    highest(price, eurPerMwh),
    dayAxis(outdoor, context.calendar, true),
    dearest(outdoor, context),
    valueAxis(outdoor, 'outdoor, °C'),
    zero,
    line(outdoor, outdoorC, 'outdoor'),
  ])
}

/** The highest price in figures, over where it was. */
function highest(frame: Frame, eurPerMwh: Float64Array): string {
  const { most } = ends(eurPerMwh, 0)
  const slot = eurPerMwh.indexOf(most)
  if (slot < 0) return ''
  const x = Math.min(Math.max(frame.x(slot + 2), frame.left + 30), frame.right - 30)
  return `<text x="${x.toFixed(1)}" y="${(frame.y(most) - 5).toFixed(1)}" class="figure" text-anchor="middle">${figure(most)}</text>`
}

function freezing(frame: Frame): string {
  const isInside = (frame.ticks[0] ?? 0) < 0 && (frame.ticks.at(-1) ?? 0) > 0
  return isInside
    ? `<line x1="${frame.left}" x2="${frame.right}" y1="${frame.y(0)}" y2="${frame.y(0)}" class="zero"/>`
    : ''
}

/** Heat of the whole fleet in the three runs. */
export function heatChart(context: ChartContext): string {
  const { heatKw } = context.series
  const all = [heatKw.asFound, heatKw.tunedDown, heatKw.controlled]
  const most = Math.max(...all.map((kw) => ends(kw, 0).most))
  const frame = createFrame({ top: 26, height: 230, slots: context.calendar.slots, least: 0, most })
  return svg(290, 'Heat of the fleet, controlled and in both baselines', [
    dayAxis(frame, context.calendar, true),
    dearest(frame, context),
    valueAxis(frame, 'heat of all buildings, kW'),
    ...moved(frame, heatKw.tunedDown, heatKw.controlled),
    line(frame, heatKw.asFound, 'as-found'),
    line(frame, heatKw.tunedDown, 'tuned-down'),
    line(frame, heatKw.controlled, 'controlled'),
  ])
}

/** Where control heats more than the tuned-down baseline, and where less. */
function moved(frame: Frame, baseline: Float64Array, controlled: Float64Array): string[] {
  const more = controlled.map((kw, k) => Math.max(kw, baseline[k] ?? kw))
  const less = controlled.map((kw, k) => Math.min(kw, baseline[k] ?? kw))
  return [between(frame, baseline, more, 'moved-to'), between(frame, less, baseline, 'moved-from')]
}

/** How warm the rooms were in one run: most of them as a band, the coldest and warmest as lines. */
export function roomsChart(context: ChartContext, run: RunName): string {
  const { band, rooms } = context.series
  const all = Object.values(rooms).flatMap(({ coldestC, warmestC }) => [ends(coldestC), ends(warmestC)])
  const least = Math.min(band.minC - 1, ...all.map((end) => end.least))
  const most = Math.max(band.maxC + 1, ...all.map((end) => end.most))
  const frame = createFrame({
    top: 26,
    height: 200,
    slots: context.calendar.slots,
    least,
    most,
    tickCount: 5,
  })
  return svg(260, `Room temperatures, ${run}`, [
    dayAxis(frame, context.calendar, true),
    comfort(frame, band),
    dearest(frame, context),
    valueAxis(frame, 'rooms, °C'),
    ...roomMarks(frame, rooms[run]),
  ])
}

function roomMarks(frame: Frame, rooms: FleetRooms): string[] {
  return [
    line(frame, rooms.warmestC, 'extreme'),
    line(frame, rooms.coldestC, 'extreme cold'),
    between(frame, rooms.p10C, rooms.p90C, 'most-rooms'),
    line(frame, rooms.meanC, 'mean-room'),
  ]
}

function comfort(frame: Frame, band: { readonly minC: number; readonly maxC: number }): string {
  const y = frame.y(band.maxC)
  const size = `width="${frame.right - frame.left}" height="${(frame.y(band.minC) - y).toFixed(1)}"`
  return `<rect x="${frame.left}" y="${y.toFixed(1)}" ${size} class="comfort"/>`
}

function dearest(frame: Frame, { calendar, dearestDay }: ChartContext, label = ''): string {
  const first = calendar.dayOf.indexOf(dearestDay)
  if (first < 0 || calendar.days.length < 2) return ''
  const end = calendar.dayOf.lastIndexOf(dearestDay) + 1
  const x = frame.x(first)
  const size = `width="${(frame.x(end) - x).toFixed(1)}" height="${frame.bottom - frame.top}"`
  const text = label
    ? `<text x="${(x + 5).toFixed(1)}" y="${frame.top - 6}" class="note">${label}</text>`
    : ''
  return `<rect x="${x.toFixed(1)}" y="${frame.top}" ${size} class="dearest"/>${text}`
}

/** The least and the most of some values, and of others that must be within. */
export function ends(values: Float64Array, ...also: number[]): { least: number; most: number } {
  let [least, most] = [Math.min(...also), Math.max(...also)]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return { least, most }
}

export function svg(height: number, title: string, parts: readonly string[]): string {
  const open = `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">`
  return `<div class="chart">${open}${parts.join('')}</svg></div>`
}
