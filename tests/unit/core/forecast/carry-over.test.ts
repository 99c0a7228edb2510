import { expect, it } from 'vitest'
import { carryOver } from '../../../../src/core/forecast/carry-over.ts'

const flat = new Float64Array(12).fill(100)

it('lets the miss of the last hour fade out by the hour', () => {
  const carried = carryOver(flat, 50)
  expect(
    [carried[0], carried[3], carried[4], carried[8]].map((kw) => Math.round(10 * (kw ?? 0)) / 10),
  ).toEqual([130, 130, 118, 110.8])
})

it.each([
  { missKw: -1e6, kw: 0 },
  { missKw: 1e6, kw: 200 },
  { missKw: 0, kw: 100 },
])('makes $kw kW of 100 after a miss of $missKw kW', ({ missKw, kw }) => {
  expect(carryOver(flat, missKw)[0]).toBe(kw)
})
