/*
 * Dense elimination for the gates of a fleet's network, in tiles of four by four. Matrices are of doubles, row by row;
 * numbers of rows and columns are multiples of four. This is the module's door; `kernel-dense.ts` of the core calls it.
 */
const DOUBLE: usize = 8

export function heapBase(): usize {
  return (__heap_base + 15) & ~15
}

/**
 * Rows (S | B), S symmetric with its upper half given, become (U | U⁻ᵀ B) with S = Uᵀ U. False where S is not positive
 * definite.
 */
export function eliminate(at: usize, rows: i32, width: i32): bool {
  const row = <usize>width * DOUBLE
  for (let i = 0; i < rows; i += 4) {
    const left = at + <usize>i * DOUBLE
    const diagonal = left + <usize>i * row
    subtract(diagonal, row, left, left, row, i)
    if (!factorTile(diagonal, row)) return false
    for (let k = i + 4; k < width; k += 4) {
      const tile = at + <usize>i * row + <usize>k * DOUBLE
      subtract(tile, row, left, at + <usize>k * DOUBLE, row, i)
      solveTile(diagonal, tile, row)
    }
  }
  return true
}

/** square −= Vᵀ V for the `many` columns from V on, of `rows` rows `width` apart. */
export function removeSquare(from: usize, rows: i32, width: i32, many: i32, square: usize): void {
  const row = <usize>width * DOUBLE
  const to = <usize>many * DOUBLE
  for (let i = 0; i < many; i += 4) {
    for (let k = i; k < many; k += 4) {
      const tile = square + <usize>i * to + <usize>k * DOUBLE
      subtract(tile, to, from + <usize>i * DOUBLE, from + <usize>k * DOUBLE, row, rows)
    }
  }
  for (let i = 1; i < many; i++) {
    for (let k = 0; k < i; k++) {
      const value = load<f64>(square + <usize>k * to + <usize>i * DOUBLE)
      store<f64>(square + <usize>i * to + <usize>k * DOUBLE, value)
    }
  }
}

/** Replaces x by the solution of Uᵀ U y = x for such rows. */
export function solve(at: usize, rows: i32, width: i32, x: usize): void {
  const row = <usize>width * DOUBLE
  for (let i = 0; i < rows; i += 4) {
    const tile = at + <usize>i * row + <usize>i * DOUBLE
    const own = x + <usize>i * DOUBLE
    for (let j = 0; j < 4; j++) {
      let value = load<f64>(own + <usize>j * DOUBLE)
      for (let h = 0; h < j; h++) value -= entry(tile, row, h, j) * load<f64>(own + <usize>h * DOUBLE)
      store<f64>(own + <usize>j * DOUBLE, value / entry(tile, row, j, j))
    }
    subtractRows(tile + 32, row, own, own + 32, rows - i - 4)
  }
  for (let i = rows - 4; i >= 0; i -= 4) {
    const tile = at + <usize>i * row + <usize>i * DOUBLE
    const own = x + <usize>i * DOUBLE
    subtractColumns(tile + 32, row, own + 32, own, rows - i - 4)
    for (let j = 3; j >= 0; j--) {
      let value = load<f64>(own + <usize>j * DOUBLE)
      for (let h = j + 1; h < 4; h++) value -= entry(tile, row, j, h) * load<f64>(own + <usize>h * DOUBLE)
      store<f64>(own + <usize>j * DOUBLE, value / entry(tile, row, j, j))
    }
  }
}

/** h −= S w for a whole symmetric S of n rows. */
export function subtractProduct(square: usize, n: i32, w: usize, h: usize): void {
  const row = <usize>n * DOUBLE
  for (let i = 0; i < n; i += 4) {
    const own = w + <usize>i * DOUBLE
    // What a limit does to a few steps leaves the others alone.
    if (v128.any_true(v128.or(v128.load(own), v128.load(own, 16)))) {
      subtractRows(square + <usize>i * row, row, own, h, n)
    }
  }
}

/** to += scale · from, n × n each, whose steps come `shift` < n earlier in `to`, the first ones at its end. */
export function addShifted(from: usize, scale: f64, shift: i32, n: i32, to: usize): void {
  const row = <usize>n * DOUBLE
  const wrapped = <usize>(n - shift) * DOUBLE
  for (let i = 0; i < n; i++) {
    const target = to + <usize>(i < shift ? i + n - shift : i - shift) * row
    addRow(from, scale, shift, target + wrapped)
    addRow(from + <usize>shift * DOUBLE, scale, n - shift, target)
    from += row
  }
}

function addRow(from: usize, scale: f64, count: i32, to: usize): void {
  const factor = f64x2.splat(scale)
  let k = 0
  for (; k + 2 <= count; k += 2) {
    const at = <usize>k * DOUBLE
    v128.store(to + at, f64x2.add(v128.load(to + at), f64x2.mul(factor, v128.load(from + at))))
  }
  if (k < count) {
    const at = <usize>k * DOUBLE
    store<f64>(to + at, load<f64>(to + at) + scale * load<f64>(from + at))
  }
}

function entry(tile: usize, row: usize, i: i32, j: i32): f64 {
  return load<f64>(tile + <usize>i * row + <usize>j * DOUBLE)
}

