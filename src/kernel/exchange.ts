import { add, bits, dot2, max, mul, only, splat, sub } from './lanes.ts'
import { Pair, putUpAt, stepAt } from './layout.ts'
import { terminalCost } from './terminal.ts'

/*
 * Rows of n doubles, one building after the other, as the outside has them: price, uMax, d1, d2, lo, hi, w1Lo, w1Hi
 * and the heat of an earlier plan go in, then what a fee counts beside it; heat, Ti and Tm come out in their place, and behind them seven doubles: gap,
 * bill, iterations, one where the gap is small enough, objective, and the sums of violations below and above.
 */
const ROWS = FEE ? 10 : 9

/** Bytes of the rows of one building. */
export function rowBytes(n: i32): usize {
  return <usize>(8 * (n > 1 ? ROWS * n : ROWS + 1))
}

/** Sets the steps from the rows of two buildings, and whether all their numbers are such. */
export function readRows(pair: Pair, first: usize, second: usize): void {
  const n = pair.n
  const row = <usize>(8 * n)
  const zero = splat(0)
  let sum = zero
  pair.first = first
  pair.second = second
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    let one = first + <usize>(8 * k)
    let two = second + <usize>(8 * k)
    const price = beside(one, two)
    const top = beside(one + row, two + row)
    one += 2 * row
    two += 2 * row
    const d1 = beside(one, two)
    const d2 = beside(one + row, two + row)
    one += 2 * row
    two += 2 * row
    const lo = beside(one, two)
    const hi = beside(one + row, two + row)
    one += 2 * row
    two += 2 * row
    const w1Lo = beside(one, two)
    const w1Hi = beside(one + row, two + row)
    // Zero times anything but a finite number is NaN, and stays NaN in a sum.
    sum = add(sum, add(dot2(zero, price, zero, top), dot2(zero, d1, zero, d2)))
    sum = add(sum, add(dot2(zero, lo, zero, hi), dot2(zero, w1Lo, zero, w1Hi)))
    s.price = price
    s.top = top
    s.d1 = d1
    s.d2 = d2
    s.lo = lo
    s.hi = hi
    s.w1Lo = w1Lo
    s.w1Hi = w1Hi
    s.u = beside(one + 2 * row, two + 2 * row)
    if (FEE && pair.paid) {
      const fixed = beside(one + 3 * row, two + 3 * row)
      sum = add(sum, mul(zero, fixed))
      s.fixed = fixed
    }
  }
  pair.finite = f64x2.eq(sum, zero)
}

/** Puts the heat of the plan put up where it goes out, of the chosen lanes; of their rows nothing else is needed any more. */
export function keepHeat(pair: Pair, mask: v128): void {
  const n = pair.n
  const chosen = bits(mask)
  for (let k = 0; k < n; k++) {
    const u = putUpAt(stepAt(pair, k)).u
    if (chosen & 1) v128.store64_lane(pair.first + <usize>(8 * k), u, 0)
    if (chosen & 2) v128.store64_lane(pair.second + <usize>(8 * k), u, 1)
  }
}

/** From the heat that went out: states, costs, and what the solver says of itself. */
export function writeAnswers(pair: Pair): void {
  const n = pair.n
  const first = pair.first
  const second = pair.second
  const row = <usize>(8 * n)
  const zero = splat(0)
  const half = splat(0.5)
  let t = pair.ti0
  let m = pair.tm0
  let q = pair.q0
  let before = pair.u0
  let below = zero
  let above = zero
  let costs = zero
  let peak = pair.soFar
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const one = first + <usize>(8 * k)
    const two = second + <usize>(8 * k)
    const u = beside(one, two)
    const next = add(add(dot2(pair.a11, t, pair.a12, m), mul(pair.b1, u)), s.d1)
    m = add(add(dot2(pair.a21, t, pair.a22, m), mul(pair.b2, u)), s.d2)
    t = next
    if (LAGGED) {
      t = add(t, mul(pair.a14, q))
      m = add(m, mul(pair.a24, q))
      q = dot2(pair.a44, q, pair.b4, u)
    }
    part(one + row, two + row, t)
    part(one + 2 * row, two + 2 * row, m)
    const low = max(zero, sub(s.lo, t))
    const high = max(zero, sub(t, s.hi))
    const change = sub(u, before)
    const heat = add(mul(s.price, u), mul(mul(half, pair.wr), mul(change, change)))
    const cold = mul(low, add(s.w1Lo, mul(mul(half, pair.w2Lo), low)))
    const warm = mul(high, add(s.w1Hi, mul(mul(half, pair.w2Hi), high)))
    costs = add(costs, add(heat, add(cold, warm)))
    below = add(below, low)
    above = add(above, high)
    if (FEE && pair.paid) peak = max(peak, add(u, s.fixed))
    before = u
  }
  if (FEE && pair.paid) costs = add(costs, mul(pair.fee, peak))
  if (LAGGED) costs = add(costs, mul(pair.p4, q))
  const one = first + 3 * row
  const two = second + 3 * row
  part(one, two, pair.gap)
  part(one + 8, two + 8, pair.bill)
  part(one + 16, two + 16, pair.iterations)
  part(one + 24, two + 24, only(pair.solved, splat(1)))
  part(one + 32, two + 32, add(costs, terminalCost(pair, t, m)))
  part(one + 40, two + 40, below)
  part(one + 48, two + 48, above)
}

/** Writes heat, Ti, Tm of the plans put up, and behind them gap and bill, as they are in the pair. */
export function writeRows(pair: Pair, first: usize, second: usize): void {
  pair.first = first
  pair.second = second
  keepHeat(pair, f64x2.eq(splat(0), splat(0)))
  writeAnswers(pair)
}

function beside(one: usize, two: usize): v128 {
  return v128.load64_lane(two, v128.load64_zero(one), 1)
}

function part(one: usize, two: usize, value: v128): void {
  v128.store64_lane(one, value, 0)
  v128.store64_lane(two, value, 1)
}
