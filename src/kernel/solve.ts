import { advance } from './advance.ts'
import { correct } from './correct.ts'
import { direct } from './direction.ts'
import { keepHeat } from './exchange.ts'
import { factor } from './factor.ts'
import { measureGap } from './gap.ts'
import { add, any, both, div, either, gt, le, max, mul, only, pick, splat, without } from './lanes.ts'
import { Pair } from './layout.ts'
import { predict } from './predict.ts'
import { putUp } from './put-up.ts'
import { centre, prepareGap, rollOut } from './start.ts'

const TO_THE_EDGE: f64 = 0.995
// A gap takes two sweeps to calculate, so it waits until the complementarity is within this many times of it: where
// the affine direction leads, and where the plan is.
const WORTH_A_TRY: f64 = 20
const WORTH_A_LOOK: f64 = 1.5

/**
 * From the heat in the pair on, by the core's `solveBuildingQp`, until each lane has its gap or `most` steps are made.
 * A lane's heat goes out when its gap is small enough; whatever becomes of it afterwards, the other never notices.
 */
export function solve(pair: Pair, distance: f64, share: f64, most: i32): void {
  rollOut(pair)
  prepareGap(pair)
  putUp(pair, false)
  measureGap(pair)
  const scale = max(pair.bill, pair.gap)
  const wanted = mul(splat(share), pair.bill)
  pair.mu = div(mul(splat(distance), scale), splat(8 * <f64>pair.n))
  centre(pair)
  pair.active = pair.finite
  pair.solved = splat(0)
  pair.iterations = splat(0)
  for (let k = 0; k < most; k++) {
    stopAtGap(pair, isWorth(pair, wanted, WORTH_A_LOOK), false, share)
    if (!any(pair.active)) return
    factor(pair)
    predict(pair)
    pair.iterations = add(pair.iterations, only(pair.active, splat(1)))
    stopAtGap(pair, isWorth(pair, wanted, WORTH_A_TRY), true, share)
    if (!any(pair.active)) return
    correct(pair)
    direct(pair, TO_THE_EDGE)
    pair.active = both(pair.active, gt(mul(pair.stride, pair.strideZ), splat(0)))
    advance(pair)
  }
}

/** The lanes at work whose complementarity is within so many times of the wanted gap. */
function isWorth(pair: Pair, wanted: v128, times: f64): v128 {
  return both(pair.active, gt(mul(splat(times), wanted), mul(pair.rows, pair.mu)))
}

function stopAtGap(pair: Pair, near: v128, affine: bool, share: f64): void {
  if (!any(near)) return
  const gap = pair.gap
  const bill = pair.bill
  putUp(pair, affine)
  measureGap(pair)
  const done = both(near, le(pair.gap, mul(splat(share), pair.bill)))
  pair.gap = pick(pair.active, pair.gap, gap)
  pair.bill = pick(pair.active, pair.bill, bill)
  pair.solved = either(pair.solved, done)
  pair.active = without(pair.active, done)
  keepHeat(pair, done)
}
