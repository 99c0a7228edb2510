import { expect, it } from 'vitest'
import { fuzzPrices } from '../../../fixtures/prices/fuzz-prices.ts'

it('makes slots with named gaps, or a named refusal, of 1 000 market documents gone wrong', () => {
  const { faults, slots, byRefusal } = fuzzPrices(1_000, 1)
  expect(faults).toEqual([])
  expect(slots).toBeGreaterThan(200)
  expect(Object.keys(byRefusal)).toEqual(
    expect.arrayContaining(['not-xml', 'not-json', 'other-document', 'time']),
  )
})
