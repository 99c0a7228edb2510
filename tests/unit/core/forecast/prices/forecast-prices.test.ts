import { expect, it } from 'vitest'
import { hashedNormal } from '../../../../../src/core/domain/chance.ts'
import { DAY_MS, SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import type { SlotSeries } from '../../../../../src/core/domain/series.ts'
import { forecastPrices } from '../../../../../src/core/forecast/prices/forecast-prices.ts'
import { marketDay, marketDayStart } from '../../../../../src/core/forecast/prices/market-days.ts'

const QUARTER_STEP = [-6, -2, 2, 6]

/** Quarter-hours of hundred days up to the end of the day that holds `lastDay`. */
function historyTo(lastDay: string): SlotSeries {
  const end = marketDayStart(marketDay(Date.parse(lastDay)) + 1)
  const start = end - 100 * DAY_MS
  const values = Float64Array.from({ length: 100 * 96 }, (_, k) => {
    return 50 + 5 * hashedNormal(1, k >> 2) + (QUARTER_STEP[k % 4] ?? 0)
  })
  return { start, values }
}

it.each([
  { lastDay: '2025-11-20T12:00:00Z', slots: [96, 96] },
  { lastDay: '2026-03-28T12:00:00Z', slots: [92, 96] },
  { lastDay: '2025-10-24T12:00:00Z', slots: [96, 100] },
])('has one price a slot of the two days after $lastDay', ({ lastDay, slots }) => {
  const history = historyTo(lastDay)
  const forecast = forecastPrices(history, 2)
  expect(forecast?.start).toBe(history.start + history.values.length * SLOT_MS)
  const count = (slots[0] ?? 0) + (slots[1] ?? 0)
  expect([forecast?.eurPerMwh.length, forecast?.lowEurPerMwh.length]).toEqual([count, count])
  for (let k = 0; k < count; k++) {
    const [low, middle, high] = [
      forecast?.lowEurPerMwh[k],
      forecast?.eurPerMwh[k],
      forecast?.highEurPerMwh[k],
    ]
    expect(low).toBeLessThanOrEqual(middle ?? Number.NaN)
    expect(middle).toBeLessThanOrEqual(high ?? Number.NaN)
  }
})

it('keeps the saw of quarter-hours within an hour', () => {
  const prices = forecastPrices(historyTo('2025-11-20T12:00:00Z'), 1)?.eurPerMwh ?? new Float64Array()
  const middle = (prices[40] + prices[41] + prices[42] + prices[43]) / 4
  for (const [k, step] of QUARTER_STEP.entries()) expect(prices[40 + k]).toBeCloseTo(middle + step, 9)
})

it('says nothing where history is short', () => {
  const history = historyTo('2025-11-20T12:00:00Z')
  expect(
    forecastPrices({ ...history, start: history.start, values: history.values.slice(0, 96 * 30) }, 1),
  ).toBeUndefined()
})
