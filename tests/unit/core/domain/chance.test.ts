import { expect, it } from 'vitest'
import { hashedLaplace, hashedNormal, hashedUnit } from '../../../../src/core/domain/chance.ts'

const draws = (draw: (k: number) => number) => Array.from({ length: 20_000 }, (_, k) => draw(k))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => value * value)))

it('draws evenly between nought and one, never either', () => {
  const units = draws((k) => hashedUnit(5, k))
  expect(mean(units)).toBeCloseTo(0.5, 1)
  expect(Math.min(...units)).toBeGreaterThan(0)
  expect(Math.max(...units)).toBeLessThan(1)
  const tenths = new Array(10).fill(0)
  for (const unit of units) tenths[Math.floor(unit * 10)] += 1
  expect(Math.min(...tenths)).toBeGreaterThan(1_800)
})

it('draws normals of spread one and Laplace of spread √2, about zero', () => {
  const normals = draws((k) => hashedNormal(5, k))
  expect(Math.abs(mean(normals))).toBeLessThan(0.03)
  expect(Math.abs(spread(normals) - 1)).toBeLessThan(0.03)
  const laplaces = draws((k) => hashedLaplace(5, k))
  expect(Math.abs(mean(laplaces))).toBeLessThan(0.04)
  expect(Math.abs(spread(laplaces) - Math.SQRT2)).toBeLessThan(0.05)
})

it('shares nothing between neighbouring seeds and keys, and repeats itself exactly', () => {
  const product = mean(draws((k) => hashedNormal(5, k) * hashedNormal(6, k)))
  const neighbour = mean(draws((k) => hashedNormal(5, k) * hashedNormal(5, k + 1)))
  expect(Math.abs(product)).toBeLessThan(0.03)
  expect(Math.abs(neighbour)).toBeLessThan(0.03)
  expect(hashedNormal(5, 1_704_412_800_000)).toBe(hashedNormal(5, 1_704_412_800_000))
  expect(hashedUnit(5, 2 ** 32 + 1)).not.toBe(hashedUnit(5, 1))
})
