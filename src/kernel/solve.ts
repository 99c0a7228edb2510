import { advance, measure, measureChange } from './advance.ts'
import { correct } from './correct.ts'
import { direct } from './direction.ts'
import { factor } from './factor.ts'
import { measureGap } from './gap.ts'
import { add, any, both, div, gt, max, mul, only, pick, splat, sub } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'
import { predict } from './predict.ts'
import { centre, prepareGap, rollOut } from './start.ts'

const TO_THE_EDGE: f64 = 0.995
// The gap takes a sweep to calculate, so it waits until the complementarity is within this many times of it.
const WORTH_A_LOOK: f64 = 10

/**
 * From the heat in the pair on, by the core's `solveBuildingQp`, until each lane has its gap or `most` steps are made.
 * What a lane does never depends on the other: one that is done, or has failed, stays as it is.
 */
export function solve(pair: Pair, distance: f64, share: f64, most: i32): void {
  rollOut(pair)
  prepareGap(pair)
  measureGap(pair)
  const scale = pair.bill
  pair.mu = div(mul(splat(distance), max(scale, pair.gap)), splat(8 * <f64>pair.n))
  centre(pair)
  measureStart(pair)
  const look = mul(splat(WORTH_A_LOOK * share), scale)
  pair.active = f64x2.eq(splat(0), splat(0))
  pair.solved = splat(0)
  pair.iterations = splat(0)
  for (let k = 0; k < most; k++) {
    stopAtGap(pair, both(pair.active, gt(look, mul(pair.rows, pair.mu))), share)
    if (!any(pair.active)) return
    factor(pair)
    predict(pair)
    correct(pair)
    direct(pair, TO_THE_EDGE)
    pair.active = gt(pair.stride, splat(0))
    pair.iterations = add(pair.iterations, only(pair.active, splat(1)))
    advance(pair)
  }
  keepGap(pair, pair.solved)
}

function stopAtGap(pair: Pair, near: v128, share: f64): void {
  if (!any(near)) return
  keepGap(pair, v128.not(pair.active))
  const done = both(near, f64x2.le(pair.gap, mul(splat(share), pair.bill)))
  pair.solved = v128.or(pair.solved, done)
  pair.active = v128.andnot(pair.active, done)
}

/** Measures the gap anew, but not where it is final. */
function keepGap(pair: Pair, final: v128): void {
  const gap = pair.gap
  const bill = pair.bill
  measureGap(pair)
  pair.gap = pick(final, gap, pair.gap)
  pair.bill = pick(final, bill, pair.bill)
}

function measureStart(pair: Pair): void {
  const n = pair.n
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    measure(s, s.ti)
    if (pair.rated) measureChange(s, sub(s.u, stepAt(pair, k - 1).u))
  }
}
