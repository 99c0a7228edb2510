import { expect, it } from 'vitest'
import { addMoments, addRow, createMoments, standardise } from '../../../../src/core/math/moments.ts'

const ROWS = [
  [1, 2, 7, 4, 10],
  [1, 3, 7, 0, 14],
  [1, 5, 7, 1, 30],
  [1, 9, 7, 3, 22],
].map((row) => Float64Array.from(row))

function momentsOf(rows: readonly Float64Array[]) {
  const moments = createMoments(3, 1)
  for (const row of rows) addRow(moments, row)
  return moments
}

it('is the same for all rows at once and for the sum of two blocks', () => {
  const whole = momentsOf(ROWS)
  const sum = momentsOf(ROWS.slice(0, 1))
  addMoments(sum, momentsOf(ROWS.slice(1)))
  expect(sum.sums).toEqual(whole.sums)
})

it('gives means, deviations, correlations and the covariance with the target', () => {
  const { rows, mean, scale, targetMean, targetVariance, gram, cross } = standardise(momentsOf(ROWS))
  expect(rows).toBe(4)
  expect([...mean]).toEqual([4.75, 7, 2])
  expect(scale[0]).toBeCloseTo(Math.sqrt(7.1875), 12)
  expect([targetMean[0], targetVariance[0]]).toEqual([19, 59])
  expect([gram[0], gram[8]]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)])
  expect(gram[2]).toBeCloseTo((40 / 4 - 4.75 * 2) / Math.sqrt(7.1875 * 2.5), 12)
  expect(cross[0]).toBeCloseTo((410 / 4 - 4.75 * 19) / Math.sqrt(7.1875), 12)
})

it('leaves a column out that never changes', () => {
  const { scale, gram, cross } = standardise(momentsOf(ROWS))
  expect([scale[1], gram[4], cross[1]]).toEqual([0, 0, 0])
})
