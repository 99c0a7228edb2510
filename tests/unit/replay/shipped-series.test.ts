import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type FileFormat, readPricesFile, readWeatherFile } from '../../../src/adapters/files/read-file.ts'
import { DAY_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import type { SlotSeries } from '../../../src/core/domain/series.ts'
import { parseScenario, type Scenario, type SeriesSource } from '../../../src/replay/scenario.ts'

const FOLDER = 'simulators/scenarios'

function shipped(name: string): Scenario {
  const path = join(process.cwd(), FOLDER, name)
  const read = parseScenario(readFileSync(path, 'utf8'), path)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.scenario
}

function fileOf(source: SeriesSource): { path: string; format: FileFormat } | undefined {
  if (source === 'synthetic') return undefined
  return 'csv' in source ? { path: source.csv, format: 'csv' } : { path: source.file, format: source.format }
}

function expectCovered(series: SlotSeries, { start, days, warmUpDays }: Scenario) {
  const from = (start - warmUpDays * DAY_MS - series.start) / SLOT_MS
  const to = (start + days * DAY_MS - series.start) / SLOT_MS
  expect(from).toBeGreaterThanOrEqual(0)
  expect(series.values.length).toBeGreaterThanOrEqual(to)
  expect(series.values.slice(from, to).some(Number.isNaN)).toBe(false)
}

const scenarios = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, scenario: shipped(name) }))

const prices = scenarios.flatMap(({ name, scenario }) => {
  const file = fileOf(scenario.prices)
  return file ? [{ name, scenario, file, isThere: existsSync(file.path) }] : []
})
for (const { name, scenario, file, isThere } of prices) {
  const why = isThere ? '' : ` (skipped: ${file.path} is not here)`
  it.skipIf(!isThere)(`has prices for all days of ${name}, warm-up included${why}`, async () => {
    const read = await readPricesFile(file.path, file.format)
    if (!read.ok) throw new Error(JSON.stringify(read.faults.slice(0, 5)))
    expectCovered(read.series, scenario)
  })
}

const weathers = scenarios.flatMap(({ name, scenario }) => {
  const file = fileOf(scenario.weather)
  return file ? [{ name, scenario, file, isThere: existsSync(file.path) }] : []
})
for (const { name, scenario, file, isThere } of weathers) {
  const why = isThere ? '' : ` (skipped: ${file.path} is not here)`
  it.skipIf(!isThere)(`has weather for all days of ${name}, warm-up included${why}`, async () => {
    const read = await readWeatherFile(file.path, file.format)
    if (!read.ok) throw new Error(JSON.stringify(read.faults.slice(0, 5)))
    expectCovered({ start: read.series.start, values: read.series.outdoorC }, scenario)
  })
}
