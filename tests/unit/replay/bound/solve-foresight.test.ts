import { describe, expect, it } from 'vitest'
import { hashedUnit } from '../../../../src/core/domain/chance.ts'
import {
  countOf,
  type ForesightPlan,
  type ForesightProblem,
  planCost,
  restingPlan,
  roomKw,
} from '../../../../src/replay/bound/foresight-problem.ts'
import { solveForesight } from '../../../../src/replay/bound/solve-foresight.ts'

const N = 48
const keep = Float64Array.of(0.5, 0.95)
const gains = Float64Array.of(0.02, 0.1)

/** A room at 20.5 °C in a band of 20 to 23, two dear hours in a cheap two days. */
function problem(): ForesightProblem {
  const gain = Float64Array.from({ length: 2 * N }, (_, i) => gains[i % 2]!)
  return {
    n: N,
    keep,
    price: Float64Array.from({ length: N }, (_, k) => (k === 30 || k === 31 ? 2 : 0.1)),
    endValue: Float64Array.of(0.2, 2),
    least: new Float64Array(N).fill(-20),
    most: new Float64Array(N).fill(10),
    mean: gains,
    leastPerK: 1,
    mostPerK: 2,
    limits: [
      { budget: 1, terms: [{ edgeK: new Float64Array(N).fill(-0.5), gain, share: 1 }] },
      {
        budget: 0.2,
        terms: [{ edgeK: new Float64Array(N).fill(-2.5), gain: gain.map((g) => -g), share: 1 }],
      },
    ],
  }
}

function planOf(u: Float64Array): ForesightPlan {
  const x = new Float64Array(2 * N)
  for (let k = 0; k < N; k++) {
    for (const j of [0, 1]) {
      const before = k > 0 ? x[2 * k - 2 + j]! : 0
      x[2 * k + j] = keep[j]! * before + (1 - keep[j]!) * u[k]!
    }
  }
  return { u, x }
}

function isInside(at: ForesightProblem, plan: ForesightPlan): boolean {
  const heat = Array.from({ length: N }, (_, k) => roomKw(at, plan, k)).flat()
  return heat.every((kw) => kw >= -1e-6) && at.limits.every((l) => countOf(at, l, plan.x) <= l.budget + 1e-6)
}

describe('foresight', () => {
  it('cuts the dear hours, and proves how near to the best it is', () => {
    const at = problem()
    const { plan, costEur, gapEur } = solveForesight(at)
    expect(plan.u[30]).toBeLessThan(-15)
    expect(costEur).toBeLessThan(-50)
    expect(gapEur).toBeLessThan(0.5)
  })

  it('stays within reach of the heat and within the kelvins of comfort', () => {
    const at = problem()
    const { plan } = solveForesight(at)
    planOf(plan.u).x.forEach((mode, i) => {
      expect(plan.x[i]).toBeCloseTo(mode, 6)
    })
    expect(isInside(at, planOf(plan.u))).toBe(true)
  })

  it('is never dearer than a plan that keeps the same limits', () => {
    const at = problem()
    const { costEur, gapEur } = solveForesight(at)
    let tried = 0
    for (let draw = 0; draw < 400; draw++) {
      const size = 12 * hashedUnit(draw, 3)
      const plan = planOf(Float64Array.from({ length: N }, (_, k) => size * (hashedUnit(draw, k) - 0.5)))
      plan.u[30]! -= size / 2
      const drawn = planOf(plan.u)
      if (!isInside(at, drawn)) continue
      tried++
      expect(planCost(at, drawn)).toBeGreaterThanOrEqual(costEur - gapEur)
    }
    expect(tried).toBeGreaterThan(20)
  })

  it('says what a kelvin more is worth: as much as it then saves', () => {
    const at = problem()
    const { costEur, limitEur } = solveForesight(at)
    const [cold, warm] = at.limits
    const looser = { ...at, limits: [{ ...cold!, budget: 1.2 }, warm!] }
    const saved = costEur - solveForesight(looser).costEur
    expect(saved).toBeGreaterThan(0)
    expect(saved).toBeLessThan(0.2 * limitEur[0]! * 1.2 + 0.5)
  })

  it('moves nothing where nothing can be moved', () => {
    const tight = problem()
    const nothing = { ...tight, least: tight.least.map(() => -1e-3), most: tight.most.map(() => 1e-3) }
    expect(solveForesight(nothing).costEur).toBeGreaterThan(-0.1)
    expect(planCost(tight, restingPlan(tight))).toBe(0)
  })
})
