import { HOUR_MS } from '../../src/core/domain/instant.ts'
import { quantile } from '../../src/core/math/quantile.ts'
import { noticeFigures, type OrderReport, type OrdersReport } from '../../src/replay/orders/orders-report.ts'

/** What calls are to show; shares of one. */
export interface Demand {
  readonly what: string
  readonly value: number | null
  readonly min: number
  readonly max?: number
}

export function demandsOf(calls: readonly OrderReport[]): readonly Demand[] {
  const notice = (minutes: number) => noticeFigures(announced(calls, minutes)).medianShareOfSpaceHeat
  return [
    {
      what: 'calls that got at least their offer',
      value: noticeFigures(calls).deliveredShare,
      min: 0.87,
      max: 0.95,
    },
    { what: 'median offer at 3 h notice, of space heat', value: notice(180), min: 0.2 },
    { what: 'median offer at 10 min notice, of space heat', value: notice(10), min: 0.1 },
  ]
}

export function isMet({ value, min, max = 1 }: Demand): boolean {
  return value !== null && value >= min && value <= max
}

/** Outdoor temperatures by which calls are told apart, °C. */
const COLD_C = -7
const MILD_C = -1

/** The figures behind the demands, a line each. */
export function summaryLines(calls: readonly OrderReport[], replays: readonly OrdersReport[]): string[] {
  const carried = calls.filter(({ isDelivered }) => isDelivered !== null)
  const refusals = tally(calls.flatMap(({ refusal }) => refusal ?? []))
  const one = (call: OrderReport) => ({ delivered: call.deliveredKw ?? 0, offered: call.offer?.meanKw ?? 0 })
  return [
    `${calls.length} calls in ${replays.length} replays, ${carried.length} accepted; refused: ${JSON.stringify(refusals)}`,
    part('10 min', announced(calls, 10)),
    part('3 h', announced(calls, 180)),
    part(`below ${COLD_C} °C`, within(calls, Number.NEGATIVE_INFINITY, COLD_C)),
    part(`${COLD_C} to ${MILD_C} °C`, within(calls, COLD_C, MILD_C)),
    part(`above ${MILD_C} °C`, within(calls, MILD_C, Number.POSITIVE_INFINITY)),
    spread('delivered over offered', carried, (call) => one(call).delivered / call.kw),
    spread('delivered over expected', carried, (call) => one(call).delivered / one(call).offered),
    spread('offered over expected', carried, (call) => call.kw / one(call).offered),
    spread(
      'rebound, kW per kW delivered',
      carried,
      ({ reboundKw, deliveredKw }) => (reboundKw ?? 0) / (deliveredKw ?? 1),
    ),
    spread(
      'rebound within 24 h, kWh per kWh delivered',
      carried,
      ({ reboundKwh, ...call }) => (reboundKwh ?? 0) / deliveredKwh(call),
    ),
    spread(
      'net of 24 h after, kWh per kWh delivered',
      carried,
      ({ netAfterKwh, ...call }) => (netAfterKwh ?? 0) / deliveredKwh(call),
    ),
    spread(
      'prepared, kWh per kWh delivered, 3 h',
      announced(carried, 180),
      ({ preparedKwh, ...call }) => (preparedKwh ?? 0) / deliveredKwh(call),
    ),
    spread(
      'steepest rise in a quarter-hour, of heat without it',
      carried,
      ({ rampKw, heatKw }) => (rampKw ?? 0) / (heatKw ?? 1),
    ),
    spread('too cold by it, K·h a zone', carried, ({ underheatingKh }) => underheatingKh ?? 0),
    spread(
      'difference of both lives before it was announced, of heat',
      carried,
      ({ noiseKw, heatKw }) => Math.abs(noiseKw ?? 0) / (heatKw ?? 1),
    ),
    `Gini after the calls of each replay, by the ledger: ${ginis(replays, ({ ledgerGini }) => ledgerGini)}`,
    `and in rooms colder than without: ${ginis(replays, ({ colderGini }) => colderGini)}`,
  ]
}

function announced(calls: readonly OrderReport[], minutes: number): readonly OrderReport[] {
  return calls.filter(({ noticeMinutes }) => noticeMinutes === minutes)
}

function within(calls: readonly OrderReport[], fromC: number, toC: number): readonly OrderReport[] {
  return calls.filter(({ outdoorC }) => outdoorC >= fromC && outdoorC < toC)
}

function part(name: string, calls: readonly OrderReport[]): string {
  const { accepted, deliveredShare, medianShareOfSpaceHeat } = noticeFigures(calls)
  return `${name}: ${percent(deliveredShare)} of ${accepted} delivered, median offer ${percent(medianShareOfSpaceHeat)} of space heat`
}

function deliveredKwh({ deliveredKw, from, until }: Omit<OrderReport, 'reboundKwh'>): number {
  return ((deliveredKw ?? 1) * (until - from)) / HOUR_MS
}

function spread(name: string, calls: readonly OrderReport[], of: (call: OrderReport) => number): string {
  const [low, middle, high] = [0.1, 0.5, 0.9].map((q) => quantile(calls.map(of), q)?.toFixed(2) ?? '–')
  return `${name}: median ${middle}, a tenth below ${low}, a tenth above ${high}`
}

function ginis(replays: readonly OrdersReport[], of: (replay: OrdersReport) => number | null): string {
  return replays.map((replay) => of(replay)?.toFixed(2) ?? '–').join(' ')
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}
