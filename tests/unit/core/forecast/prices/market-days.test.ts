import { expect, it } from 'vitest'
import { HOUR_MS, SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import {
  hoursOf,
  lastFullDay,
  marketDay,
  marketDayStart,
  toMarketDays,
} from '../../../../../src/core/forecast/prices/market-days.ts'

const dayOf = (text: string) => marketDay(Date.parse(text))

/** Each slot's price is the hour on UTC's clock since the first, plus a quarter of what it is of the hour. */
function seriesFrom(firstDay: number, days: number) {
  const start = marketDayStart(firstDay)
  const slots = (marketDayStart(firstDay + days) - start) / SLOT_MS
  return { start, values: Float64Array.from({ length: slots }, (_, k) => k / 4) }
}

it.each([
  { at: '2024-01-01T22:59:00Z', day: '2024-01-01' },
  { at: '2024-01-01T23:00:00Z', day: '2024-01-02' },
  { at: '2024-07-01T22:00:00Z', day: '2024-07-02' },
])('puts $at into the delivery day $day', ({ at, day }) => {
  expect(marketDay(Date.parse(at))).toBe(Date.parse(`${day}T00:00:00Z`) / (24 * HOUR_MS))
})

it('takes the mean of the four quarters of an hour', () => {
  const day = dayOf('2024-01-15T12:00:00Z')
  const table = toMarketDays(seriesFrom(day, 2))
  expect(hoursOf(table, day)[0]).toBe(0.375)
  expect(hoursOf(table, day + 1)[23]).toBe(47.375)
  expect(lastFullDay(table)).toBe(day + 1)
})

it('puts the hour that a day of 23 lacks between its neighbours', () => {
  const day = dayOf('2024-03-31T12:00:00Z')
  const hours = hoursOf(toMarketDays(seriesFrom(day, 1)), day)
  expect([...hours.slice(0, 5)]).toEqual([0.375, 1.375, 1.875, 2.375, 3.375])
  expect(hours[23]).toBe(22.375)
})

it('takes the mean of the hour that a day of 25 has twice', () => {
  const day = dayOf('2024-10-27T12:00:00Z')
  const hours = hoursOf(toMarketDays(seriesFrom(day, 1)), day)
  expect([...hours.slice(0, 5)]).toEqual([0.375, 1.375, 2.875, 4.375, 5.375])
  expect(hours[23]).toBe(24.375)
})

it('bridges three hours and leaves four as a gap', () => {
  const day = dayOf('2024-01-15T12:00:00Z')
  const series = seriesFrom(day, 3)
  series.values.fill(Number.NaN, 4 * 5, 4 * 8)
  series.values.fill(Number.NaN, 4 * 30, 4 * 34)
  const table = toMarketDays(series)
  expect(hoursOf(table, day)[6]).toBeCloseTo(6.375, 12)
  expect(hoursOf(table, day + 1).filter(Number.isNaN)).toHaveLength(4)
})

it('takes a day that is only begun for not full', () => {
  const day = dayOf('2024-01-15T12:00:00Z')
  const series = seriesFrom(day, 3)
  series.values.fill(Number.NaN, 4 * 60)
  expect(lastFullDay(toMarketDays(series))).toBe(day + 1)
  expect(hoursOf(toMarketDays(series), day + 9).every(Number.isNaN)).toBe(true)
  expect(lastFullDay(toMarketDays({ start: series.start, values: new Float64Array() }))).toBeUndefined()
})
