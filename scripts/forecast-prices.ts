import { existsSync } from 'node:fs'
import { marketDayStart } from '../src/core/forecast/prices/market-days.ts'
import { readRecordedPrices } from './price-forecast/recorded-days.ts'
import { rollingTest } from './price-forecast/rolling-test.ts'
import { scoreTable } from './price-forecast/table.ts'

// Run from the checkout: node dist/scripts/forecast-prices.js [FILE]
const DEFAULT = '../shared/data/prices/FI_hourly_2023-01_2024-09_with_weather_wind_nuclear.csv'
const DAY = (text: string) => marketDayStart(Date.parse(`${text}T00:00:00Z`) / 86_400_000)

const path = process.argv[2] ?? DEFAULT
process.exitCode = existsSync(path) ? await measure(path) : refuse([`${path}: there is no such file`])

async function measure(file: string): Promise<number> {
  const read = await readRecordedPrices(file)
  if (!read.ok) return refuse(read.faults.map(({ place, message }) => `${file}: ${place}: ${message}`))
  const startedAt = performance.now()
  const test = { ...read, from: DAY('2024-01-01'), to: DAY('2024-09-01') }
  const withoutWind = rollingTest(test)
  const tookS = (performance.now() - startedAt) / 1000
  const withWind = rollingTest({ ...test, foreseen: read.windMw })
  process.stdout.write(`${scoreTable(withoutWind, withWind)}\n`)
  process.stderr.write(
    `${(withoutWind[0]?.actual.length ?? 0) / 24} days, ${tookS.toFixed(1)} s without wind\n`,
  )
  return 0
}

function refuse(lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`)
  return 2
}
