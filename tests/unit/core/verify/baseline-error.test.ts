import { describe, expect, it } from 'vitest'
import { baselineError } from '../../../../src/core/verify/baseline-error.ts'

const scored = (misses: readonly number[]) =>
  misses.map((missKw) => ({ plannedKw: 500, meteredKw: 500 + missKw }))

describe('how far plans were off', () => {
  it('is their bias, and with it their scatter', () => {
    const error = baselineError(scored([30, 10, 30, 10, 30, 10, 30, 10]))
    expect(error).toMatchObject({ slots: 8, biasKw: 20 })
    expect(error?.errorKw).toBeCloseTo(Math.sqrt(500), 9)
  })

  it('is not known before two hours of it', () => {
    expect(baselineError(scored(Array<number>(7).fill(0)))).toBeUndefined()
  })

  it('passes over quarter-hours that nobody planned or metered', () => {
    const gaps = [Number.NaN, Number.POSITIVE_INFINITY]
    expect(baselineError(scored([...Array<number>(7).fill(5), ...gaps]))).toBeUndefined()
    expect(baselineError(scored([...Array<number>(8).fill(5), ...gaps]))).toEqual({
      slots: 8,
      biasKw: 5,
      errorKw: 5,
    })
  })
})
