import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quantile } from '../../../../src/core/math/quantile.ts'

it.each([
  { values: [3], q: 0.1, expected: 3 },
  { values: [4, 1, 3, 2], q: 0, expected: 1 },
  { values: [4, 1, 3, 2], q: 1, expected: 4 },
  { values: [4, 1, 3, 2], q: 0.5, expected: 2.5 },
  { values: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], q: 0.1, expected: 20 },
  { values: [-5, 100, 9], q: 0.25, expected: 2 },
  { values: [], q: 0.5, expected: undefined },
])('the $q-quantile of $values is $expected', ({ values, q, expected }) => {
  expect(quantile(values, q)).toBe(expected)
})

it('never falls as q rises, and leaves its values alone', () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(numbers, share, share, (values, a, b) => {
      const before = [...values]
      const low = quantile(values, Math.min(a, b)) ?? Number.NaN
      const high = quantile(values, Math.max(a, b)) ?? Number.NaN
      expect(low).toBeLessThanOrEqual(high)
      expect(values).toEqual(before)
    }),
  )
})
