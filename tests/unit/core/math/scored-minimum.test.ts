import { describe, expect, it } from 'vitest'
import { scoredMinimum } from '../../../../src/core/math/scored-minimum.ts'

const SETTINGS = { maxIterations: 60, tolerance: 1e-10 }

/** (x − 1)² + 4 (y + 2)² + (x − 1)(y + 2): a bowl. */
function bowl(lo: readonly number[], hi: readonly number[]) {
  const value = ([x, y]: Float64Array) => (x - 1) * (x - 1) + 4 * (y + 2) * (y + 2) + (x - 1) * (y + 2)
  return {
    lo: Float64Array.from(lo),
    hi: Float64Array.from(hi),
    deviance: value,
    linearise(at: Float64Array, slope: Float64Array, curvature: Float64Array) {
      const [x, y] = at
      slope.set([2 * (x - 1) + (y + 2), 8 * (y + 2) + (x - 1)])
      curvature.set([2, 1, 1, 8])
      return value(at)
    },
  }
}

describe('a minimum by scoring', () => {
  it('is found where nothing is in the way', () => {
    const { status, x } = scoredMinimum(bowl([-9, -9], [9, 9]), [5, 5], SETTINGS)
    expect(status).toBe('converged')
    expect(x[0]).toBeCloseTo(1, 5)
    expect(x[1]).toBeCloseTo(-2, 5)
  })

  it('rests on a bound, the other parameter at its best there', () => {
    const { x } = scoredMinimum(bowl([2, -9], [9, 9]), [5, 5], SETTINGS)
    expect(x[0]).toBe(2)
    expect(x[1]).toBeCloseTo(-2 - 1 / 8, 5)
  })

  it('says so where it begins at no model at all', () => {
    const nowhere = { ...bowl([-9, -9], [9, 9]), linearise: () => Number.POSITIVE_INFINITY }
    expect(scoredMinimum(nowhere, [0, 0], SETTINGS).status).toBe('not-finite')
  })
})
