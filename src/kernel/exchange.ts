import { add, dot2, mul, only, splat } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'

/*
 * Rows of n doubles, one building after the other, as the outside has them: price, uMax, d1, d2, lo, hi, w1Lo, w1Hi
 * and the heat of an earlier plan go in; heat, Ti and Tm come out in their place, and behind them four doubles: gap, bill,
 * iterations, and one where the gap is small enough.
 */
const ROWS = 9

/** Bytes of the rows of one building. */
export function rowBytes(n: i32): usize {
  return <usize>(ROWS * 8 * n)
}

/** Sets the steps from the rows of two buildings. */
export function readRows(pair: Pair, first: usize, second: usize): void {
  const n = pair.n
  const row = <usize>(8 * n)
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    let one = first + <usize>(8 * k)
    let two = second + <usize>(8 * k)
    s.price = beside(one, two)
    s.top = beside(one + row, two + row)
    one += 2 * row
    two += 2 * row
    s.d1 = beside(one, two)
    s.d2 = beside(one + row, two + row)
    one += 2 * row
    two += 2 * row
    s.lo = beside(one, two)
    s.hi = beside(one + row, two + row)
    one += 2 * row
    two += 2 * row
    s.w1Lo = beside(one, two)
    s.w1Hi = beside(one + row, two + row)
    s.u = beside(one + 2 * row, two + 2 * row)
  }
}

/** Writes heat, Ti, Tm and the four of both. */
export function writeRows(pair: Pair, first: usize, second: usize): void {
  const n = pair.n
  const row = <usize>(8 * n)
  let t = pair.ti0
  let m = pair.tm0
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const one = first + <usize>(8 * k)
    const two = second + <usize>(8 * k)
    m = add(add(dot2(pair.a21, t, pair.a22, m), mul(pair.b2, s.u)), s.d2)
    t = s.ti
    part(one, two, s.u)
    part(one + row, two + row, t)
    part(one + 2 * row, two + 2 * row, m)
  }
  const one = first + 3 * row
  const two = second + 3 * row
  part(one, two, pair.gap)
  part(one + 8, two + 8, pair.bill)
  part(one + 16, two + 16, pair.iterations)
  part(one + 24, two + 24, only(pair.solved, splat(1)))
}

function beside(one: usize, two: usize): v128 {
  return v128.load64_lane(two, v128.load64_zero(one), 1)
}

function part(one: usize, two: usize, value: v128): void {
  v128.store64_lane(one, value, 0)
  v128.store64_lane(two, value, 1)
}
