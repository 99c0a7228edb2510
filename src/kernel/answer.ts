import { add, div, dot2, dot3, mul, splat, sqrt } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'

/*
 * How the heat of buildings answers prices, −du/dprice: the covariance of u in the closed loop driven by noise of
 * variance 1/Q at the heat. Its columns start in double precision and are rolled out four at a time, for two pairs at
 * once in single precision (T = f32), which is enough where many buildings with a ramp term are summed, since the
 * answer steers Newton's step and decides no digit of the plan; or for one pair in double (T = f64).
 */

/** Rows of a column's start (Ti, Tm, u, and the emitters'), of the feedback, and of the peak's answer: a step's lanes. */
const ROWS = FEE ? 9 : 8

export function answerScratchBytes(n: i32): usize {
  return <usize>(16 * ROWS * n)
}

/** Bytes of the sums: n × n of lanes. */
export function answerBytes(n: i32): usize {
  return <usize>(16 * n * n)
}

/** sums += the answer of both pairs; only the steps from the price's on, row by row of the price's step. */
export function addSingle(first: Pair, second: Pair, scratch: usize, sums: usize): void {
  prepareColumns<f32>(first, scratch, 0, sums)
  prepareColumns<f32>(second, scratch, 8, sums)
  roll<f32>(
    beside(first.a11, second.a11),
    beside(first.a12, second.a12),
    beside(first.a14, second.a14),
    beside(first.a21, second.a21),
    beside(first.a22, second.a22),
    beside(first.a24, second.a24),
    beside(first.a44, second.a44),
    beside(first.b1, second.b1),
    beside(first.b2, second.b2),
    beside(first.b4, second.b4),
    first.n,
    scratch,
    sums,
  )
  if (FEE && first.paid) addPeak<f32>(first.n, scratch, sums)
}

/** The same of one pair to all digits. */
export function addDouble(pair: Pair, scratch: usize, sums: usize): void {
  prepareColumns<f64>(pair, scratch, 0, sums)
  roll<f64>(
    pair.a11,
    pair.a12,
    pair.a14,
    pair.a21,
    pair.a22,
    pair.a24,
    pair.a44,
    pair.b1,
    pair.b2,
    pair.b4,
    pair.n,
    scratch,
    sums,
  )
  if (FEE && pair.paid) addPeak<f64>(pair.n, scratch, sums)
}

function roll<T>(
  a11: v128,
  a12: v128,
  a14: v128,
  a21: v128,
  a22: v128,
  a24: v128,
  a44: v128,
  b1: v128,
  b2: v128,
  b4: v128,
  n: i32,
  scratch: usize,
  sums: usize,
): void {
  const row = <usize>(16 * n)
  let j = 0
  for (; j + 4 <= n; j += 4)
    rollFour<T>(a11, a12, a14, a21, a22, a24, a44, b1, b2, b4, n, j, scratch, sums + <usize>j * row)
  for (; j < n; j++)
    rollOne<T>(a11, a12, a14, a21, a22, a24, a44, b1, b2, b4, n, j, j + 1, n, scratch, sums + <usize>j * row)
}

