import { expect, it } from 'vitest'
import { priceScale, restore, stabilise } from '../../../../../src/core/forecast/prices/price-scale.ts'

it('stands on the median and its absolute deviations, which one spike does not move', () => {
  const calm = Float64Array.from([40, 45, 50, 55, 60])
  const spiky = Float64Array.from([40, 45, 50, 55, 2350])
  expect(priceScale(calm)).toEqual(priceScale(spiky))
  expect(priceScale(calm)).toEqual({ medianEurPerMwh: 50, spreadEurPerMwh: 5 * 1.4826 })
})

it.each([-500, -1, 0, 50, 50.001, 400, 4000])('brings %f EUR/MWh there and back', (price) => {
  const scale = priceScale(Float64Array.from([40, 45, 50, 55, 60]))
  expect(restore(scale, stabilise(scale, price))).toBeCloseTo(price, 6)
  expect(stabilise(scale, price)).toBeCloseTo(Math.asinh((price - 50) / (5 * 1.4826)), 10)
})

it('has a spread where prices never change, and where there are none', () => {
  expect(stabilise(priceScale(Float64Array.from([30, 30, 30])), 31)).toBeGreaterThan(0)
  expect(stabilise(priceScale(new Float64Array()), 31)).toBeGreaterThan(0)
})
