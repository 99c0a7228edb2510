import { MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { OrderReport, OrdersReport } from '../orders/orders-report.ts'
import type { SlotCalendar } from '../slot-calendar.ts'
import { ends, svg } from './charts.ts'
import { figure, percent } from './figures.ts'
import { createFrame, dayAxis, type Frame, valueAxis } from './frame.ts'
import { key } from './key.ts'
import { line } from './marks.ts'
import { table } from './tables.ts'

export interface OrdersPicture {
  readonly calledKw: Float64Array
  readonly uncalledKw: Float64Array
  readonly calendar: SlotCalendar
}

/** What was called for, what came, and what came back afterwards. */
export function ordersCard(orders: OrdersReport | undefined, picture: OrdersPicture): string {
  if (!orders) return ''
  const { accepted, deliveredShare, ledgerGini, colderGini } = orders
  const share =
    deliveredShare === null
      ? ''
      : ` ${percent(100 * deliveredShare)} of those to take less or more got at least what they asked for.`
  const fair = `How unequally they lie on the buildings (Gini, 0 is alike): ${figure(ledgerGini, 2)} by the controller’s ledger, ${figure(colderGini, 2)} by rooms that were colder than without them.`
  return `<section class="card"><h2>Orders and calls</h2>
<p>${figure(orders.all.length)} were placed, ${figure(accepted)} of them to take less or more and accepted.${share} Delivered is what the same days without any order show.</p>
<p class="soft">${fair}</p>
<div class="key">${key('controlled', 'with orders')}${key('found', 'the same days without')}${key('gain', 'while one runs', true, 0.3)}</div>
${chart(orders, picture)}
${ordersTable(orders.all, picture.calendar.timeZone)}</section>`
}

function chart({ all }: OrdersReport, { calledKw, uncalledKw, calendar }: OrdersPicture): string {
  const both = [ends(calledKw), ends(uncalledKw)]
  const least = 0.9 * Math.min(...both.map((end) => end.least))
  const most = Math.max(...both.map((end) => end.most))
  const frame = createFrame({ top: 26, height: 230, slots: calendar.slots, least, most })
  return svg(290, 'Heat of the fleet with and without orders', [
    dayAxis(frame, calendar, true),
    ...all.filter(({ refusal }) => refusal === null).map((order) => window(frame, order, calendar)),
    valueAxis(frame, 'heat of all buildings, kW'),
    line(frame, uncalledKw, 'as-found'),
    line(frame, calledKw, 'controlled'),
  ])
}

function window(frame: Frame, { from, until }: OrderReport, { start }: SlotCalendar): string {
  const x = frame.x((from - start) / SLOT_MS)
  const width = frame.x((until - start) / SLOT_MS) - x
  return `<rect x="${x.toFixed(1)}" y="${frame.top}" width="${width.toFixed(1)}" height="${frame.bottom - frame.top}" class="moved-from"/>`
}

function ordersTable(orders: readonly OrderReport[], timeZone: string): string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const head = [
    '',
    'lasts',
    'notice',
    'outdoor',
    'asked, kW',
    'of space heat',
    'delivered, kW',
    'least ¼ h',
    'rebound, kW',
    'kWh',
    'too cold, Kh',
  ]
  const rows = orders.map((order) => [
    `${clock.format(order.from)} <small>${order.kind}</small>`,
    `${figure((order.until - order.from) / (60 * MINUTE_MS), 1)} h`,
    `${figure(order.noticeMinutes)} min`,
    `${figure(order.outdoorC, 1)} °C`,
    figure(order.kw),
    percent(order.shareOfSpaceHeat === null ? null : 100 * order.shareOfSpaceHeat),
    order.refusal === null ? delivered(order) : order.refusal,
    figure(order.leastQuarterHourKw ?? null),
    figure(order.reboundKw ?? null),
    figure(order.reboundKwh ?? null),
    figure(order.underheatingKh ?? null, 2),
  ])
  return table(head, rows, 'orders')
}

function delivered({ deliveredKw, isDelivered }: OrderReport): string {
  const kw = figure(deliveredKw ?? null)
  if (isDelivered === null) return kw
  return `<span class="${isDelivered ? 'gain' : 'loss'}">${kw}</span>`
}
