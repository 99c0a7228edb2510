import { describe, expect, it } from 'vitest'
import { safeLevelC } from '../../../../src/core/plan/safe-level.ts'

describe('the level that the coldest room needs', () => {
  it.each([
    {
      what: 'asks nothing beyond 18.9 °C of rooms that are alike',
      comfortC: 20,
      lowestC: 20,
      expected: 18.9,
    },
    {
      what: 'keeps the comfort zone as far above as the coldest room lies below it',
      comfortC: 20.5,
      lowestC: 18.6,
      expected: 20.8,
    },
    {
      what: 'is no more than the own curve gives: a store room does not overheat a house',
      comfortC: 21,
      lowestC: 14,
      expected: 21.2,
    },
  ])('$what', ({ comfortC, lowestC, expected }) => {
    expect(safeLevelC(comfortC, lowestC, 21.2)).toBeCloseTo(expected, 9)
  })
})
