import { expect, it } from 'vitest'
import { findRateLimits } from '../../../../src/core/math/rate-limits.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { randomBuilding } from './random-building.ts'

function limits(uMaxKw: number[], u0: number, rateKw: number) {
  const n = uMaxKw.length
  const ws = createWorkspace(n)
  findRateLimits({ ...randomBuilding({ seed: 1, n }), uMax: Float64Array.from(uMaxKw), u0, rateKw }, ws)
  const take = (row: Float64Array) => [...row].map((value) => Math.round(value * 100) / 100)
  return { top: take(ws.top), rise: take(ws.rise), fall: take(ws.fall), low: ws.low, high: ws.high }
}

it('leaves a rate that can be kept as it is', () => {
  const { rise, fall } = limits([100, 100, 20, 20, 100], 50, 30)
  expect(rise).toEqual([30, 30, 30, 30, 30])
  expect(fall).toEqual([30, 30, 30, 30, 30])
})

it('widens one fall, and no rise, where the heat starts above its limit', () => {
  const { rise, fall } = limits([40, 40, 40], 100, 10)
  expect(rise).toEqual([10, 10, 10])
  expect(fall[0]).toBeCloseTo(100 - 0.98 * 40 + 0.2, 6)
  expect(fall.slice(1)).toEqual([10, 10])
})

it('widens a fall later on only where even the lowest path cannot come down in time', () => {
  const { fall } = limits([100, 100, 5, 100], 100, 30)
  expect(fall.slice(0, 2)).toEqual([30, 30])
  expect(fall[2]).toBeGreaterThan(30)
  expect(fall[2]).toBeLessThan(40)
  expect(fall[3]).toBe(30)
})

it('comes down in time for a limit that falls ahead', () => {
  const { high } = limits([100, 100, 100, 0], 90, 30)
  expect(high[2]).toBeLessThanOrEqual(30)
  expect(high[1]).toBeLessThanOrEqual(60)
})

it('shuts a step whose limit is zero, negative or next to nothing', () => {
  expect(limits([100, 0, -3, 1e-9], 0, 50).top).toEqual([100, 0, 0, 0])
})

it.each([
  { name: 'no rate at all', uMax: [10, 10], u0: 5, rateKw: 0 },
  { name: 'a negative rate', uMax: [10, 10], u0: 5, rateKw: -4 },
  { name: 'everything shut', uMax: [0, 0], u0: 5, rateKw: 1e-9 },
  { name: 'a limit that jumps', uMax: [100, 1, 100, 1], u0: 900, rateKw: 2 },
])('leaves a tube with $name', ({ uMax, u0, rateKw }) => {
  const { low, high, rise, fall, top } = limits(uMax, u0, rateKw)
  for (let k = 0; k < uMax.length; k++) {
    expect(low[k]).toBeGreaterThanOrEqual(0)
    expect(high[k]).toBeGreaterThanOrEqual(low[k])
    expect(high[k]).toBeLessThanOrEqual(top[k])
    expect(rise[k]).toBeGreaterThan(0)
    expect(fall[k]).toBeGreaterThan(0)
  }
})
