import { describe, expect, it } from 'vitest'
import { leastSquares } from '../../../../src/core/math/least-squares.ts'
import { seeded } from './random-building.ts'

const free = (p: number) => ({
  lo: new Float64Array(p).fill(Number.NEGATIVE_INFINITY),
  hi: new Float64Array(p).fill(Number.POSITIVE_INFINITY),
})

describe('least squares', () => {
  it("finds the floor of Rosenbrock's valley", () => {
    const result = leastSquares({
      residuals: (x, r) => {
        r[0] = 10 * (x[1] - x[0] * x[0])
        r[1] = 1 - x[0]
      },
      ...{ residualCount: 2, start: [-1.2, 1], ...free(2) },
    })
    expect(result.status).toBe('converged')
    expect(result.x[0]).toBeCloseTo(1, 6)
    expect(result.x[1]).toBeCloseTo(1, 6)
  })

  it('solves a linear fit as the normal equations do, covariance included', () => {
    const random = seeded(7)
    const t = Float64Array.from({ length: 50 }, (_, i) => i / 10)
    const y = t.map((at) => 3 - 2 * at + random() - 0.5)
    const { x, cost, covariance } = leastSquares({
      residuals: (p, r) => {
        for (let i = 0; i < t.length; i++) r[i] = p[0] + p[1] * t[i] - y[i]
      },
      ...{ residualCount: t.length, start: [0, 0], ...free(2) },
    })
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
    const [n, st, stt] = [t.length, sum(t), sum(t.map((v) => v * v))]
    const det = n * stt - st * st
    const sy = sum(y)
    const sty = sum(y.map((v, i) => v * t[i]))
    expect(x[0]).toBeCloseTo((stt * sy - st * sty) / det, 5)
    expect(x[1]).toBeCloseTo((n * sty - st * sy) / det, 5)
    const variance = (2 * cost) / (n - 2)
    expect(covariance[0]).toBeCloseTo((variance * stt) / det, 8)
    expect(covariance[1]).toBeCloseTo((-variance * st) / det, 8)
    expect(covariance[3]).toBeCloseTo((variance * n) / det, 8)
  })

  it('stays within its bounds and fits the rest as if the bound were known', () => {
    const t = Float64Array.from({ length: 40 }, (_, i) => i / 8)
    const y = t.map((at) => 2 * Math.exp(-0.7 * at) + 0.5)
    const seen: number[] = []
    const { x, status } = leastSquares({
      residuals: (p, r) => {
        seen.push(p[1])
        for (let i = 0; i < t.length; i++) r[i] = p[0] * Math.exp(-p[1] * t[i]) + p[2] - y[i]
      },
      ...{ residualCount: t.length, start: [1, 0.2, 0], lo: [0, 0, -1], hi: [10, 0.5, 1] },
    })
    expect(status).toBe('converged')
    expect(x[1]).toBe(0.5)
    expect(Math.max(...seen)).toBeLessThanOrEqual(0.5)
    const misfit = (p0: number, p2: number) =>
      t.reduce((sum, at, i) => sum + (p0 * Math.exp(-0.5 * at) + p2 - y[i]) ** 2, 0)
    const best = misfit(x[0], x[2])
    for (const [d0, d2] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
    ]) {
      expect(misfit(x[0] + d0, x[2] + d2)).toBeGreaterThan(best)
    }
  })

  it('leaves a parameter that moves nothing where it was, and says nothing of its spread', () => {
    const { x, covariance } = leastSquares({
      residuals: (p, r) => {
        for (let i = 0; i < 5; i++) r[i] = p[0] - i
      },
      ...{ residualCount: 5, start: [10, 4], ...free(2) },
    })
    expect(x[0]).toBeCloseTo(2, 5)
    expect(x[1]).toBe(4)
    expect(covariance[0]).toBeCloseTo(0.5, 8)
    expect([...covariance.slice(1)]).toEqual([0, 0, 0])
  })

  it('walks round a region where the model is no number', () => {
    const { x, status } = leastSquares({
      residuals: (p, r) => {
        r[0] = Math.sqrt(p[0]) - 0.1
      },
      ...{ residualCount: 1, start: [4], ...free(1) },
    })
    expect(status).toBe('converged')
    expect(x[0]).toBeCloseTo(0.01, 6)
  })

  it('says so when the start is no number', () => {
    const broken = { residuals: (_: Float64Array, r: Float64Array) => r.fill(Number.NaN), residualCount: 2 }
    expect(leastSquares({ ...broken, start: [1], ...free(1) }).status).toBe('not-finite')
  })
})
