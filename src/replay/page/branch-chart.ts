import type { LifeName } from '../lives.ts'
import type { BranchSeries } from '../network/branch-series.ts'
import type { SlotCalendar } from '../slot-calendar.ts'
import { ends, svg } from './charts.ts'
import { figure } from './figures.ts'
import { createFrame, dayAxis, type Frame, valueAxis } from './frame.ts'
import { between, line } from './marks.ts'

/** The lives that a branch is drawn in, those in front last. */
const DRAWN: readonly { readonly name: LifeName; readonly className: string }[] = [
  { name: 'asFound', className: 'as-found' },
  { name: 'uncoordinated', className: 'uncoordinated' },
  { name: 'equalCut', className: 'equal-cut' },
  { name: 'controlled', className: 'controlled' },
]

/** Heat at one branch against its cap, and under it what it cost the rooms. */
export function branchChart({ id, capKw, lives }: BranchSeries, calendar: SlotCalendar): string {
  const shown = DRAWN.flatMap(({ name, className }) => {
    const life = lives.find((one) => one.name === name)
    return life ? [{ ...life, className }] : []
  })
  const heat = shown.map(({ heatKw }) => ends(heatKw))
  const least = 0.9 * Math.min(...heat.map((end) => end.least))
  const most = Math.max(capKw ?? 0, ...heat.map((end) => end.most))
  const coldest = Math.max(0.1, ...shown.map(({ underK }) => ends(underK, 0).most))
  const flow = createFrame({ top: 26, height: 250, slots: calendar.slots, least, most })
  const rooms = createFrame({
    top: 312,
    height: 90,
    slots: calendar.slots,
    least: 0,
    most: coldest,
    tickCount: 3,
  })
  const asFound = shown.find(({ name }) => name === 'asFound')
  return svg(432, `Heat of branch ${id} and its cap`, [
    dayAxis(flow, calendar, false),
    valueAxis(flow, 'heat of the branch, kW'),
    capKw === undefined || !asFound ? '' : above(flow, asFound.heatKw, capKw),
    ...shown.map(({ heatKw, className }) => line(flow, heatKw, className)),
    capKw === undefined ? '' : capLine(flow, capKw),
    dayAxis(rooms, calendar, true),
    valueAxis(rooms, 'rooms too cold, K, mean of all'),
    ...shown.map(({ underK, className }) => line(rooms, underK, className)),
  ])
}

/** What the branch as found takes beyond its cap. */
function above(frame: Frame, asFoundKw: Float64Array, capKw: number): string {
  const low = asFoundKw.map(() => capKw)
  const high = asFoundKw.map((kw) => Math.max(kw, capKw))
  return between(frame, low, high, 'above-cap')
}

function capLine(frame: Frame, capKw: number): string {
  const y = frame.y(capKw).toFixed(1)
  const label = `<text x="${frame.right - 4}" y="${(frame.y(capKw) - 6).toFixed(1)}" class="note" text-anchor="end">cap ${figure(capKw)} kW</text>`
  return `<line x1="${frame.left}" x2="${frame.right}" y1="${y}" y2="${y}" class="cap"/>${label}`
}
