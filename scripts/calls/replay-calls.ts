import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { loadWorld } from '../../src/replay/load-series.ts'
import type { OrdersReport } from '../../src/replay/orders/orders-report.ts'
import { runCalls } from '../../src/replay/orders/run-calls.ts'
import { parseScenario, type Scenario } from '../../src/replay/scenario.ts'

// This file is run as dist/scripts/calls/replay-calls.js.
const SCENARIO = fileURLToPath(new URL('../../../simulators/scenarios/calls.yaml', import.meta.url))
const MONTHS = ['2024-01-15', '2024-02-05', '2023-12-04', '2024-03-04', '2023-11-13']

/** The calls of the `index`th replay: the shipped scenario with another fleet, other weather and another month. */
export async function replayCalls(index: number): Promise<OrdersReport> {
  const scenario = await variant(index)
  const world = await loadWorld(scenario)
  if (!world.ok) throw new Error(world.faults.map(({ message }) => message).join('; '))
  const log = pino({ level: 'error' }, pino.destination(2))
  const orders = await runCalls(scenario, world.world, { workers: 2, log, say: () => {} })
  if (!orders) throw new Error(`replay ${index} without calls`)
  return orders
}

async function variant(index: number): Promise<Scenario> {
  const read = parseScenario(await readFile(SCENARIO, 'utf8'), SCENARIO)
  if (!read.ok) throw new Error(read.faults.map(({ message }) => message).join('; '))
  const { scenario } = read
  const start = Date.parse(`${MONTHS[index % MONTHS.length]}T00:00:00+02:00`)
  return { ...scenario, start, seed: 1000 + index, fleet: { ...scenario.fleet, seed: 2000 + index } }
}
