import { createPlainDense, type Dense } from './dense.ts'

/** Dense elimination compiled from `src/kernel/dense.ts`, one instance of it. Addresses are bytes. */
export interface DenseModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  heapBase(): number
  eliminate(at: number, rows: number, width: number): number
  removeSquare(from: number, rows: number, width: number, many: number, square: number): void
}

const BYTES = 8
const PAGE_BYTES = 65_536

/** With room for `count` numbers in all. */
export function createKernelDense(module: DenseModule, count: number): Dense {
  let next = module.heapBase()
  const missing = next + count * BYTES - module.memory.buffer.byteLength
  if (missing > 0) module.memory.grow(Math.ceil(missing / PAGE_BYTES))
  const { buffer } = module.memory
  const plain = createPlainDense()
  const isWhole = (...sizes: number[]) => sizes.every((size) => size % 4 === 0)
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
    removeSquare(matrix, rows, width, many, square) {
      if (!isWhole(rows, width, many)) return plain.removeSquare(matrix, rows, width, many, square)
      const from = matrix.byteOffset + (width - many) * BYTES
      module.removeSquare(from, rows, width, many, square.byteOffset)
    },
  }
}
