import { beforeAll, describe, expect, it } from 'vitest'
import { readRecordedPrices } from '../../scripts/price-forecast/recorded-days.ts'
import { type Ahead, rollingTest } from '../../scripts/price-forecast/rolling-test.ts'
import { spreadScores } from '../../scripts/price-forecast/scores.ts'
import { rmaeToLastWeek } from '../../scripts/price-forecast/table.ts'
import { LEVELS } from '../../src/core/forecast/prices/forecast-days.ts'
import { marketDayStart } from '../../src/core/forecast/prices/market-days.ts'
import { recordedFinland } from '../fixtures/replay.ts'

const path = recordedFinland()
const why = path ? '' : ', skipped: ../shared/data/prices is not here'
const dayStart = (text: string) => marketDayStart(Date.parse(`${text}T00:00:00Z`) / 86_400_000)

describe.skipIf(why)(`Finnish prices of January to August 2024, without wind${why}`, () => {
  let recorded: Awaited<ReturnType<typeof read>>
  let ahead: readonly Ahead[]

  async function read() {
    const file = await readRecordedPrices(path ?? '')
    if (!file.ok) throw new Error(JSON.stringify(file.faults))
    return file
  }

  beforeAll(async () => {
    recorded = await read()
    ahead = rollingTest({ ...recorded, from: dayStart('2024-01-01'), to: dayStart('2024-09-01') })
  })

  it('forecasts every hour of the 244 days, one, two and three days before', () => {
    expect(ahead.map(({ actual }) => actual.length)).toEqual([244 * 24, 244 * 24, 244 * 24])
    const all = ahead.flatMap(({ quantiles }) => quantiles.flat())
    expect(all.filter((price) => !Number.isFinite(price))).toEqual([])
  })

  it('errs two days ahead by less than 0.85 of what last week’s hour does', () => {
    expect(rmaeToLastWeek(ahead[1])).toBeLessThan(0.85)
  })

  it('holds about four prices in five inside its interval, each day ahead', () => {
    for (const { actual, quantiles } of ahead) {
      const { coverage } = spreadScores(actual, quantiles, LEVELS)
      expect(coverage).toBeGreaterThan(0.75)
      expect(coverage).toBeLessThan(0.88)
    }
  })

  it('errs less than last week’s hour without the dear first week of January, too', () => {
    const without = (column: readonly number[]) => column.slice(9 * 24)
    for (const one of ahead) {
      const later = { ...one, actual: without(one.actual), lastWeek: without(one.lastWeek) }
      expect(rmaeToLastWeek({ ...later, quantiles: one.quantiles.map(without) })).toBeLessThan(0.85)
    }
  })

  it('is the same whatever the prices after the day of issue, the day before the spike', () => {
    const issue = dayStart('2024-01-05')
    const values = recorded.prices.values.slice()
    values.fill(-400, (issue - recorded.prices.start) / 900_000)
    const changed = { start: recorded.prices.start, values }
    const days = { from: issue, to: dayStart('2024-01-06') }
    const [before] = rollingTest({ ...recorded, ...days })
    const [after] = rollingTest({ ...recorded, prices: changed, ...days })
    expect(after.quantiles).toEqual(before.quantiles)
    expect(after.actual).not.toEqual(before.actual)
  })
})
