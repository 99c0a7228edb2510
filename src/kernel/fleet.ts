/*
 * The buildings of a fleet as pairs that stay in memory, and the rounds of the interior point on prices (see
 * `member-rounds.ts` of the core). A call runs over `many` pairs one behind the other, all at one place of the
 * network, so that they meet one price. A city's buildings pass through a few pairs, sweep by sweep. This is the module's
 * door; `kernel-members.ts` and `settle-pair.ts` of the core call it.
 */
import { advance } from './advance.ts'
import { addDouble, addSingle, answerBytes, answerScratchBytes, drain } from './answer.ts'
import { followPath } from './central.ts'
import { correct } from './correct.ts'
import { longest } from './direction.ts'
import { keepHeat, readRows, rowBytes, writeRows } from './exchange.ts'
import { factor } from './factor.ts'
import { measureGap } from './gap.ts'
import { abs, add, div, gt, max, mul, pick, splat } from './lanes.ts'
import { Pair, pairBytes, putUpAt, stepAt } from './layout.ts'
import { measureObjective } from './objective.ts'
import { affineSteepness } from './predict.ts'
import { putUp } from './put-up.ts'
import { centre, drawPlan, drawSame, prepareGap, rollOut } from './start.ts'
import { addDirection, addHeat, addLanes, tilt } from './tilt.ts'

export function heapBase(): usize {
  return (__heap_base + 63) & ~63
}

/** Bytes from one pair to the next: behind each lie its own prices. */
export function strideBytes(n: i32): usize {
  return (pairBytes(n) + <usize>(16 * n) + 63) & ~63
}

export function rowsBytes(n: i32): usize {
  return rowBytes(n)
}

export function scratchBytes(n: i32): usize {
  return answerScratchBytes(n)
}

export function sumsBytes(n: i32): usize {
  return answerBytes(n)
}

/** Takes the rows of a pair whose head is written, and draws its first plan. */
export function open(
  at: usize,
  n: i32,
  rated: bool,
  paid: bool,
  warm: bool,
  first: usize,
  second: usize,
): void {
  const pair = read(at, n, rated, paid, first, second)
  drawPlan(pair, warm)
  rollOut(pair)
}

/** The same at the very plan in the rows, which lies inside. */
export function reopen(at: usize, n: i32, rated: bool, paid: bool, first: usize, second: usize): void {
  const pair = read(at, n, rated, paid, first, second)
  drawSame(pair)
  rollOut(pair)
}

function read(at: usize, n: i32, rated: bool, paid: bool, first: usize, second: usize): Pair {
  const pair = changetype<Pair>(at)
  pair.n = n
  pair.rated = rated
  pair.paid = paid
  pair.active = f64x2.eq(splat(0), splat(0))
  readRows(pair, first, second)
  for (let k = 0; k < n; k++) v128.store(ownAt(pair, k), stepAt(pair, k).price)
  return pair
}

/** Sets whether the second lane only repeats the first, to fill the pair. */
export function fill(at: usize, repeats: bool): void {
  changetype<Pair>(at).count = repeats ? f64x2(1, 0) : splat(1)
}

/** heat += the plans' heat. */
export function sumHeat(at: usize, n: i32, many: i32, heat: usize): void {
  for (let i = 0; i < many; i++) addHeat(pairAt(at, n, i), heat)
}

/** Multipliers at these prices; sums += inequalities, inequalities times scale, scale. */
export function centreAll(at: usize, n: i32, many: i32, prices: usize, distance: f64, sums: usize): void {
  for (let i = 0; i < many; i++) {
    const pair = pairAt(at, n, i)
    meet(pair, prices)
    prepareGap(pair)
    putUp(pair, false)
    measureGap(pair)
    pair.scale = pair.bill
    pair.perScale = div(splat(1), pair.bill)
    pair.mu = div(mul(splat(distance), max(pair.bill, pair.gap)), splat(8 * <f64>n))
    centre(pair)
    addLanes(sums, mul(pair.rows, pair.count))
    addLanes(sums + 8, mul(mul(pair.rows, pair.scale), pair.count))
    addLanes(sums + 16, mul(pair.scale, pair.count))
  }
}

/** Takes the step, where it is not zero, and factors at these prices; sums[0] += Σ z g as a share of the scale. */
export function factorAll(
  at: usize,
  n: i32,
  many: i32,
  prices: usize,
  step: f64,
  heat: usize,
  change: usize,
  sums: usize,
): void {
  for (let i = 0; i < many; i++) {
    const pair = pairAt(at, n, i)
    pair.stride = splat(step)
    pair.strideZ = splat(step)
    if (step > 0) advance(pair)
    meet(pair, prices)
    factor(pair)
    addHeat(pair, heat)
    addDirection(pair, change)
    addLanes(sums, mul(mul(pair.mu, pair.rows), mul(pair.perScale, pair.count)))
  }
}

// Singles lose digits in long sums, so that these are taken over into doubles now and then.
const DRAINED_EVERY = 64

/** answer += how the pairs answer prices. */
export function answerSingle(at: usize, n: i32, many: i32, scratch: usize, sums: usize, answer: usize): void {
  for (let i = 0; i < many; i += 2) {
    const first = pairAt(at, n, i)
    if (i + 1 < many) addSingle(first, pairAt(at, n, i + 1), scratch, sums)
    else addLast(first, scratch, sums)
    if ((i + 2) % DRAINED_EVERY === 0) drain<f32>(n, sums, answer)
  }
  drain<f32>(n, sums, answer)
}