/** Covariances of one pair's state with the heat of each step, into its half of the four lanes; adds the variances. */
function prepareColumns<T>(pair: Pair, scratch: usize, half: usize, sums: usize): void {
  const n = pair.n
  const row = <usize>(16 * n)
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const count = pair.count
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
    const at = scratch + half + <usize>(16 * j)
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
function addPeak<T>(n: i32, scratch: usize, sums: usize): void {
  const row = <usize>(16 * n)
  const peak = scratch + 8 * row
  for (let j = 0; j < n; j++) {
    const own = v128.load(peak + <usize>(16 * j))
    const to = sums + <usize>j * row
    for (let at = <usize>(16 * j); at < row; at += 16) {
      v128.store(to + at, v128.add<T>(v128.load(to + at), v128.mul<T>(own, v128.load(peak + at))))
    }
  }
}

/** Four columns from step j on; what they have before the last of them has begun is rolled out one by one. */
function rollFour<T>(
  a11: v128,
  a12: v128,
  a14: v128,
  a21: v128,
  a22: v128,
  a24: v128,
  a44: v128,
  b1: v128,
  b2: v128,
  b4: v128,
  n: i32,
  j: i32,
  scratch: usize,
  sums: usize,
): void {
  const row = <usize>(16 * n)
  for (let h = 0; h < 3; h++) {
    rollOne<T>(
      a11,
      a12,
      a14,
      a21,
      a22,
      a24,
      a44,
      b1,
      b2,
      b4,
      n,
      j + h,
      j + h + 1,
      j + 4,
      scratch,
      sums + <usize>h * row,
    )
  }
  const start = scratch + <usize>(16 * j)
  let x0 = v128.load(start)
  let x1 = v128.load(start, 16)
  let x2 = v128.load(start, 32)
  let x3 = v128.load(start, 48)
  let y0 = v128.load(start + row)
  let y1 = v128.load(start + row, 16)
  let y2 = v128.load(start + row, 32)
  let y3 = v128.load(start + row, 48)
  let v0 = v128.load(start + 2 * row)
  let v1 = v128.load(start + 2 * row, 16)
  let v2 = v128.load(start + 2 * row, 32)
  let v3 = v128.load(start + 2 * row, 48)
  let q0 = v128.load(start + 6 * row)
  let q1 = v128.load(start + 6 * row, 16)
  let q2 = v128.load(start + 6 * row, 32)
  let q3 = v128.load(start + 6 * row, 48)
  const feedback = scratch + 3 * row
  for (let i = j + 4; i < n; i++) {
    const at = <usize>(16 * i)
    const k1 = v128.load(feedback + at)
    const k2 = v128.load(feedback + row + at)
    const k3 = v128.load(feedback + 2 * row + at)
    v0 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x0), v128.mul<T>(k2, y0)), v128.mul<T>(k3, v0))
    v1 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x1), v128.mul<T>(k2, y1)), v128.mul<T>(k3, v1))
    v2 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x2), v128.mul<T>(k2, y2)), v128.mul<T>(k3, v2))
    v3 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x3), v128.mul<T>(k2, y3)), v128.mul<T>(k3, v3))
    if (LAGGED) {
      const k4 = v128.load(feedback + 4 * row + at)
      v0 = v128.add<T>(v0, v128.mul<T>(k4, q0))
      v1 = v128.add<T>(v1, v128.mul<T>(k4, q1))
      v2 = v128.add<T>(v2, v128.mul<T>(k4, q2))
      v3 = v128.add<T>(v3, v128.mul<T>(k4, q3))
    }
    const to = sums + at
    v128.store(to, v128.add<T>(v128.load(to), v0))
    v128.store(to + row, v128.add<T>(v128.load(to + row), v1))
    v128.store(to + 2 * row, v128.add<T>(v128.load(to + 2 * row), v2))
    v128.store(to + 3 * row, v128.add<T>(v128.load(to + 3 * row), v3))
    const n0 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x0), v128.mul<T>(a12, y0)), v128.mul<T>(b1, v0))
    const n1 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x1), v128.mul<T>(a12, y1)), v128.mul<T>(b1, v1))
    const n2 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x2), v128.mul<T>(a12, y2)), v128.mul<T>(b1, v2))
    const n3 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x3), v128.mul<T>(a12, y3)), v128.mul<T>(b1, v3))
    y0 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x0), v128.mul<T>(a22, y0)), v128.mul<T>(b2, v0))
    y1 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x1), v128.mul<T>(a22, y1)), v128.mul<T>(b2, v1))
    y2 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x2), v128.mul<T>(a22, y2)), v128.mul<T>(b2, v2))
    y3 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x3), v128.mul<T>(a22, y3)), v128.mul<T>(b2, v3))
    x0 = n0
    x1 = n1
    x2 = n2
    x3 = n3
    if (LAGGED) {
      x0 = v128.add<T>(x0, v128.mul<T>(a14, q0))
      x1 = v128.add<T>(x1, v128.mul<T>(a14, q1))
      x2 = v128.add<T>(x2, v128.mul<T>(a14, q2))
      x3 = v128.add<T>(x3, v128.mul<T>(a14, q3))
      y0 = v128.add<T>(y0, v128.mul<T>(a24, q0))
      y1 = v128.add<T>(y1, v128.mul<T>(a24, q1))
      y2 = v128.add<T>(y2, v128.mul<T>(a24, q2))
      y3 = v128.add<T>(y3, v128.mul<T>(a24, q3))
      q0 = v128.add<T>(v128.mul<T>(a44, q0), v128.mul<T>(b4, v0))
      q1 = v128.add<T>(v128.mul<T>(a44, q1), v128.mul<T>(b4, v1))
      q2 = v128.add<T>(v128.mul<T>(a44, q2), v128.mul<T>(b4, v2))
      q3 = v128.add<T>(v128.mul<T>(a44, q3), v128.mul<T>(b4, v3))
    }
  }
}

