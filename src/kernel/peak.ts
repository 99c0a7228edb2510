import { add, div, dot2, dot3, grown, gt, max, mul, neg, only, pick, splat, sub } from './lanes.ts'
import { after, before, Pair, putUpAt, Step, stepAt } from './layout.ts'

// See `peak-term.ts` of the core, of which this is the pair's version.
const HALVINGS = 16

/** Puts P where the multipliers at mu add up to the fee, and counts them. */
export function startPeak(pair: Pair): void {
  const n = pair.n
  const mu = pair.mu
  const least = peakOf(pair)
  let low = div(mu, pair.fee)
  let high = mul(low, splat(n + 1))
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = mul(splat(0.5), add(low, high))
    const tooNear = gt(pull(pair, add(least, middle)), pair.fee)
    low = pick(tooNear, middle, low)
    high = pick(tooNear, high, middle)
  }
  const peak = add(least, high)
  const perMu = div(splat(1), mu)
  pair.peak = peak
  pair.iPeak = div(splat(1), sub(peak, pair.soFar))
  pair.zPeak = mul(mu, pair.iPeak)
  pair.oPeak = perMu
  const end = stepAt(pair, n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) {
    const i9 = div(splat(1), sub(peak, add(s.u, s.fixed)))
    s.i9 = i9
    s.z9 = mul(mu, i9)
    s.o9 = perMu
  }
  pair.rows = add(pair.rows, splat(n + 1))
}

/** Sum of the multipliers with P at `kw`. */
function pull(pair: Pair, kw: v128): v128 {
  const mu = pair.mu
  let sum = div(mu, sub(kw, pair.soFar))
  const end = stepAt(pair, pair.n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) sum = add(sum, div(mu, sub(kw, add(s.u, s.fixed))))
  return sum
}

/** What is billed for the plan put up, kW. */
export function peakOf(pair: Pair): v128 {
  let most = pair.soFar
  const end = stepAt(pair, pair.n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) most = max(most, add(putUpAt(s).u, s.fixed))
  return most
}

/** Takes P's own strides; returns z g of P ≥ soFar. */
export function advancePeak(pair: Pair): v128 {
  const stride = pair.stride
  const z = grown(pair.zPeak, pair.vPeak, pair.strideZ, sub(splat(1), pair.strideZ))
  const peak = add(pair.peak, mul(stride, pair.dPeak))
  const q = mul(z, sub(peak, pair.soFar))
  const o = div(splat(1), q)
  pair.peak = peak
  pair.zPeak = z
  pair.oPeak = o
  pair.iPeak = mul(z, o)
  return q
}

/** Sets i and o of a step below the peak; returns its z g. */
export function measurePeak(pair: Pair, s: Step, u: v128): v128 {
  const q = mul(s.z9, sub(pair.peak, add(u, s.fixed)))
  const o = div(splat(1), q)
  s.o9 = o
  s.i9 = mul(s.z9, o)
  return q
}

/** Answers of feed-forward and heat to P, after the sweep has been factored; then the affine direction's P. */
export function borderNewton(pair: Pair): void {
  let p1 = splat(0)
  let p2 = splat(0)
  let p3 = splat(0)
  let p4 = splat(0)
  const end = stepAt(pair, -1)
  for (let s = stepAt(pair, pair.n - 1); s !== end; s = before(s)) {
    let qu = sub(add(dot2(pair.b1, p1, pair.b2, p2), p3), mul(s.z9, s.i9))
    if (LAGGED) {
      qu = add(qu, mul(pair.b4, p4))
      p4 = add(dot3(pair.a14, p1, pair.a24, p2, pair.a44, p4), mul(s.k4, qu))
    }
    s.ke = neg(mul(qu, s.iq))
    const next = dot3(pair.a11, p1, pair.a21, p2, s.k1, qu)
    p2 = dot3(pair.a12, p1, pair.a22, p2, s.k2, qu)
    p1 = next
    p3 = mul(s.k3, qu)
  }
  pair.pivotPeak = add(mul(pair.zPeak, pair.iPeak), weighed(pair, true))
  steerPeak(pair, splat(0))
}

/** Sets P's direction for centring terms of this sum, and lets the feed-forward follow it. */
export function steerPeak(pair: Pair, centring: v128): void {
  const d = div(add(sub(centring, pair.fee), weighed(pair, false)), pair.pivotPeak)
  pair.dPeak = d
  const end = stepAt(pair, pair.n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) s.kf = add(s.kf, mul(d, s.ke))
}

/** Lets P, and with it the feed-forward, follow a change of prices: n doubles, the same for both lanes. */
export function tiltPeak(pair: Pair, change: usize): void {
  const n = pair.n
  let felt = splat(0)
  for (let k = 0; k < n; k++) {
    felt = add(felt, mul(stepAt(pair, k).ue, v128.load64_splat(change + <usize>(8 * k))))
  }
  const d = neg(div(felt, pair.pivotPeak))
  pair.dPeak = add(pair.dPeak, d)
  const end = stepAt(pair, n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) s.kf = add(s.kf, mul(d, s.ke))
}

/** Σ s9 (1 − e) of the answer to P, which it leaves in ue, or Σ s9 du of the direction so far. */
function weighed(pair: Pair, ofAnswer: bool): v128 {
  const one = splat(1)
  let x = splat(0)
  let y = splat(0)
  let d = splat(0)
  let q = splat(0)
  let sum = splat(0)
  const end = stepAt(pair, pair.n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) {
    d = add(dot3(s.k1, x, s.k2, y, s.k3, d), ofAnswer ? s.ke : s.kf)
    if (LAGGED) d = add(d, mul(s.k4, q))
    const next = dot3(pair.a11, x, pair.a12, y, pair.b1, d)
    y = dot3(pair.a21, x, pair.a22, y, pair.b2, d)
    x = next
    if (LAGGED) {
      x = add(x, mul(pair.a14, q))
      y = add(y, mul(pair.a24, q))
      q = dot2(pair.a44, q, pair.b4, d)
    }
    if (ofAnswer) s.ue = d
    sum = add(sum, mul(mul(s.z9, s.i9), ofAnswer ? sub(one, d) : d))
  }
  return sum
}

/** Part of the gap of the plan put up; its multipliers, in y9, then add up to the fee. */
export function peakGap(pair: Pair): v128 {
  const zero = splat(0)
  const end = stepAt(pair, pair.n)
  let sum = pair.yPeak
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) sum = add(sum, putUpAt(s).y9)
  // No multipliers yet: the fee on what has been reached already is a bound as well.
  const has = gt(sum, zero)
  const share = only(has, div(pair.fee, sum))
  const most = peakOf(pair)
  let gap = mul(pick(has, mul(share, pair.yPeak), pair.fee), sub(most, pair.soFar))
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) {
    const up = putUpAt(s)
    const y = mul(share, up.y9)
    up.y9 = y
    gap = add(gap, mul(y, sub(most, add(up.u, s.fixed))))
  }
  return gap
}
