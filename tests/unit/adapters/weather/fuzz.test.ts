import { expect, it } from 'vitest'
import { fuzzWeather } from '../../../fixtures/weather/fuzz-weather.ts'

it('makes slots with named gaps, or a named refusal, of 2 000 documents gone wrong', () => {
  const { faults, slots, byRefusal } = fuzzWeather(2_000, 1)
  expect(faults).toEqual([])
  // Both happen often, or the mutations would show nothing.
  expect(slots).toBeGreaterThan(400)
  expect(Object.keys(byRefusal).length).toBeGreaterThan(5)
})