/** h −= Σ_j wⱼ rowⱼ over four rows of `count` columns. */
function subtractRows(rows: usize, row: usize, w: usize, h: usize, count: i32): void {
  const w0 = v128.load64_splat(w)
  const w1 = v128.load64_splat(w, 8)
  const w2 = v128.load64_splat(w, 16)
  const w3 = v128.load64_splat(w, 24)
  const end = h + <usize>count * DOUBLE
  for (; h < end; h += 16, rows += 16) {
    const first = f64x2.add(f64x2.mul(w0, v128.load(rows)), f64x2.mul(w1, v128.load(rows + row)))
    const second = f64x2.add(
      f64x2.mul(w2, v128.load(rows + 2 * row)),
      f64x2.mul(w3, v128.load(rows + 3 * row)),
    )
    v128.store(h, f64x2.sub(v128.load(h), f64x2.add(first, second)))
  }
}

/** wⱼ −= rowⱼ · h over four rows of `count` columns. */
function subtractColumns(rows: usize, row: usize, h: usize, w: usize, count: i32): void {
  let s0 = f64x2.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  const end = h + <usize>count * DOUBLE
  for (; h < end; h += 16, rows += 16) {
    const x = v128.load(h)
    s0 = f64x2.add(s0, f64x2.mul(x, v128.load(rows)))
    s1 = f64x2.add(s1, f64x2.mul(x, v128.load(rows + row)))
    s2 = f64x2.add(s2, f64x2.mul(x, v128.load(rows + 2 * row)))
    s3 = f64x2.add(s3, f64x2.mul(x, v128.load(rows + 3 * row)))
  }
  subtractSum(w, s0)
  subtractSum(w + 8, s1)
  subtractSum(w + 16, s2)
  subtractSum(w + 24, s3)
}

function subtractSum(at: usize, lanes: v128): void {
  store<f64>(at, load<f64>(at) - (f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1)))
}

/** tile −= Σ_j aⱼᵀ bⱼ over `count` rows of four columns each. */
function subtract(tile: usize, tileRow: usize, a: usize, b: usize, row: usize, count: i32): void {
  let c00 = v128.load(tile)
  let c01 = v128.load(tile, 16)
  let c10 = v128.load(tile + tileRow)
  let c11 = v128.load(tile + tileRow, 16)
  let c20 = v128.load(tile + 2 * tileRow)
  let c21 = v128.load(tile + 2 * tileRow, 16)
  let c30 = v128.load(tile + 3 * tileRow)
  let c31 = v128.load(tile + 3 * tileRow, 16)
  for (let j = 0; j < count; j++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load64_splat(a)
    const a1 = v128.load64_splat(a, 8)
    const a2 = v128.load64_splat(a, 16)
    const a3 = v128.load64_splat(a, 24)
    c00 = f64x2.sub(c00, f64x2.mul(a0, b0))
    c01 = f64x2.sub(c01, f64x2.mul(a0, b1))
    c10 = f64x2.sub(c10, f64x2.mul(a1, b0))
    c11 = f64x2.sub(c11, f64x2.mul(a1, b1))
    c20 = f64x2.sub(c20, f64x2.mul(a2, b0))
    c21 = f64x2.sub(c21, f64x2.mul(a2, b1))
    c30 = f64x2.sub(c30, f64x2.mul(a3, b0))
    c31 = f64x2.sub(c31, f64x2.mul(a3, b1))
    a += row
    b += row
  }
  v128.store(tile, c00)
  v128.store(tile, c01, 16)
  v128.store(tile + tileRow, c10)
  v128.store(tile + tileRow, c11, 16)
  v128.store(tile + 2 * tileRow, c20)
  v128.store(tile + 2 * tileRow, c21, 16)
  v128.store(tile + 3 * tileRow, c30)
  v128.store(tile + 3 * tileRow, c31, 16)
}

/** The upper half of a tile on the diagonal becomes its factor. */
function factorTile(tile: usize, row: usize): bool {
  for (let j = 0; j < 4; j++) {
    const own = tile + <usize>j * row
    let pivot = load<f64>(own + <usize>j * DOUBLE)
    for (let i = 0; i < j; i++) {
      const u = load<f64>(tile + <usize>i * row + <usize>j * DOUBLE)
      pivot -= u * u
    }
    // Written so that NaN fails too.
    if (!(pivot > 0 && pivot < Infinity)) return false
    const root = Math.sqrt(pivot)
    store<f64>(own + <usize>j * DOUBLE, root)
    for (let k = j + 1; k < 4; k++) {
      let sum = load<f64>(own + <usize>k * DOUBLE)
      for (let i = 0; i < j; i++) {
        const above = tile + <usize>i * row
        sum -= load<f64>(above + <usize>j * DOUBLE) * load<f64>(above + <usize>k * DOUBLE)
      }
      store<f64>(own + <usize>k * DOUBLE, sum / root)
    }
  }
  return true
}

/** tile = U⁻ᵀ tile for the factor of its diagonal tile. */
function solveTile(factor: usize, tile: usize, row: usize): void {
  for (let j = 0; j < 4; j++) {
    const own = tile + <usize>j * row
    let left = v128.load(own)
    let right = v128.load(own, 16)
    for (let i = 0; i < j; i++) {
      const u = v128.load64_splat(factor + <usize>i * row + <usize>j * DOUBLE)
      const above = tile + <usize>i * row
      left = f64x2.sub(left, f64x2.mul(u, v128.load(above)))
      right = f64x2.sub(right, f64x2.mul(u, v128.load(above, 16)))
    }
    const pivot = v128.load64_splat(factor + <usize>j * row + <usize>j * DOUBLE)
    v128.store(own, f64x2.div(left, pivot))
    v128.store(own, f64x2.div(right, pivot), 16)
  }
}
