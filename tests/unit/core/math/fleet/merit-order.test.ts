import { describe, expect, it } from 'vitest'
import type { HeatSource } from '../../../../../src/core/math/fleet/fleet-qp.ts'
import { cheapestShares, shareCost } from '../../../../../src/core/math/fleet/merit-order.ts'
import { seeded } from '../random-building.ts'

const row = (value: number) => Float64Array.of(value)

function source(capKw: number, eurPerKw: number, slope: number, kgPerKw = 0): HeatSource {
  return { capKw: row(capKw), eurPerKw: row(eurPerKw), slope: row(slope), kgPerKw: row(kgPerKw) }
}

/** Flat and sloped ones, some shut, some of the same price, one perhaps without limit. */
function randomSources(seed: number): HeatSource[] {
  const random = seeded(seed)
  const many = 1 + Math.floor(6 * random())
  return Array.from({ length: many }, (_, j) => {
    const cap = random() < 0.15 ? 0 : 100 * random()
    const eur = Math.round(20 * random() - 5) / 10
    return source(j === 0 && random() < 0.2 ? Infinity : cap, eur, random() < 0.5 ? 0 : 0.05 * random())
  })
}

const costOf = (sources: readonly HeatSource[], y: Float64Array) =>
  sources.reduce((sum, own, j) => sum + shareCost(own, 0, y[j]), 0)

describe('the cheapest shares of a heat', () => {
  it('add up, keep to their limits, and no kilowatt would be cheaper elsewhere', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const sources = randomSources(seed)
      const random = seeded(seed + 1000)
      const capacity = sources.reduce((sum, { capKw }) => sum + Math.min(capKw[0], 1e4), 0)
      const kw = random() < 0.1 ? 0 : 1.2 * capacity * random()
      const { y, lackKw, eta } = cheapestShares(sources, 0, kw, 0)
      expect(y.reduce((sum, own) => sum + own, lackKw)).toBeCloseTo(kw, 8)
      sources.forEach(({ capKw, eurPerKw, slope }, j) => {
        expect(y[j]).toBeGreaterThanOrEqual(0)
        expect(y[j]).toBeLessThanOrEqual(capKw[0])
        const marginal = eurPerKw[0] + slope[0] * y[j]
        if (y[j] > 1e-9) expect(marginal).toBeLessThanOrEqual(eta + 1e-9)
        if (lackKw <= 0 && y[j] < capKw[0] - 1e-9) expect(marginal).toBeGreaterThanOrEqual(eta - 1e-9)
      })
      if (kw < capacity) expect(lackKw).toBe(0)
    }
  })

  it('leave the sloped source where its cost meets the flat one’s', () => {
    const sources = [source(100, 1, 0.1), source(100, 3, 0)]
    const { y, eta } = cheapestShares(sources, 0, 60, 0)
    expect([...y]).toEqual([20, 40])
    expect(eta).toBe(3)
    expect(costOf(sources, y)).toBe(20 + 20 + 120)
  })

  it.each([
    { what: 'nothing', kw: 0, shares: [0, 0], lackKw: 0, eta: 1 },
    { what: 'more than there is', kw: 250, shares: [100, 100], lackKw: 50, eta: 11 },
    { what: 'less than nothing', kw: -5, shares: [0, 0], lackKw: -5, eta: 1 },
  ])('of $what', ({ kw, shares, lackKw, eta }) => {
    const found = cheapestShares([source(100, 1, 0.1), source(100, 3, 0)], 0, kw, 0)
    expect([...found.y]).toEqual(shares)
    expect(found.lackKw).toBeCloseTo(lackKw, 12)
    expect(found.eta).toBeCloseTo(eta, 9)
  })

  it('count emissions at their price', () => {
    const sources = [source(100, 1, 0, 2), source(100, 2, 0, 0)]
    expect([...cheapestShares(sources, 0, 60, 0).y]).toEqual([60, 0])
    expect([...cheapestShares(sources, 0, 60, 1).y]).toEqual([0, 60])
  })
})
