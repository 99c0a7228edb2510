/** Dense elimination, compiled or plain. Matrices are row by row, of rows and columns in multiples of four. */
export interface Dense {
  /** So many zeros where this can reach them. */
  take(count: number): Float64Array
  /** Nothing of it is used any more. */
  release(): void
  /**
   * Rows (S | B), S symmetric with its upper half given, become (U | U⁻ᵀ B) with S = Uᵀ U. False where S is not
   * positive definite.
   */
  eliminate(matrix: Float64Array, rows: number, width: number): boolean
  /** Replaces x by the solution of Uᵀ U y = x for such rows. */
  solve(matrix: Float64Array, rows: number, width: number, x: Float64Array): void
  /** h −= S w for a whole symmetric S. */
  subtractProduct(square: Float64Array, w: Float64Array, h: Float64Array): void
  /** to += scale · from, both whole and symmetric, whose steps come `shift` earlier in `to`, the first ones at its end. */
  addShifted(from: Float64Array, scale: number, shift: number, n: number, to: Float64Array): void
  /** square −= Vᵀ V for V, the last `many` columns of such rows. */
  removeSquare(matrix: Float64Array, rows: number, width: number, many: number, square: Float64Array): void
}

export function createPlainDense(): Dense {
  return {
    take: (count) => new Float64Array(count),
    release: () => {},
    ...{ eliminate, solve, subtractProduct, addShifted, removeSquare },
  }
}

function eliminate(matrix: Float64Array, rows: number, width: number): boolean {
  for (let i = 0; i < rows; i++) {
    const own = i * width
    for (let j = 0; j < i; j++) subtractRow(matrix, own, matrix[j * width + i], j * width, i, width)
    const pivot = matrix[own + i]
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return false
    const root = Math.sqrt(pivot)
    for (let k = i; k < width; k++) matrix[own + k] /= root
  }
  return true
}

function subtractRow(
  matrix: Float64Array,
  to: number,
  scale: number,
  from: number,
  first: number,
  width: number,
) {
  if (scale === 0) return
  for (let k = first; k < width; k++) matrix[to + k] -= scale * matrix[from + k]
}

function removeSquare(
  matrix: Float64Array,
  rows: number,
  width: number,
  many: number,
  square: Float64Array,
): void {
  for (let j = 0; j < rows; j++) {
    const from = j * width + width - many
    for (let i = 0; i < many; i++) {
      const scale = matrix[from + i]
      for (let k = i; k < many; k++) square[i * many + k] -= scale * matrix[from + k]
    }
  }
  for (let i = 1; i < many; i++) for (let k = 0; k < i; k++) square[i * many + k] = square[k * many + i]
}

function solve(matrix: Float64Array, rows: number, width: number, x: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    x[i] /= matrix[i * width + i]
    for (let k = i + 1; k < rows; k++) x[k] -= matrix[i * width + k] * x[i]
  }
  for (let i = rows - 1; i >= 0; i--) {
    for (let k = i + 1; k < rows; k++) x[i] -= matrix[i * width + k] * x[k]
    x[i] /= matrix[i * width + i]
  }
}

function subtractProduct(square: Float64Array, w: Float64Array, h: Float64Array): void {
  const n = h.length
  for (let i = 0; i < n; i++) {
    if (w[i] === 0) continue
    for (let k = 0; k < n; k++) h[k] -= w[i] * square[i * n + k]
  }
}

function addShifted(from: Float64Array, scale: number, shift: number, n: number, to: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = ((i + n - shift) % n) * n
    for (let j = 0; j < n; j++) to[row + ((j + n - shift) % n)] += scale * from[i * n + j]
  }
}
