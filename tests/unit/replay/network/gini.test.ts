import { expect, it } from 'vitest'
import { gini } from '../../../../src/replay/network/gini.ts'

it.each([
  { burdens: [2, 2, 2, 2], expected: 0 },
  { burdens: [0, 0, 0, 8], expected: 0.75 },
  { burdens: [1, 3], expected: 0.25 },
  { burdens: [3, 1], expected: 0.25 },
  { burdens: [5], expected: 0 },
])('is $expected for $burdens', ({ burdens, expected }) => {
  expect(gini(burdens)).toBeCloseTo(expected)
})

it('says nothing where nobody bears anything', () => {
  expect([gini([]), gini([0, 0])]).toEqual([null, null])
})
