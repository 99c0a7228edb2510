import { expect, it } from 'vitest'
import { epfNaive, lastWeek } from '../../../../scripts/price-forecast/naive.ts'
import { until } from '../../../../scripts/price-forecast/rolling-test.ts'
import { scores, spreadScores } from '../../../../scripts/price-forecast/scores.ts'
import { SLOT_MS } from '../../../../src/core/domain/instant.ts'

const MONDAY = 19_723
/** Every hour of a day costs what the day's number is since the first. */
const prices = {
  firstDay: MONDAY - 7,
  hours: Float64Array.from({ length: 21 * 24 }, (_, k) => Math.floor(k / 24)),
}

it('scores by mean absolute error and by its share of both magnitudes', () => {
  expect(scores([10, -5, 0, Number.NaN], [14, 5, 0, 3])).toEqual({
    hours: 3,
    maeEurPerMwh: 14 / 3,
    smape: (8 / 24 + 2 + 0) / 3,
  })
})

it('scores an interval by what falls inside, its width and the pinball loss', () => {
  const quantiles = [
    [0, 0],
    [5, 5],
    [10, 10],
  ]
  const { coverage, widthEurPerMwh, pinballEurPerMwh } = spreadScores([7, 12], quantiles, [0.1, 0.5, 0.9])
  expect([coverage, widthEurPerMwh]).toEqual([0.5, 10])
  expect(pinballEurPerMwh).toBeCloseTo((0.7 + 1 + 0.3 + (1.2 + 3.5 + 1.8)) / 6, 12)
})

it.each([
  { weekday: 'Monday', day: 0, ahead: 1, from: -7 },
  { weekday: 'Tuesday', day: 1, ahead: 1, from: 0 },
  { weekday: 'Friday', day: 4, ahead: 1, from: 3 },
  { weekday: 'Saturday', day: 5, ahead: 1, from: -2 },
  { weekday: 'Sunday', day: 6, ahead: 1, from: -1 },
  { weekday: 'Friday, of which only Wednesday is known', day: 4, ahead: 2, from: 2 },
])('takes for $weekday the day $from by the naive rule', ({ day, ahead, from }) => {
  expect(epfNaive(prices, MONDAY + day - ahead, MONDAY + day)[3]).toBe(7 + from)
  expect(lastWeek(prices, MONDAY + day - ahead, MONDAY + day)[3]).toBe(day)
})

it('ends a series as if nothing had been written after', () => {
  const series = { start: 0, values: Float64Array.from([1, 2, 3]) }
  expect(until(series, 2 * SLOT_MS).values).toEqual(Float64Array.from([1, 2]))
})
