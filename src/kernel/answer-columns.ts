import { add, div, dot2, dot3, mul, splat, sqrt } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'

/** What columns are rolled out with, of one pair or of two. Behind it lie the columns' rows, each a step's lanes. */
@unmanaged
export class Loop {
  a11!: v128
  a12!: v128
  a14!: v128
  a21!: v128
  a22!: v128
  a24!: v128
  a44!: v128
  b1!: v128
  b2!: v128
  b4!: v128
}

/** Rows of a column's start (Ti, Tm, u, and the emitters'), of the feedback, and of the peak's answer. */
const ROWS = FEE ? 9 : 8

export function loopBytes(n: i32): usize {
  return offsetof<Loop>() + <usize>(16 * ROWS * n)
}

export function columnsOf(loop: Loop): usize {
  return changetype<usize>(loop) + offsetof<Loop>()
}

/** Covariances of one pair's state with the heat of each step, into its half of the four lanes; adds the variances. */
export function startColumns<T>(pair: Pair, loop: Loop, half: usize, sums: usize): void {
  const n = pair.n
  const row = <usize>(16 * n)
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const count = pair.count
  const columns = columnsOf(loop) + half
  const a14 = pair.a14
  const a24 = pair.a24
  const a44 = pair.a44
  const b4 = pair.b4
  const perPeak = FEE && pair.paid ? sqrt(div(count, pair.pivotPeak)) : splat(0)
  const zero = splat(0)
  let X11 = zero
  let X12 = zero
  let X13 = zero
  let X14 = zero
  let X22 = zero
  let X23 = zero
  let X24 = zero
  let X33 = zero
  let X34 = zero
  let X44 = zero
  for (let j = 0; j < n; j++) {
    const s = stepAt(pair, j)
    const k1 = s.k1
    const k2 = s.k2
    const k3 = s.k3
    let c1 = dot3(X11, k1, X12, k2, X13, k3)
    let c2 = dot3(X12, k1, X22, k2, X23, k3)
    let c3 = dot3(X13, k1, X23, k2, X33, k3)
    let c4 = zero
    let v = add(dot3(k1, c1, k2, c2, k3, c3), s.iq)
    if (LAGGED) {
      const k4 = s.k4
      c1 = add(c1, mul(X14, k4))
      c2 = add(c2, mul(X24, k4))
      c3 = add(c3, mul(X34, k4))
      c4 = add(dot3(X14, k1, X24, k2, X34, k3), mul(X44, k4))
      v = add(dot3(k1, c1, k2, c2, k3, c3), add(mul(k4, c4), s.iq))
    }
    let x = dot3(a11, c1, a12, c2, b1, v)
    let y = dot3(a21, c1, a22, c2, b2, v)
    let A1 = dot3(a11, X11, a12, X12, b1, c1)
    let A2 = dot3(a11, X12, a12, X22, b1, c2)
    let B1 = dot3(a21, X11, a22, X12, b2, c1)
    let B2 = dot3(a21, X12, a22, X22, b2, c2)
    let A4 = zero
    let B4 = zero
    let q = zero
    if (LAGGED) {
      x = add(x, mul(a14, c4))
      y = add(y, mul(a24, c4))
      q = dot2(a44, c4, b4, v)
      A1 = add(A1, mul(a14, X14))
      A2 = add(A2, mul(a14, X24))
      A4 = add(dot3(a11, X14, a12, X24, a14, X44), mul(b1, c4))
      B1 = add(B1, mul(a24, X14))
      B2 = add(B2, mul(a24, X24))
      B4 = add(dot3(a21, X14, a22, X24, a24, X44), mul(b2, c4))
      X44 = dot2(a44, dot2(a44, X44, b4, c4), b4, q)
      X14 = dot2(a44, A4, b4, x)
      X24 = dot2(a44, B4, b4, y)
      X34 = q
    }
    X11 = dot3(a11, A1, a12, A2, b1, x)
    X12 = dot3(a21, A1, a22, A2, b2, x)
    X22 = dot3(a21, B1, a22, B2, b2, y)
    if (LAGGED) {
      X11 = add(X11, mul(a14, A4))
      X12 = add(X12, mul(a24, A4))
      X22 = add(X22, mul(a24, B4))
    }
    X13 = x
    X23 = y
    X33 = v
    const at = columns + <usize>(16 * j)
    const variance = mul(v, count)
    put<T>(at, mul(x, count))
    put<T>(at + row, mul(y, count))
    put<T>(at + 2 * row, variance)
    put<T>(at + 3 * row, k1)
    put<T>(at + 4 * row, k2)
    put<T>(at + 5 * row, k3)
    if (LAGGED) {
      put<T>(at + 6 * row, mul(q, count))
      put<T>(at + 7 * row, s.k4)
    }
    if (FEE && pair.paid) put<T>(at + 8 * row, mul(s.ue, perPeak))
    addTo<T>(sums + <usize>j * row + <usize>(16 * j) + half, variance)
  }
}

/** What peaks add by following prices: e e' / pivot, see `peak-term.ts` of the core. */
export function addPeak<T>(loop: Loop, n: i32, sums: usize): void {
  const row = <usize>(16 * n)
  const peak = columnsOf(loop) + 8 * row
  for (let j = 0; j < n; j++) {
    const own = v128.load(peak + <usize>(16 * j))
    const to = sums + <usize>j * row
    for (let at = <usize>(16 * j); at < row; at += 16) {
      v128.store(to + at, v128.add<T>(v128.load(to + at), v128.mul<T>(own, v128.load(peak + at))))
    }
  }
}

/** A pair's value into its lanes, or its half of them. */
function put<T>(at: usize, value: v128): void {
  if (sizeof<T>() === 8) v128.store(at, value)
  else v128.store64_lane(at, f32x4.demote_f64x2_zero(value), 0)
}

function addTo<T>(at: usize, value: v128): void {
  if (sizeof<T>() === 8) v128.store(at, f64x2.add(v128.load(at), value))
  else v128.store64_lane(at, f32x4.add(v128.load64_zero(at), f32x4.demote_f64x2_zero(value)), 0)
}