/** A pair without a partner stands beside itself, and counts once. */
function addLast(pair: Pair, scratch: usize, sums: usize): void {
  const count = pair.count
  pair.count = mul(count, splat(0.5))
  addSingle(pair, pair, scratch, sums)
  pair.count = count
}

/** The same to all digits. */
export function answerDouble(at: usize, n: i32, many: i32, scratch: usize, sums: usize, answer: usize): void {
  for (let i = 0; i < many; i++) addDouble(pairAt(at, n, i), scratch, sums)
  drain<f64>(n, sums, answer)
}

/** The affine direction with this change of prices; one over the longest step that it allows. */
export function predictAll(at: usize, n: i32, many: i32, change: usize): f64 {
  let steepest = splat(0)
  for (let i = 0; i < many; i++) {
    const pair = pairAt(at, n, i)
    tilt(pair, change)
    steepest = max(steepest, affineSteepness(pair))
  }
  return greater(steepest)
}

/** The corrected answer without a change of prices. */
export function correctAll(at: usize, n: i32, many: i32, target: f64, trust: f64, change: usize): void {
  for (let i = 0; i < many; i++) {
    const pair = pairAt(at, n, i)
    pair.target = mul(splat(target), pair.scale)
    pair.trust = splat(trust)
    correct(pair)
    addDirection(pair, change)
  }
}

/** The corrected direction with this change of prices; one over the longest step that it allows. */
export function directAll(at: usize, n: i32, many: i32, change: usize): f64 {
  let steepest = splat(0)
  for (let i = 0; i < many; i++) {
    const pair = pairAt(at, n, i)
    tilt(pair, change)
    steepest = max(steepest, longest(pair))
  }
  return greater(steepest)
}

/** sums += objective at own prices, gap at these, bill at own prices, least bill. */
export function certifyAll(at: usize, n: i32, many: i32, prices: usize, sums: usize): void {
  for (let i = 0; i < many; i++) {
    const pair = pairAt(at, n, i)
    meet(pair, prices)
    prepareGap(pair)
    putUp(pair, false)
    measureGap(pair)
    measureObjective(pair, ownAt(pair, 0))
    addLanes(sums, mul(pair.objective, pair.count))
    addLanes(sums + 8, mul(pair.gap, pair.count))
    addLanes(sums + 16, mul(ownBill(pair), pair.count))
    addLanes(sums + 24, mul(pair.leastBill, pair.count))
  }
}

/**
 * A pair opened at these prices goes to its central point; lane[0..1] hold what each is measured against, or 0 for its
 * bill now. They come back with it, and behind them steps made and one where the point was reached, lane by lane.
 */
export function settle(
  at: usize,
  prices: usize,
  warm: bool,
  distance: f64,
  share: f64,
  most: i32,
  lanes: usize,
): void {
  const pair = changetype<Pair>(at)
  meet(pair, prices)
  prepareGap(pair)
  const known = v128.load(lanes)
  putUp(pair, false)
  measureGap(pair)
  const scale = pick(gt(known, splat(0)), known, pair.bill)
  pair.scale = scale
  pair.perScale = div(splat(1), scale)
  followPath(pair, warm ? scale : max(scale, pair.gap), distance, share, most)
  v128.store(lanes, scale)
  v128.store(lanes + 16, pair.iterations)
  v128.store(lanes + 32, pair.solved)
}

/** Factors the pair where it stands, for its answer; change += the way to where its inequalities cost `share`. */
export function refactor(at: usize, share: f64, change: usize): void {
  const pair = changetype<Pair>(at)
  factor(pair)
  pair.target = div(mul(splat(share), pair.scale), pair.rows)
  pair.trust = splat(0)
  correct(pair)
  addDirection(pair, change)
}

/** The heat of both, and into two doubles at `lanes` the gap that was last measured as a share of the bill. */
export function tell(at: usize, first: usize, second: usize, lanes: usize): void {
  const pair = changetype<Pair>(at)
  pair.first = first
  pair.second = second
  keepHeat(pair, f64x2.eq(splat(0), splat(0)))
  v128.store(lanes, div(pair.gap, pair.bill))
}

/** The plans at their own prices into their buildings' rows: see `writeAnswers`; their gap is the last certified. */
export function close(at: usize, first: usize, second: usize): void {
  const pair = changetype<Pair>(at)
  for (let k = 0; k < pair.n; k++) {
    const s = stepAt(pair, k)
    s.price = v128.load(ownAt(pair, k))
    putUpAt(s).u = s.u
  }
  writeRows(pair, first, second)
}

function pairAt(at: usize, n: i32, i: i32): Pair {
  return changetype<Pair>(at + <usize>i * strideBytes(n))
}

/** Where the own prices of a step lie. */
function ownAt(pair: Pair, k: i32): usize {
  return changetype<usize>(pair) + pairBytes(pair.n) + <usize>(16 * k)
}

/** Sets each price to the own one and the network's. */
function meet(pair: Pair, prices: usize): void {
  const n = pair.n
  for (let k = 0; k < n; k++) {
    stepAt(pair, k).price = add(v128.load(ownAt(pair, k)), v128.load64_splat(prices + <usize>(8 * k)))
  }
}

function ownBill(pair: Pair): v128 {
  const n = pair.n
  let bill = splat(0)
  for (let k = 0; k < n; k++) bill = add(bill, mul(abs(v128.load(ownAt(pair, k))), stepAt(pair, k).u))
  return bill
}

function greater(two: v128): f64 {
  return Math.max(f64x2.extract_lane(two, 0), f64x2.extract_lane(two, 1))
}
