import { describe, expect, it } from 'vitest'
import { deliveredKw, meanBaselineKw, meteredSlots } from '../../../../src/core/domain/order-delivery.ts'
import { at, SLOTS, START, standingOrder } from '../plan/orders/standing-order.ts'

/** What meters showed for the slots from 2 h on: 15 kW less than the 90 of the baseline, then 25 less. */
function metered(lessKw: readonly number[], start = START) {
  const first = (at(2) - start) / 900_000
  const meteredKw = new Float64Array(SLOTS).fill(Number.NaN)
  lessKw.forEach((kw, k) => {
    meteredKw[first + k] = 90 - kw
  })
  return { start, meteredKw }
}

describe('what was delivered so far', () => {
  it.each([
    { kind: 'reduce', less: [15, 25], expected: 20 },
    { kind: 'emergency', less: [15, 25], expected: 20 },
    { kind: 'increase', less: [-10, -20], expected: 15 },
    { kind: 'cap', less: [15, 25], expected: 85 },
    { kind: 'reduce', less: [15, Number.NaN, 25], expected: 20 },
    { kind: 'reduce', less: [], expected: null },
  ] as const)('of a $kind with $less kW less is $expected kW', ({ kind, less, expected }) => {
    expect(deliveredKw(standingOrder({ kind, measured: metered(less) }))).toBe(expected)
  })

  it('counts only while the order runs', () => {
    const meteredKw = new Float64Array(SLOTS).fill(40)
    const order = standingOrder({ measured: { start: START, meteredKw } })
    expect(meteredSlots(order)).toHaveLength(8)
    expect(meteredSlots(order)[0]).toEqual({ at: at(2), lessKw: 50, flowKw: 50 })
  })

  it('is counted on whatever grid the meters were', () => {
    expect(deliveredKw(standingOrder({ measured: metered([15, 25], at(1)) }))).toBe(20)
  })
})

it('knows the mean flow meanwhile, and none of hours that were not frozen', () => {
  const { baseline } = standingOrder()
  expect(meanBaselineKw(baseline, { from: at(2), until: at(4) })).toBe(100)
  expect(meanBaselineKw(baseline, { from: at(20), until: at(21) })).toBeNull()
})
