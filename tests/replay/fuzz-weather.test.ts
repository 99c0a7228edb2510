import { expect, it } from 'vitest'
import { fuzzWeather } from '../fixtures/weather/fuzz-weather.ts'

it('makes slots with named gaps, or a named refusal, of 50 000 weather documents gone wrong', () => {
  const { faults, slots } = fuzzWeather(50_000, 2)
  expect(faults).toEqual([])
  expect(slots).toBeGreaterThan(5_000)
})
