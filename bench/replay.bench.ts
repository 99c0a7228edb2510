import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseScenario } from '../src/replay/scenario.ts'
import { runCommand, temporaryFolder } from '../tests/fixtures/product.ts'
import { type Bench, type Spread, spreadOf } from './bench.ts'

const SCENARIO = fileURLToPath(new URL('../../simulators/scenarios/street-winter.yaml', import.meta.url))
const REPEATS = 3
const RUNS = 3

/** Days of one building, warm-up among them, in all three runs, over the time of the whole command. */
async function rate(): Promise<Spread> {
  const days = await buildingDays()
  const folder = await temporaryFolder('replay')
  const rates: number[] = []
  for (let n = 0; n < REPEATS; n++) {
    const started = performance.now()
    const { code, stderr } = await runCommand(folder.path, 'replay', SCENARIO)
    // 1 says that a threshold of the scenario is broken: that is a test's affair.
    if (code !== 0 && code !== 1) throw new Error(`the replay ended with ${code}: ${stderr}`)
    rates.push((days * 1000) / (performance.now() - started))
  }
  await folder.remove()
  return spreadOf(rates)
}

async function buildingDays(): Promise<number> {
  const read = parseScenario(await readFile(SCENARIO, 'utf8'), SCENARIO)
  if (!read.ok) throw new Error(read.faults.map(({ message }) => message).join('; '))
  const { fleet, days, warmUpDays } = read.scenario
  return fleet.count * (days + warmUpDays) * RUNS
}

export const benches: readonly Bench[] = [{ name: 'replay.rate', unit: 'building-days/s', run: rate }]
