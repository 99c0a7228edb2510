import { addPeak, Loop, loopBytes, startColumns } from './answer-columns.ts'
import { rollColumns } from './answer-roll.ts'
import { Pair } from './layout.ts'

/*
 * How the heat of buildings answers prices, −du/dprice: the covariance of u in the closed loop driven by noise of
 * variance 1/Q at the heat. Its columns start in double precision and are rolled out four at a time, for two pairs at
 * once in single precision (T = f32), which is enough where many buildings with a ramp term are summed, since the
 * answer steers Newton's step and decides no digit of the plan; or for one pair in double (T = f64).
 */

export function answerScratchBytes(n: i32): usize {
  return loopBytes(n)
}

/** Bytes of the sums: n × n of lanes. */
export function answerBytes(n: i32): usize {
  return <usize>(16 * n * n)
}

/** sums += the answer of both pairs; only the steps from the price's on, row by row of the price's step. */
export function addSingle(first: Pair, second: Pair, scratch: usize, sums: usize): void {
  const loop = changetype<Loop>(scratch)
  loop.a11 = beside(first.a11, second.a11)
  loop.a12 = beside(first.a12, second.a12)
  loop.a14 = beside(first.a14, second.a14)
  loop.a21 = beside(first.a21, second.a21)
  loop.a22 = beside(first.a22, second.a22)
  loop.a24 = beside(first.a24, second.a24)
  loop.a44 = beside(first.a44, second.a44)
  loop.b1 = beside(first.b1, second.b1)
  loop.b2 = beside(first.b2, second.b2)
  loop.b4 = beside(first.b4, second.b4)
  startColumns<f32>(first, loop, 0, sums)
  startColumns<f32>(second, loop, 8, sums)
  rollColumns<f32>(loop, first.n, sums)
  if (FEE && first.paid) addPeak<f32>(loop, first.n, sums)
}

/** The same of one pair to all digits. */
export function addDouble(pair: Pair, scratch: usize, sums: usize): void {
  const loop = changetype<Loop>(scratch)
  loop.a11 = pair.a11
  loop.a12 = pair.a12
  loop.a14 = pair.a14
  loop.a21 = pair.a21
  loop.a22 = pair.a22
  loop.a24 = pair.a24
  loop.a44 = pair.a44
  loop.b1 = pair.b1
  loop.b2 = pair.b2
  loop.b4 = pair.b4
  startColumns<f64>(pair, loop, 0, sums)
  rollColumns<f64>(loop, pair.n, sums)
  if (FEE && pair.paid) addPeak<f64>(loop, pair.n, sums)
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

/** Two pairs' doubles as four singles. */
function beside(first: v128, second: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 2)
}
