import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { loadWorld } from '../src/replay/load-series.ts'
import { noticeFigures, type OrderReport, type OrdersReport } from '../src/replay/orders/orders-report.ts'
import { runReplay } from '../src/replay/run-replay.ts'
import { parseScenario, type Scenario } from '../src/replay/scenario.ts'

/**
 * Calls by the hundred: the shipped scenario with other fleets, weathers and months, ten calls each. Every replay's
 * calls are kept in a file of their own, so that what was broken off goes on. Exit code 1 where a demand is missed.
 */

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '200' },
    out: { type: 'string', default: 'calls' },
    /** Every `of`th replay from `part` on: for several processes on one folder. */
    part: { type: 'string', default: '0' },
    of: { type: 'string', default: '1' },
  },
})
// This file is run as dist/scripts/validate-calls.js.
const SCENARIO = fileURLToPath(new URL('../../simulators/scenarios/calls.yaml', import.meta.url))
const MONTHS = ['2024-01-15', '2024-02-05', '2023-12-04', '2024-03-04', '2023-11-13']
const MOST_REPLAYS = 100

async function variant(index: number): Promise<Scenario> {
  const read = parseScenario(await readFile(SCENARIO, 'utf8'), SCENARIO)
  if (!read.ok) throw new Error(read.faults.map(({ message }) => message).join('; '))
  const { scenario } = read
  const start = Date.parse(`${MONTHS[index % MONTHS.length]}T00:00:00+02:00`)
  return { ...scenario, start, seed: 1000 + index, fleet: { ...scenario.fleet, seed: 2000 + index } }
}

async function replayed(index: number): Promise<OrdersReport | undefined> {
  const scenario = await variant(index)
  const world = await loadWorld(scenario)
  if (!world.ok) throw new Error(world.faults.map(({ message }) => message).join('; '))
  const log = pino({ level: 'error' }, pino.destination(2))
  const { result } = await runReplay(scenario, world.world, { workers: 2, log, say: () => {} })
  return result.orders
}

async function callsOf(index: number): Promise<OrdersReport | undefined> {
  const file = join(options.out, `${index}.json`)
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8'))
  if (index % Number(options.of) !== Number(options.part)) return undefined
  const began = performance.now()
  const orders = await replayed(index)
  if (!orders) return undefined
  await writeFile(file, JSON.stringify(orders))
  const took = Math.round((performance.now() - began) / 1000)
  process.stderr.write(`replay ${index}: ${orders.all.length} calls in ${took} s\n`)
  return orders
}

await mkdir(options.out, { recursive: true })
const replays: OrdersReport[] = []
const wanted = Number(options.calls)
const count = () => replays.reduce((sum, { all }) => sum + all.length, 0)
for (let index = 0; index < MOST_REPLAYS && count() < wanted; index++) {
  const orders = await callsOf(index)
  if (orders) replays.push(orders)
  else if (Number(options.of) > 1 && index * 10 > wanted) break
}
const calls = replays.flatMap(({ all }) => all).slice(0, wanted)

interface Demand {
  readonly what: string
  readonly value: number | null
  readonly min: number
  readonly max?: number
}

const notice = (minutes: number) => noticeFigures(calls.filter((call) => call.noticeMinutes === minutes))
const whole = noticeFigures(calls)
const demands: readonly Demand[] = [
  { what: 'calls that got at least their offer', value: whole.deliveredShare, min: 0.87, max: 0.95 },
  { what: 'median offer at 3 h notice, of space heat', value: notice(180).medianShareOfSpaceHeat, min: 0.2 },
  {
    what: 'median offer at 10 min notice, of space heat',
    value: notice(10).medianShareOfSpaceHeat,
    min: 0.1,
  },
]
const isMet = ({ value, min, max = 1 }: Demand) => value !== null && value >= min && value <= max
const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`)
for (const demand of demands) {
  const bounds =
    demand.max === undefined
      ? `at least ${percent(demand.min)}`
      : `${percent(demand.min)} to ${percent(demand.max)}`
  process.stdout.write(
    `${isMet(demand) ? 'met   ' : 'MISSED'} ${demand.what}: ${percent(demand.value)} (${bounds})\n`,
  )
}

const carried = calls.filter(({ isDelivered }) => isDelivered !== null)
const middle = (of: (call: OrderReport) => number | null | undefined) => {
  const sorted = carried.flatMap((call) => of(call) ?? []).sort((a, b) => a - b)
  return sorted.length > 0 ? sorted[sorted.length >> 1]!.toFixed(2) : '–'
}
const lines = [
  `${calls.length} calls in ${replays.length} replays, ${carried.length} accepted`,
  `refused: ${JSON.stringify(tally(calls.flatMap(({ refusal }) => refusal ?? [])))}`,
  `10 min: ${percent(notice(10).deliveredShare)} of ${notice(10).accepted}; 3 h: ${percent(notice(180).deliveredShare)} of ${notice(180).accepted}`,
  `delivered over offered, median: ${middle(({ deliveredKw, kw }) => (deliveredKw ?? 0) / kw)}`,
  `rebound, kW per kW delivered, median: ${middle(({ reboundKw, deliveredKw }) => (reboundKw ?? 0) / (deliveredKw ?? 1))}`,
  `rebound within 24 h, kWh per kWh delivered, median: ${middle(({ reboundKwh, deliveredKw, from, until }) => (reboundKwh ?? 0) / (((deliveredKw ?? 1) * (until - from)) / 3_600_000))}`,
  `steepest rise, kW in a quarter-hour per kW of heat before, median: ${middle(({ rampKw, heatKw }) => (rampKw ?? 0) / (heatKw ?? 1))}`,
  `too cold by it, K·h a zone, median: ${middle(({ underheatingKh }) => underheatingKh)}`,
  `difference of both lives before it was announced, of heat, median: ${middle(({ noiseKw, heatKw }) => Math.abs(noiseKw ?? 0) / (heatKw ?? 1))}`,
  `Gini after all calls of a replay, by the ledger: ${replays.map(({ ledgerGini }) => ledgerGini?.toFixed(2) ?? '–').join(' ')}`,
]
process.stdout.write(`${lines.join('\n')}\n`)
process.exitCode = demands.every(isMet) ? 0 : 1

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
