import { expect, it } from 'vitest'
import { fuzzPrices } from '../fixtures/prices/fuzz-prices.ts'

it('makes slots with named gaps, or a named refusal, of 100 000 market documents gone wrong', () => {
  const { faults, slots } = fuzzPrices(100_000, 2)
  expect(faults).toEqual([])
  expect(slots).toBeGreaterThan(20_000)
})
