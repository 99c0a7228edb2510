import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Demand, demandsOf, isMet, percent, summaryLines } from './calls/calls-summary.ts'
import { replayCalls } from './calls/replay-calls.ts'
import { fileOf, replaysApart } from './calls/replays-apart.ts'

/**
 * Calls by the hundred: the shipped scenario with other fleets, weathers and months, ten calls each. Every replay's
 * calls are kept in a file of their own, so that what was broken off goes on. Exit code 1 where a demand is missed.
 */

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '200' },
    /** The first replay: others are other fleets and days, so that what some set the rest can judge. */
    first: { type: 'string', default: '0' },
    out: { type: 'string', default: 'out/calls' },
    processes: { type: 'string', default: '2' },
    /** This replay alone. */
    only: { type: 'string' },
  },
})

async function replayOne(index: number): Promise<void> {
  const began = performance.now()
  const orders = await replayCalls(index)
  await writeFile(fileOf(options.out, index), JSON.stringify(orders))
  const took = Math.round((performance.now() - began) / 1000)
  process.stderr.write(`replay ${index}: ${orders.all.length} calls in ${took} s\n`)
}

async function validate(): Promise<void> {
  const replays = await replaysApart({
    folder: options.out,
    first: Number(options.first),
    calls: Number(options.calls),
    processes: Number(options.processes),
    script: fileURLToPath(import.meta.url),
    args: ['--out', options.out],
  })
  const calls = replays.flatMap(({ all }) => all).slice(0, Number(options.calls))
  const demands = demandsOf(calls)
  const lines = [...demands.map(verdict), ...summaryLines(calls, replays)]
  process.stdout.write(`${lines.join('\n')}\n`)
  process.exitCode = demands.every(isMet) ? 0 : 1
}

function verdict(demand: Demand): string {
  const { what, value, min, max } = demand
  const bounds = max === undefined ? `at least ${percent(min)}` : `${percent(min)} to ${percent(max)}`
  return `${isMet(demand) ? 'met   ' : 'MISSED'} ${what}: ${percent(value)} (${bounds})`
}

await mkdir(options.out, { recursive: true })
if (options.only === undefined) await validate()
else await replayOne(Number(options.only))