/** Column j over the steps `[from, to)`; leaves it there for who goes on. */
function rollOne<T>(
  a11: v128,
  a12: v128,
  a14: v128,
  a21: v128,
  a22: v128,
  a24: v128,
  a44: v128,
  b1: v128,
  b2: v128,
  b4: v128,
  n: i32,
  j: i32,
  from: i32,
  to: i32,
  scratch: usize,
  sums: usize,
): void {
  const row = <usize>(16 * n)
  const start = scratch + <usize>(16 * j)
  let x = v128.load(start)
  let y = v128.load(start + row)
  let v = v128.load(start + 2 * row)
  let q = v128.load(start + 6 * row)
  const feedback = scratch + 3 * row
  for (let i = from; i < to; i++) {
    const at = <usize>(16 * i)
    const k1 = v128.load(feedback + at)
    const k2 = v128.load(feedback + row + at)
    const k3 = v128.load(feedback + 2 * row + at)
    v = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x), v128.mul<T>(k2, y)), v128.mul<T>(k3, v))
    if (LAGGED) v = v128.add<T>(v, v128.mul<T>(v128.load(feedback + 4 * row + at), q))
    v128.store(sums + at, v128.add<T>(v128.load(sums + at), v))
    const next = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x), v128.mul<T>(a12, y)), v128.mul<T>(b1, v))
    y = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x), v128.mul<T>(a22, y)), v128.mul<T>(b2, v))
    x = next
    if (LAGGED) {
      x = v128.add<T>(x, v128.mul<T>(a14, q))
      y = v128.add<T>(y, v128.mul<T>(a24, q))
      q = v128.add<T>(v128.mul<T>(a44, q), v128.mul<T>(b4, v))
    }
  }
  v128.store(start, x)
  v128.store(start + row, y)
  v128.store(start + 2 * row, v)
  if (LAGGED) v128.store(start + 6 * row, q)
}

/** answer += the lanes of the sums, on both sides of the diagonal; the sums are zero again. */
export function drain<T>(n: i32, sums: usize, answer: usize): void {
  const zero = f64x2.splat(0)
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      const at = sums + <usize>(16 * (j * n + i))
      const value = sumOfLanes<T>(v128.load(at))
      v128.store(at, zero)
      addNumber(answer + <usize>(8 * (j * n + i)), value)
      if (i !== j) addNumber(answer + <usize>(8 * (i * n + j)), value)
    }
  }
}

function addNumber(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value)
}

function sumOfLanes<T>(lanes: v128): f64 {
  if (sizeof<T>() === 8) return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1)
  const upper = v128.shuffle<i64>(lanes, lanes, 1, 0)
  const two = f64x2.add(f64x2.promote_low_f32x4(lanes), f64x2.promote_low_f32x4(upper))
  return f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1)
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

/** Two pairs' doubles as four singles. */
function beside(first: v128, second: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 2)
}
