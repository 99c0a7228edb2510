import { describe, expect, it } from 'vitest'
import { bear, isFelt, NO_BURDEN, sparings } from '../../../../../src/core/plan/orders/fairness.ts'
import { priorModel } from '../../../../../src/core/thermal/prior-model.ts'

const model = priorModel({ kind: 'concrete-block', floorAreaM2: 2000, builtYear: 1975 })

function borne(heats: readonly number[]) {
  return heats.reduce((burden, kw) => bear(burden, model, kw, 0.25), NO_BURDEN)
}

describe('what an order takes from a building', () => {
  it('is nothing where no heat is withheld, nor where more is given', () => {
    expect(borne([0, 0, 0])).toEqual(NO_BURDEN)
    expect(borne([10, 10, 10]).takenKh).toBe(0)
  })

  it('grows with the heat withheld, and goes on growing until the rooms have recovered', () => {
    const two = borne(Array(8).fill(-20))
    const three = borne([...Array(8).fill(-20), ...Array(4).fill(0)])
    expect(two.airK).toBeLessThan(-0.1)
    expect(two.takenKh).toBeGreaterThan(0.1)
    expect(three.takenKh).toBeGreaterThan(two.takenKh)
    expect(three.airK).toBeGreaterThan(two.airK)
    expect(borne(Array(8).fill(-40)).takenKh).toBeCloseTo(2 * two.takenKh, 9)
  })

  it('is less where heat was stored before', () => {
    const stored = borne([...Array(8).fill(20), ...Array(8).fill(-20)])
    expect(stored.takenKh).toBeLessThan(borne(Array(8).fill(-20)).takenKh)
  })

  it('is no more felt after some days', () => {
    expect(isFelt(borne(Array(8).fill(-20)))).toBe(true)
    expect(isFelt(borne([...Array(8).fill(-20), ...Array(96 * 10).fill(0)]))).toBe(false)
  })
})

describe('who is spared', () => {
  it('is who gave more than most, and the more the further', () => {
    const [none, middle, more, most] = sparings([0, 1, 2, 6], 1)
    expect(none).toEqual({ sparedRatio: 0, weight: 1 })
    expect(middle).toEqual({ sparedRatio: 0, weight: 1 })
    expect(more!.sparedRatio).toBeGreaterThan(0.1)
    expect(most!.sparedRatio).toBeGreaterThan(more!.sparedRatio)
    expect(most!.sparedRatio).toBeLessThan(0.9)
    expect(most!.weight).toBeGreaterThan(more!.weight)
    expect(most!.weight).toBeLessThanOrEqual(4)
  })

  it.each([
    { why: 'all gave alike', taken: [2, 2, 2], strength: 1 },
    { why: 'fairness is switched off', taken: [0, 1, 9], strength: 0 },
    { why: 'nobody gave anything', taken: [0, 0, 0], strength: 5 },
  ])('is nobody where $why', ({ taken, strength }) => {
    for (const { sparedRatio, weight } of sparings(taken, strength))
      expect([sparedRatio, weight]).toEqual([0, 1])
  })

  it('is nobody of nobody', () => expect(sparings([], 1)).toEqual([]))
})
