import { describe, expect, it } from 'vitest'
import { hashedNormal } from '../../../../src/core/domain/chance.ts'
import { clippedNormal, normalQuantile, normalShare } from '../../../../src/core/math/normal.ts'

describe('the normal distribution', () => {
  it.each([
    { p: 0.5, z: 0 },
    { p: 0.9, z: 1.2815516 },
    { p: 0.975, z: 1.959964 },
    { p: 0.01, z: -2.3263479 },
  ])('has its $p quantile at $z', ({ p, z }) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 5)
    expect(normalShare(z)).toBeCloseTo(p, 6)
  })

  it('answers finite limits even where a share is asked that nothing has', () => {
    expect(normalQuantile(0)).toBeCloseTo(-8, 6)
    expect(normalQuantile(1)).toBeCloseTo(8, 6)
  })
})

describe('clippedNormal', () => {
  it.each([
    { mean: 1, deviation: 1, most: 2 },
    { mean: -0.5, deviation: 0.7, most: 3 },
    { mean: 4, deviation: 1, most: 3 },
  ])('agrees with draws of N($mean, $deviation²) cut off at 0 and $most', ({ mean, deviation, most }) => {
    const draws = Array.from({ length: 20_000 }, (_, k) =>
      Math.max(0, Math.min(most, mean + deviation * hashedNormal(3, 1, k, 0))),
    )
    const drawn = draws.reduce((sum, x) => sum + x, 0) / draws.length
    const spread = draws.reduce((sum, x) => sum + (x - drawn) * (x - drawn), 0) / draws.length
    const clipped = clippedNormal(mean, deviation, most)
    expect(Math.abs(clipped.mean - drawn)).toBeLessThan(0.02)
    expect(Math.abs(clipped.variance - spread)).toBeLessThan(0.02)
  })

  it.each([
    { mean: 2, deviation: 0, most: 3, expected: 2 },
    { mean: 2, deviation: 0, most: 1, expected: 1 },
    { mean: Number.POSITIVE_INFINITY, deviation: 1, most: 1, expected: 1 },
    { mean: -100, deviation: 1, most: 1, expected: 0 },
    { mean: 2, deviation: 1, most: 0, expected: 0 },
    { mean: 2, deviation: 1, most: Number.NaN, expected: 0 },
  ])('is the limit itself where there is no doubt: %o', ({ mean, deviation, most, expected }) => {
    expect(clippedNormal(mean, deviation, most)).toEqual({ mean: expected, variance: 0 })
  })
})
