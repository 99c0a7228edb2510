import { createPlainDense, type Dense } from './dense.ts'

/** Dense elimination compiled from `src/kernel/dense.ts`, one instance of it. Addresses are bytes. */
export interface DenseModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  heapBase(): number
  eliminate(at: number, rows: number, width: number): number
  solve(at: number, rows: number, width: number, x: number): void
  subtractProduct(square: number, n: number, w: number, h: number): void
  addShifted(from: number, scale: number, shift: number, n: number, to: number): void
  removeSquare(from: number, rows: number, width: number, many: number, square: number): void
}

const BYTES = 8
const PAGE_BYTES = 65_536
// Vectors are taken over to be calculated with; longer ones are calculated with where they are.
const LONGEST = 1024

/** With room for `count` numbers in all. */
export function createKernelDense(module: DenseModule, count: number): Omit<Dense, 'release'> {
  const [x, w] = [module.heapBase(), module.heapBase() + LONGEST * BYTES]
  let next = w + LONGEST * BYTES
  const missing = next + count * BYTES - module.memory.buffer.byteLength
  if (missing > 0) module.memory.grow(Math.ceil(missing / PAGE_BYTES))
  const { buffer } = module.memory
  const plain = createPlainDense()
  const isWhole = (...sizes: number[]) => sizes.every((size) => size % 4 === 0)
  const doubles = new Float64Array(buffer)
  const here = (values: Float64Array, at: number) => doubles.set(values, at / BYTES)
  const back = (values: Float64Array) => values.set(doubles.subarray(x / BYTES, x / BYTES + values.length))
  return {
    take(numbers) {
      const taken = new Float64Array(buffer, next, numbers).fill(0)
      next += Math.ceil((numbers * BYTES) / 16) * 16
      return taken
    },
    eliminate(matrix, rows, width) {
      if (!isWhole(rows, width)) return plain.eliminate(matrix, rows, width)
      return module.eliminate(matrix.byteOffset, rows, width) === 1
    },
    solve(matrix, rows, width, values) {
      if (!isWhole(rows, width) || rows > LONGEST) return plain.solve(matrix, rows, width, values)
      here(values, x)
      module.solve(matrix.byteOffset, rows, width, x)
      back(values)
    },
    subtractProduct(square, weights, values) {
      const n = values.length
      if (!isWhole(n) || n > LONGEST) return plain.subtractProduct(square, weights, values)
      here(values, x)
      here(weights, w)
      module.subtractProduct(square.byteOffset, n, w, x)
      back(values)
    },
    addShifted(from, scale, shift, n, to) {
      module.addShifted(from.byteOffset, scale, shift, n, to.byteOffset)
    },
    removeSquare(matrix, rows, width, many, square) {
      if (!isWhole(rows, width, many)) return plain.removeSquare(matrix, rows, width, many, square)
      const from = matrix.byteOffset + (width - many) * BYTES
      module.removeSquare(from, rows, width, many, square.byteOffset)
    },
  }
}
