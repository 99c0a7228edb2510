import { expect, it } from 'vitest'
import type { ReturnFee } from '../../../../../src/core/domain/tariff.ts'
import { flowWeightedReturnC, returnShare } from '../../../../../src/core/plan/tariffs/return-fee.ts'

// Danish motivation tariffs: 1 % a degree; Middelfart's ends at 20 %, Grenaa's has a neutral band.
const plain: ReturnFee = { neutralC: 40, bandK: 0, percentPerK: 1, mostPercent: 20 }
const neutral: ReturnFee = { ...plain, bandK: 2 }

it.each([
  { fee: plain, returnC: 40, share: 0 },
  { fee: plain, returnC: 33, share: -0.07 },
  { fee: plain, returnC: 48.5, share: 0.085 },
  { fee: plain, returnC: 75, share: 0.2 },
  { fee: plain, returnC: 5, share: -0.2 },
  { fee: neutral, returnC: 41.9, share: 0 },
  { fee: neutral, returnC: 44, share: 0.02 },
  { fee: neutral, returnC: 36, share: -0.02 },
])('changes the price by $share at a return of $returnC °C', ({ fee, returnC, share }) => {
  expect(returnShare(fee, returnC)).toBeCloseTo(share, 12)
})

it('weighs the return by its flow, in the months that count', () => {
  // Half an hour each side of 1 April, Helsinki.
  const start = Date.parse('2024-03-31T20:30:00Z')
  const primary = {
    start,
    flowM3h: Float64Array.of(1, 3, 2, 0),
    flowReturn: Float64Array.of(60, 3 * 40, 2 * 30, 0),
    timeZone: 'Europe/Helsinki',
  }
  expect(flowWeightedReturnC(undefined, primary)).toBeCloseTo(40, 12)
  expect(flowWeightedReturnC([1, 2, 3], primary)).toBeCloseTo(45, 12)
  expect(flowWeightedReturnC([7], primary)).toBeNaN()
})
