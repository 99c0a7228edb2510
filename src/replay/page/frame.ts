import { SLOT_MS } from '../../core/domain/instant.ts'
import type { SlotCalendar } from '../slot-calendar.ts'

/** The rectangle that a chart draws in, and how values become places in it. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: (slot: number) => number
  readonly y: (value: number) => number
  readonly ticks: readonly number[]
}

export const WIDTH = 1160
const LEFT = 58
const RIGHT = 12

export interface FrameShape {
  readonly top: number
  readonly height: number
  readonly slots: number
  readonly least: number
  readonly most: number
  readonly tickCount?: number
}

/** A frame whose ends are round numbers about `least` and `most`. */
export function createFrame({ top, height, slots, least, most, tickCount = 4 }: FrameShape): Frame {
  const ticks = roundTicks(least, most, tickCount)
  const low = Math.min(least, ticks[0] ?? least)
  const high = Math.max(most, ticks.at(-1) ?? most)
  const bottom = top + height
  const right = WIDTH - RIGHT
  return {
    left: LEFT,
    right,
    top,
    bottom,
    x: (slot) => LEFT + ((right - LEFT) * slot) / slots,
    y: (value) => bottom - (height * (value - low)) / (high - low || 1),
    ticks,
  }
}

/** About `count` round numbers that span the range. */
export function roundTicks(least: number, most: number, count: number): number[] {
  const rough = Math.max((most - least) / count, 1e-6)
  let unit = 1e-6
  while (unit * 10 <= rough) unit *= 10
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * unit).find((size) => size >= rough) ?? rough
  const first = Math.floor(least / step)
  const last = Math.ceil(most / step)
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step)
}

/** Horizontal lines with their numbers, and the name of the unit on top. */
export function valueAxis(frame: Frame, unit: string): string {
  const lines = frame.ticks.map((tick) => {
    const y = frame.y(tick).toFixed(1)
    const label = `<text x="${frame.left - 8}" y="${y}" class="tick" text-anchor="end" dy="0.35em">${plain(tick)}</text>`
    return `<line x1="${frame.left}" x2="${frame.right}" y1="${y}" y2="${y}" class="${tick === 0 ? 'zero' : 'grid'}"/>${label}`
  })
  return `${lines.join('')}<text x="0" y="${frame.top - 14}" class="unit">${unit}</text>`
}

function plain(tick: number): string {
  const text = String(Math.round(tick * 1000) / 1000)
  return text.replace('-', '−')
}

/** Days as columns: weekends shaded, names under them. */
export function dayAxis(frame: Frame, calendar: SlotCalendar, isNamed: boolean): string {
  const every = Math.max(1, Math.ceil(calendar.days.length / 16))
  return calendar.days
    .map((day, index) => {
      const first = calendar.dayOf.indexOf(index)
      const end = index + 1 < calendar.days.length ? calendar.dayOf.indexOf(index + 1) : calendar.slots
      const x = frame.x(first)
      const width = frame.x(end) - x
      return dayColumn(frame, { day, x, width, isNamed: isNamed && index % every === 0 })
    })
    .join('')
}

interface DayColumn {
  readonly day: string
  readonly x: number
  readonly width: number
  readonly isNamed: boolean
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function dayColumn({ top, bottom }: Frame, { day, x, width, isNamed }: DayColumn): string {
  const weekday = new Date(day).getUTCDay()
  const isWeekend = weekday === 0 || weekday === 6
  const box = `x="${x.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${bottom - top}"`
  const shade = isWeekend ? `<rect ${box} class="weekend"/>` : ''
  const edge = `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${top}" y2="${bottom}" class="grid"/>`
  if (!isNamed || width < 30) return shade + edge
  const label = width > 64 ? `${WEEKDAYS[weekday]} ${dayInWords(day)}` : dayInWords(day)
  return `${shade}${edge}<text x="${(x + width / 2).toFixed(1)}" y="${bottom + 18}" class="tick" text-anchor="middle">${label}</text>`
}

/** `2024-01-05` → `5 Jan`. */
export function dayInWords(day: string): string {
  const [, month = '1', date = ''] = day.split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1]}`
}

/** Means of `size` slots each, for lines that would else be a blur. */
export function thinned(values: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(values.length / size) }, (_, k) => {
    const part = values.subarray(k * size, (k + 1) * size)
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
}

/** Hours in long periods, quarter-hours in short ones. */
export function strideOf(slots: number): number {
  return slots * SLOT_MS > 4 * 86_400_000 ? 4 : 1
}
