import { add, dot3, mul, splat } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'

/*
 * How the heat of buildings answers prices, −du/dprice: the covariance of u in the closed loop driven by noise of
 * variance 1/Q at the heat. Its columns start in double precision and are rolled out four at a time, for two pairs at
 * once in single precision (T = f32), which is enough where many buildings with a ramp term are summed, since the
 * answer steers Newton's step and decides no digit of the plan; or for one pair in double (T = f64).
 */

/** Rows of a column's start (Ti, Tm, u) and of the feedback, each a step's lanes. */
const ROWS = 6

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
    beside(first.a21, second.a21),
    beside(first.a22, second.a22),
    beside(first.b1, second.b1),
    beside(first.b2, second.b2),
    first.n,
    scratch,
    sums,
  )
}

/** The same of one pair to all digits. */
export function addDouble(pair: Pair, scratch: usize, sums: usize): void {
  prepareColumns<f64>(pair, scratch, 0, sums)
  roll<f64>(pair.a11, pair.a12, pair.a21, pair.a22, pair.b1, pair.b2, pair.n, scratch, sums)
}

function roll<T>(
  a11: v128,
  a12: v128,
  a21: v128,
  a22: v128,
  b1: v128,
  b2: v128,
  n: i32,
  scratch: usize,
  sums: usize,
): void {
  const row = <usize>(16 * n)
  let j = 0
  for (; j + 4 <= n; j += 4) rollFour<T>(a11, a12, a21, a22, b1, b2, n, j, scratch, sums + <usize>j * row)
  for (; j < n; j++) rollOne<T>(a11, a12, a21, a22, b1, b2, n, j, j + 1, n, scratch, sums + <usize>j * row)
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
  let X11 = splat(0)
  let X12 = splat(0)
  let X13 = splat(0)
  let X22 = splat(0)
  let X23 = splat(0)
  let X33 = splat(0)
  for (let j = 0; j < n; j++) {
    const s = stepAt(pair, j)
    const k1 = s.k1
    const k2 = s.k2
    const k3 = s.k3
    const c1 = dot3(X11, k1, X12, k2, X13, k3)
    const c2 = dot3(X12, k1, X22, k2, X23, k3)
    const c3 = dot3(X13, k1, X23, k2, X33, k3)
    const v = add(dot3(k1, c1, k2, c2, k3, c3), s.iq)
    const x = dot3(a11, c1, a12, c2, b1, v)
    const y = dot3(a21, c1, a22, c2, b2, v)
    const A1 = dot3(a11, X11, a12, X12, b1, c1)
    const A2 = dot3(a11, X12, a12, X22, b1, c2)
    const B1 = dot3(a21, X11, a22, X12, b2, c1)
    const B2 = dot3(a21, X12, a22, X22, b2, c2)
    X11 = dot3(a11, A1, a12, A2, b1, x)
    X12 = dot3(a21, A1, a22, A2, b2, x)
    X22 = dot3(a21, B1, a22, B2, b2, y)
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
    addTo<T>(sums + <usize>j * row + <usize>(16 * j) + half, variance)
  }
}

/** Four columns from step j on; what they have before the last of them has begun is rolled out one by one. */
function rollFour<T>(
  a11: v128,
  a12: v128,
  a21: v128,
  a22: v128,
  b1: v128,
  b2: v128,
  n: i32,
  j: i32,
  scratch: usize,
  sums: usize,
): void {
  const row = <usize>(16 * n)
  for (let h = 0; h < 3; h++) {
    rollOne<T>(a11, a12, a21, a22, b1, b2, n, j + h, j + h + 1, j + 4, scratch, sums + <usize>h * row)
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
  }
}

/** Column j over the steps `[from, to)`; leaves it there for who goes on. */
function rollOne<T>(
  a11: v128,
  a12: v128,
  a21: v128,
  a22: v128,
  b1: v128,
  b2: v128,
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
  const feedback = scratch + 3 * row
  for (let i = from; i < to; i++) {
    const at = <usize>(16 * i)
    const k1 = v128.load(feedback + at)
    const k2 = v128.load(feedback + row + at)
    const k3 = v128.load(feedback + 2 * row + at)
    v = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x), v128.mul<T>(k2, y)), v128.mul<T>(k3, v))
    v128.store(sums + at, v128.add<T>(v128.load(sums + at), v))
    const next = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x), v128.mul<T>(a12, y)), v128.mul<T>(b1, v))
    y = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x), v128.mul<T>(a22, y)), v128.mul<T>(b2, v))
    x = next
  }
  v128.store(start, x)
  v128.store(start + row, y)
  v128.store(start + 2 * row, v)
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
