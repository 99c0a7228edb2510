import { expect, it } from 'vitest'
import { hashedNormal } from '../../../../src/core/domain/chance.ts'
import { chooseLasso, type LassoProblem, solveLasso } from '../../../../src/core/math/lasso.ts'
import { addRow, createMoments, standardise } from '../../../../src/core/math/moments.ts'

const INPUTS = 12

/** Correlated columns and a target that follows the weights given, with noise. */
function problemOf(seed: number, rows: number, weights: readonly number[], noise: number): LassoProblem {
  const moments = createMoments(INPUTS, 1)
  for (let i = 0; i < rows; i++) {
    const common = hashedNormal(seed, i)
    const x = Array.from({ length: INPUTS }, (_, j) => hashedNormal(seed, i, j) + 0.7 * common)
    const y =
      5 +
      x.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0) +
      noise * hashedNormal(seed, i, INPUTS)
    addRow(moments, Float64Array.from([1, ...x, y]))
  }
  const { gram, cross, targetVariance } = standardise(moments)
  return { gram, cross, targetVariance: targetVariance[0], rows }
}

it.each([0.02, 0.2, 0.8])(
  'meets the conditions of the optimum with a penalty of %f of the largest',
  (share) => {
    for (let seed = 1; seed <= 20; seed++) {
      const problem = problemOf(seed, 60, [3, -2, 1], 1)
      const lambda = share * Math.max(...problem.cross.map(Math.abs))
      const b = new Float64Array(INPUTS)
      solveLasso(problem, lambda, b)
      const slack = 0.03 * Math.sqrt(problem.targetVariance)
      for (let j = 0; j < INPUTS; j++) {
        const slope = b.reduce(
          (sum, value, k) => sum - value * problem.gram[j * INPUTS + k],
          problem.cross[j],
        )
        if (b[j] === 0) expect(Math.abs(slope)).toBeLessThanOrEqual(lambda + slack)
        else expect(Math.abs(slope - Math.sign(b[j]) * lambda)).toBeLessThanOrEqual(slack)
      }
    }
  },
)

it('lets in what matters and little else', () => {
  const { coefficients } = chooseLasso(problemOf(7, 200, [3, -2], 1))
  expect(coefficients[0]).toBeGreaterThan(2.5)
  expect(coefficients[1]).toBeLessThan(-1.5)
  expect(coefficients.slice(2).every((value) => Math.abs(value) < 0.25)).toBe(true)
})

it('lets nothing much in where the target is noise', () => {
  const { coefficients } = chooseLasso(problemOf(3, 200, [], 1))
  expect(Math.max(...coefficients.map(Math.abs))).toBeLessThan(0.2)
})

it('lets nothing in where the target never changes', () => {
  expect(chooseLasso(problemOf(3, 50, [], 0)).coefficients.some((value) => value !== 0)).toBe(false)
})

it('chooses with fewer rows than columns', () => {
  const { coefficients } = chooseLasso(problemOf(5, 9, [3], 0.5))
  expect(coefficients.filter((value) => value !== 0).length).toBeLessThan(8)
})
