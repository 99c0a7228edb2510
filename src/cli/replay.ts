import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { DAY_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'
import { buildReport } from '../replay/build-report.ts'
import { checkExpectations } from '../replay/expect.ts'
import { encodeJunit } from '../replay/junit.ts'
import { loadWorld } from '../replay/load-series.ts'
import { replaySeries } from '../replay/page/replay-series.ts'
import { verdict } from '../replay/page/verdict.ts'
import { encodeReport } from '../replay/report.ts'
import { encodeReportHtml } from '../replay/report-html.ts'
import { runReplay as replay } from '../replay/run-replay.ts'
import { parseScenario, type Scenario } from '../replay/scenario.ts'
import { explain, say } from './terminal.ts'

export interface ReplayOptions {
  readonly scenario: string
  readonly out: string
  readonly json?: boolean | undefined
  readonly workers: number
  readonly forecastErrors?: boolean | undefined
}

/** 0 done, 1 an expectation broken, 2 the scenario or a file of it at fault, 3 the world failed. */
export async function runReplay({
  scenario: path,
  out,
  json,
  workers,
  forecastErrors,
}: ReplayOptions): Promise<0 | 1 | 2 | 3> {
  const scenario = await readScenario(path)
  if (!scenario) return 2
  const read = await loadWorld(scenario)
  if (!read.ok) {
    for (const { place, message } of read.faults) say(`${place}: ${message}`)
    return 2
  }
  const log = pino({ level: 'warn' }, pino.destination(2))
  const { result, timings } = await replay(scenario, read.world, { workers, log, say, forecastErrors })
  const report = buildReport(result)
  const expectations = checkExpectations(report, scenario.expect)
  const text = encodeReport(report)
  const { site, fleet, description } = scenario
  const { prices, weather } = read.world.truth
  const slots = scenario.days * (DAY_MS / SLOT_MS)
  const series = replaySeries(
    result.runs,
    {
      eurPerMwh: cut(prices.values, prices.start, scenario.start, slots),
      outdoorC: cut(weather.outdoorC, weather.start, scenario.start, slots),
      band: fleet.comfort,
      timeZone: site.timeZone,
    },
    result,
  )
  const page = { report, series, description, expectations }
  try {
    await mkdir(out, { recursive: true })
    await writeFile(join(out, 'report.json'), text)
    await writeFile(join(out, 'report.html'), encodeReportHtml(page))
    await writeFile(join(out, 'junit.xml'), encodeJunit(scenario.name, expectations))
    await writeFile(join(out, 'timings.json'), `${JSON.stringify(timings, rounded, 2)}\n`)
  } catch (error) {
    say(`the report cannot be written: ${explain(error)}`)
    return 3
  }
  if (json) process.stdout.write(text)
  const { headline, sentences } = verdict(report)
  for (const line of [headline, ...sentences]) say(line)
  const broken = expectations.filter((expectation) => !expectation.isMet)
  for (const { field, expected, actual } of broken) {
    say(`expectation broken: ${field} is ${String(actual)}, expected ${expected}`)
  }
  say(`report in ${out}/report.html, ${(timings['total']! / 1000).toFixed(1)} s`)
  return broken.length > 0 ? 1 : 0
}

function cut(values: Float64Array, start: Instant, from: Instant, slots: number): Float64Array {
  const first = (from - start) / SLOT_MS
  return values.slice(first, first + slots)
}

async function readScenario(path: string): Promise<Scenario | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    say(`${path}: ${explain(error)}`)
    return undefined
  })
  if (text === undefined) return undefined
  const read = parseScenario(text, path)
  if (read.ok) return read.scenario
  for (const { place, message } of read.faults) say(`${place}: ${message}`)
  return undefined
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value) : value
}
