import { expect, it } from 'vitest'
import { type IssuedForecast, issuedC, keepIssued } from '../../../src/controller/issued-forecasts.ts'
import { HOUR_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'

const START = Date.UTC(2026, 0, 15)
/** Its values tell when it was made, and for which slot. */
const madeAt = (hour: number): IssuedForecast => ({
  at: START + hour * HOUR_MS,
  start: START + hour * HOUR_MS,
  outdoorC: Float64Array.from({ length: 192 }, (_, slot) => hour + slot / 1_000),
})

const hourly = Array.from({ length: 200 }, (_, hour) => hour).reduce<readonly IssuedForecast[]>(
  (issued, hour) => keepIssued(issued, madeAt(hour)),
  [],
)

it('keeps one an hour, for as long as forecasts reach', () => {
  const [first] = hourly
  expect(hourly).toHaveLength(50)
  expect(keepIssued(hourly, { ...madeAt(199), at: START + 199 * HOUR_MS + SLOT_MS })).toBe(hourly)
  expect(first?.at).toBe(START + 150 * HOUR_MS)
})

it.each([
  { leadHours: 0, at: 190, expected: 190 },
  { leadHours: 24, at: 190, expected: 166 + 0.096 },
  { leadHours: 24.5, at: 190, expected: 165 + 0.1 },
  { leadHours: 48, at: 190, expected: Number.NaN },
  { leadHours: 40, at: 190, expected: 150 + 0.16 },
])('says what was forecast $leadHours h before', ({ leadHours, at, expected }) => {
  const said = issuedC(hourly, START + at * HOUR_MS, leadHours)
  if (Number.isNaN(expected)) expect(said).toBeNaN()
  else expect(said).toBeCloseTo(expected, 9)
})

it('does not take one for another that is two hours older', () => {
  const gappy = hourly.filter(({ at }) => at < START + 160 * HOUR_MS || at > START + 170 * HOUR_MS)
  expect(issuedC(gappy, START + 190 * HOUR_MS, 24)).toBeNaN()
})
