import { describe, expect, it } from 'vitest'
import { discretiseLti, type LinearSystem } from '../../../../src/core/math/discretise-lti.ts'
import { exactZoh } from '../../../../src/core/math/exact-zoh.ts'

const system: LinearSystem = {
  n: 3,
  m: 2,
  a: Float64Array.of(-8, 6, 0.5, 0.02, -0.03, 0, 0, 0, -0.25),
  b: Float64Array.of(1, 0.2, 0, 0.01, 0, 0),
  q: Float64Array.of(0.04, 0, 0, 0, 0.001, 0, 0, 0, 0.5),
}

const times = (x: Float64Array, y: Float64Array, n: number, m: number) =>
  Float64Array.from({ length: n * m }, (_, at) => {
    let sum = 0
    for (let k = 0; k < n; k++) sum += x[Math.floor(at / m) * n + k] * y[k * m + (at % m)]
    return sum
  })

const transposed = (x: Float64Array, n: number) => x.map((_, at) => x[(at % n) * n + Math.floor(at / n)])

describe('an exact step of a linear system', () => {
  it.each([0.01, 0.25, 3, 30])('moves state and inputs over %s h as the matrix exponential does', (hours) => {
    const step = discretiseLti(system, hours)
    const exact = exactZoh(system.a, system.b, system.n, hours)
    for (const [i, value] of step.f.entries()) expect(value).toBeCloseTo(exact.a[i], 11)
    for (const [i, value] of step.g.entries()) expect(value).toBeCloseTo(exact.b[i], 10)
  })

  it('gathers the same noise in one long step as in many short ones', () => {
    const { n } = system
    const short = discretiseLti(system, 0.05)
    let gathered = new Float64Array(n * n)
    for (let k = 0; k < 20; k++) {
      const moved = times(times(short.f, gathered, n, n), transposed(short.f, n), n, n)
      gathered = moved.map((value, i) => value + short.q[i])
    }
    for (const [i, value] of discretiseLti(system, 1).q.entries()) expect(value).toBeCloseTo(gathered[i], 12)
  })

  it('knows the variance of a process that fades', () => {
    const fading = { n: 1, m: 1, a: Float64Array.of(-0.5), b: Float64Array.of(0), q: Float64Array.of(2) }
    const { q } = discretiseLti(fading, 1.5)
    expect(q[0]).toBeCloseTo(2 * (1 - Math.exp(-1.5)), 12)
  })
})
