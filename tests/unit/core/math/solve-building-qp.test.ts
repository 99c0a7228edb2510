import { describe, expect, it } from 'vitest'
import { defaultSettings, solveBuildingQp } from '../../../../src/core/math/solve-building-qp.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { highsModel } from './highs-model.ts'
import { randomBuilding } from './random-building.ts'
import { solveWithHighs } from './solve-with-highs.ts'

const workspace = createWorkspace(192)
const seeds = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('against HiGHS', () => {
  it.each([
    { form: 'lp', n: 192, rateShare: undefined, count: 16 },
    { form: 'lp', n: 192, rateShare: 0.05, count: 8 },
    { form: 'qp', n: 48, rateShare: undefined, count: 24 },
    { form: 'qp', n: 48, rateShare: 0.05, count: 8 },
  ] as const)('finds the optimum of $count $form of $n steps, rate $rateShare', ({ count, ...kind }) => {
    let compared = 0
    for (const seed of seeds(count)) {
      const qp = randomBuilding({ seed, ...kind })
      const ours = solveBuildingQp(qp, workspace)
      const theirs = solveWithHighs(highsModel(qp))
      expect(ours.status).toBe('solved')
      if (theirs === undefined) continue
      compared++
      const bill = qp.price.reduce((sum, price, k) => sum + price * ours.u[k], 0)
      const gap = (ours.objective - theirs.objective) / bill
      expect(gap).toBeLessThanOrEqual(ours.gap + 1e-7)
      expect(gap).toBeGreaterThan(-1e-6)
      expect(ours.gap).toBeLessThanOrEqual(defaultSettings.gap)
    }
    expect(compared).toBeGreaterThan(0.8 * count)
  })
})
