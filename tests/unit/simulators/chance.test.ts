import { describe, expect, it } from 'vitest'
import { normal, streamKey, uniform } from '../../../simulators/chance.ts'

const key = streamKey(1, 'row-house-01', 'presence', 'z01')
const many = Array.from({ length: 20_000 }, (_, i) => i)

describe('counter-based chance', () => {
  it('gives a number by its index, whatever was asked before', () => {
    const forwards = many.slice(0, 100).map((i) => uniform(key, i))
    const backwards = many
      .slice(0, 100)
      .reverse()
      .map((i) => uniform(key, i))
      .reverse()
    expect(backwards).toEqual(forwards)
  })

  it('spreads evenly over [0, 1)', () => {
    const tenths = new Array(10).fill(0)
    for (const i of many) tenths[Math.floor(uniform(key, 28_000_000 + i) * 10)]++
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200)
  })

  it.each([
    ['another seed', streamKey(2, 'row-house-01', 'presence', 'z01')],
    ['another building', streamKey(1, 'row-house-02', 'presence', 'z01')],
    ['another purpose', streamKey(1, 'row-house-01', 'window', 'z01')],
    ['another zone', streamKey(1, 'row-house-01', 'presence', 'z02')],
  ])('is unrelated for %s and for the minute before', (_, other) => {
    const covariance = (a: (i: number) => number, b: (i: number) => number) =>
      many.reduce((sum, i) => sum + (a(i) - 0.5) * (b(i) - 0.5), 0) / many.length
    expect(
      Math.abs(
        covariance(
          (i) => uniform(key, i),
          (i) => uniform(other, i),
        ) * 12,
      ),
    ).toBeLessThan(0.03)
    expect(
      Math.abs(
        covariance(
          (i) => uniform(other, i),
          (i) => uniform(other, i + 1),
        ) * 12,
      ),
    ).toBeLessThan(0.03)
  })

  it('has normal numbers of mean 0 and deviation 1', () => {
    const values = many.map((i) => normal(key, i))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.04)
  })

  it('is the same on every machine', () => {
    expect(streamKey(1, 'a', 'b')).toBe(streamKey(1, 'a', 'b'))
    expect([uniform(42, 0), uniform(42, 1), uniform(-7, 28_000_000)]).toMatchInlineSnapshot(`
      [
        0.7190423803403974,
        0.6192246419377625,
        0.7941356103401631,
      ]
    `)
  })
})
