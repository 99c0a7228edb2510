import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildingObjective } from '../../../../src/core/math/building-objective.ts'
import { type BuildingQp, NO_LAG } from '../../../../src/core/math/building-qp.ts'
import { expectedBill } from '../../../../src/core/math/expected-bill.ts'
import { findRateLimits } from '../../../../src/core/math/rate-limits.ts'
import { solveBuildingQp } from '../../../../src/core/math/solve-building-qp.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { extremes } from './extremes.ts'
import { randomBuilding, seeded } from './random-building.ts'

const workspace = createWorkspace(96)

const problems = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    n: fc.constantFrom(1, 2, 5, 24, 96),
    form: fc.constantFrom('qp' as const, 'lp' as const),
    rateShare: fc.constantFrom(undefined, 0.02, 0.2),
    emitterHours: fc.constantFrom(undefined, 0.3, 2),
    feeShare: fc.constantFrom(undefined, 0.3, 3),
    extreme: fc.constantFrom(...Object.keys(extremes)),
  })
  .map(({ extreme, ...kind }) => ({ seed: kind.seed, qp: extremes[extreme](randomBuilding(kind)) }))

const law = (holds: (qp: BuildingQp, seed: number) => void) =>
  fc.assert(
    fc.property(problems, ({ qp, seed }) => holds(qp, seed)),
    { numRuns: 200 },
  )

function statesOf({ n, a, b, d1, d2, x0, emitter = NO_LAG }: BuildingQp, u: Float64Array) {
  const ti = new Float64Array(n)
  const tm = new Float64Array(n)
  let [t, m] = x0
  let q = emitter.q0
  for (let k = 0; k < n; k++) {
    const next = a[0] * t + a[1] * m + emitter.toTi * q + b[0] * u[k] + d1[k]
    m = a[2] * t + a[3] * m + emitter.toTm * q + b[1] * u[k] + d2[k]
    t = next
    q = emitter.keep * q + emitter.take * u[k]
    ti[k] = t
    tm[k] = m
  }
  return { u, ti, tm }
}

const objectiveOf = (qp: BuildingQp, u: Float64Array) => buildingObjective(qp, statesOf(qp, u)).objective

function limitsOf(qp: BuildingQp) {
  const ws = createWorkspace(qp.n)
  findRateLimits(qp, ws)
  return ws
}

function expectedBillOf(qp: BuildingQp, u: Float64Array): number {
  const ws = limitsOf(qp)
  ws.u.set(u)
  return expectedBill(qp, ws)
}

/** Some plan that keeps every limit, never far from a random walk. */
function randomPlan(qp: BuildingQp, seed: number): Float64Array {
  const ws = limitsOf(qp)
  const random = seeded(seed)
  let before = qp.u0
  return Float64Array.from({ length: qp.n }, (_, k) => {
    const wanted = random() < 0.3 ? before : random() * ws.top[k]
    before = Math.max(ws.low[k], before - ws.fall[k], Math.min(wanted, ws.high[k], before + ws.rise[k]))
    return before
  })
}

describe('a plan', () => {
  it('is never outside the box, nor faster than the rate where the rate can be kept', () => {
    law((qp) => {
      const { u } = solveBuildingQp(qp, workspace)
      const ws = limitsOf(qp)
      for (let k = 0; k < qp.n; k++) {
        const change = u[k] - (k > 0 ? u[k - 1] : qp.u0)
        const slip = 1e-9 * Math.max(1, qp.u0, ws.top[k])
        expect(u[k]).toBeGreaterThanOrEqual(0)
        expect(u[k]).toBeLessThanOrEqual(Math.max(0, qp.uMax[k]))
        expect(change).toBeLessThanOrEqual(ws.rise[k] + slip)
        expect(-change).toBeLessThanOrEqual(ws.fall[k] + slip)
      }
    })
  })

  it('is never worse than a random feasible one by more than its gap', () => {
    law((qp, seed) => {
      const { objective, gap, u } = solveBuildingQp(qp, workspace)
      const other = objectiveOf(qp, randomPlan(qp, seed))
      expect(objective - other).toBeLessThanOrEqual(gap * expectedBillOf(qp, u) + 1e-9 * Math.abs(objective))
    })
  })

  it('gets no better by more than its gap from a little more or less heat in any step', () => {
    law((qp, seed) => {
      const { u, objective, gap } = solveBuildingQp(qp, workspace)
      const ws = limitsOf(qp)
      const random = seeded(seed)
      for (let trial = 0; trial < 5; trial++) {
        const k = Math.floor(random() * qp.n)
        const before = k > 0 ? u[k - 1] : qp.u0
        const [low, high] = [Math.max(0, before - ws.fall[k]), Math.min(ws.top[k], before + ws.rise[k])]
        const nudged = u.slice()
        nudged[k] = Math.max(low, Math.min(high, u[k] + (random() - 0.5) * 0.05 * ws.top[k]))
        const change = k + 1 < qp.n ? u[k + 1] - nudged[k] : 0
        if (change > ws.rise[k + 1] || -change > ws.fall[k + 1]) continue
        const better = objective - objectiveOf(qp, nudged)
        expect(better).toBeLessThanOrEqual(gap * expectedBillOf(qp, u) + 1e-9 * Math.abs(objective))
      }
    })
  })

  it('reports the states, the objective and the violations of its own heat', () => {
    law((qp) => {
      const { u, ti, tm, objective, slackLo, slackHi } = solveBuildingQp(qp, workspace)
      const plan = statesOf(qp, u)
      expect(ti).toEqual(plan.ti)
      expect(tm).toEqual(plan.tm)
      const costs = buildingObjective(qp, plan)
      expect(costs).toEqual({ objective, slackLo, slackHi })
    })
  })

  it('is the same whatever the currency', () => {
    law((qp) => {
      // A power of two, so that not even rounding may differ.
      const times = (values: Float64Array) => values.map((v) => 1024 * v)
      const [p1, p2] = qp.terminal.p
      const [P11, P12, P22] = qp.terminal.P
      const dearer: BuildingQp = {
        ...qp,
        ...{ price: times(qp.price), w1Lo: times(qp.w1Lo), w1Hi: times(qp.w1Hi) },
        ...{ wr: 1024 * qp.wr, w2Lo: 1024 * qp.w2Lo, w2Hi: 1024 * qp.w2Hi },
        terminal: { ...qp.terminal, p: [1024 * p1, 1024 * p2], P: [1024 * P11, 1024 * P12, 1024 * P22] },
        ...(qp.emitter && { emitter: { ...qp.emitter, endEurPerKw: 1024 * qp.emitter.endEurPerKw } }),
        ...(qp.peak && { peak: { ...qp.peak, eurPerKw: 1024 * qp.peak.eurPerKw } }),
      }
      const one = solveBuildingQp(qp, workspace)
      const other = solveBuildingQp(dearer, workspace)
      expect(other.u).toEqual(one.u)
      expect(other.gap).toBe(one.gap)
    })
  })

  it('does not depend on what the workspace solved before', () => {
    law((qp) => {
      const used = solveBuildingQp(qp, workspace)
      expect(solveBuildingQp(qp, createWorkspace(qp.n))).toEqual(used)
    })
  })
})
