import { describe, expect, it } from 'vitest'
import { loadDense } from '../../../../../src/adapters/workers/load-kernel.ts'
import { createPlainDense } from '../../../../../src/core/math/fleet/dense.ts'
import { seeded } from '../random-building.ts'

const compiled = loadDense()
const plain = createPlainDense()

/** A positive definite matrix of so many rows, and columns beside it. */
function rowsOf(rows: number, width: number, seed: number): Float64Array {
  const random = seeded(seed)
  const matrix = Float64Array.from({ length: rows * width }, () => random() - 0.5)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) matrix[i * width + j] = matrix[j * width + i]
    matrix[i * width + i] = rows
  }
  return matrix
}

const vector = (n: number, seed: number) => Float64Array.from({ length: n }, seeded(seed))

describe('compiled dense elimination', () => {
  it.each([4, 8, 44, 192])('solves %s equations as the plain one does', (rows) => {
    const width = rows + 4
    const own = compiled(rows * width)
    const matrix = own.take(rows * width)
    matrix.set(rowsOf(rows, width, rows))
    const theirs = matrix.slice()
    expect(own.eliminate(matrix, rows, width)).toBe(true)
    expect(plain.eliminate(theirs, rows, width)).toBe(true)
    const [x, y] = [vector(rows, 3), vector(rows, 3)]
    own.solve(matrix, rows, width, x)
    plain.solve(theirs, rows, width, y)
    for (let i = 0; i < rows; i++) expect(x[i]).toBeCloseTo(y[i], 12)
  })

  it.each([4, 96, 192])('takes a product of %s rows away, where most weights are nothing too', (n) => {
    const own = compiled(n * n)
    const square = own.take(n * n)
    square.set(rowsOf(n, n, n))
    for (const weights of [vector(n, 5), vector(n, 5).map((w, k) => (k % 7 === 2 ? w : 0))]) {
      const [x, y] = [vector(n, 6), vector(n, 6)]
      own.subtractProduct(square, weights, x)
      plain.subtractProduct(square, weights, y)
      for (let i = 0; i < n; i++) expect(x[i]).toBeCloseTo(y[i], 11)
    }
  })

  it.each([0, 1, 5, 47])('adds an answer that comes %s steps earlier', (shift) => {
    const n = 48
    const own = compiled(2 * n * n)
    const [from, to] = [own.take(n * n), own.take(n * n)]
    from.set(rowsOf(n, n, 1))
    to.set(rowsOf(n, n, 2))
    const theirs = to.slice()
    own.addShifted(from, 1.1, shift, n, to)
    plain.addShifted(from, 1.1, shift, n, theirs)
    expect(to).toEqual(theirs)
  })

  it('leaves to the plain one what is not of multiples of four', () => {
    const own = compiled(64)
    const square = own.take(25)
    square.set(rowsOf(5, 5, 1))
    const [x, y] = [vector(5, 6), vector(5, 6)]
    own.subtractProduct(square, vector(5, 5), x)
    plain.subtractProduct(square, vector(5, 5), y)
    expect(x).toEqual(y)
  })
})
