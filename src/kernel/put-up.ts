import { abs, add, dot2, dot3, gt, max, min, mul, neg, pick, splat, sub } from './lanes.ts'
import { after, Pair, putUpAt, Step, stepAt } from './layout.ts'
import { peakGap } from './peak.ts'

/*
 * Plans with their multipliers put up for a gap: its part that looks forward, which is that of the band and of the
 * limits of changes, and the bill; `measureGap` looks backward for the rest.
 */

/**
 * The plan as it is; or where the affine direction leads, all the way: near the end its multipliers are all but the
 * best ones. Its heat stops at its limits, and the feedback of the sweep makes up for that in later steps.
 */
export function putUp(pair: Pair, affine: bool): void {
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const rated = pair.rated
  const zero = splat(0)
  let x = zero
  let y = zero
  let q = zero
  let d = zero
  let past = pair.u0
  let short = zero
  let gap = zero
  let bill = zero
  const end = stepAt(pair, pair.n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) {
    let u = s.u
    let z4 = s.z4
    let z6 = s.z6
    if (affine) {
      d = add(dot3(s.k1, x, s.k2, y, s.k3, d), s.kf)
      if (LAGGED) d = add(d, mul(s.k4, q))
      u = max(zero, add(u, d))
      if (rated) {
        const least = sub(past, s.fall)
        u = min(max(u, least), add(past, s.rise))
        short = max(short, sub(least, s.top))
      }
      u = min(u, s.top)
      d = sub(u, s.u)
      const next = dot3(a11, x, a12, y, b1, d)
      y = dot3(a21, x, a22, y, b2, d)
      x = next
      if (LAGGED) {
        x = add(x, mul(pair.a14, q))
        y = add(y, mul(pair.a24, q))
        q = dot2(pair.a44, q, pair.b4, d)
      }
      z4 = reached(z4, s.v4)
      z6 = reached(z6, s.v6)
    }
    const up = putUpAt(s)
    gap = add(gap, bandGap(pair, s, add(s.ti, x), z4, z6))
    const change = sub(u, past)
    let ramp = mul(pair.wr, change)
    if (rated) {
      const z7 = affine ? reached(s.z7, s.v7) : s.z7
      const z8 = affine ? reached(s.z8, s.v8) : s.z8
      gap = add(gap, dot2(z7, sub(s.rise, change), z8, add(s.fall, change)))
      ramp = add(ramp, sub(z7, z8))
    }
    if (FEE && pair.paid) up.y9 = affine ? reached(s.z9, s.v9) : s.z9
    bill = add(bill, mul(abs(s.price), u))
    up.u = u
    up.ramp = ramp
    past = u
  }
  pair.tiUp = add(stepAt(pair, pair.n - 1).ti, x)
  pair.tmUp = add(pair.tmEnd, y)
  pair.yPeak = affine ? reached(pair.zPeak, pair.vPeak) : pair.zPeak
  if (FEE && pair.paid) gap = add(gap, peakGap(pair))
  // Where the limit falls faster than this heat could, there is no plan.
  pair.gap = pick(gt(short, zero), splat(Infinity), gap)
  pair.bill = max(bill, pair.leastBill)
}

/** z after the whole affine direction, dz = −z (1 + r). */
function reached(z: v128, r: v128): v128 {
  return max(splat(0), neg(mul(z, r)))
}

/** What a step's band adds to the gap; leaves what its multipliers pull. */
function bandGap(pair: Pair, s: Step, ti: v128, z4: v128, z6: v128): v128 {
  const zero = splat(0)
  const yl = pick(gt(pair.w2Lo, zero), z4, min(z4, s.w1Lo))
  const yh = pick(gt(pair.w2Hi, zero), z6, min(z6, s.w1Hi))
  putUpAt(s).pull = sub(yh, yl)
  const low = fenchelGap(sub(s.lo, ti), yl, s.w1Lo, pair.w2Lo, pair.conjugateLo)
  return add(low, fenchelGap(sub(ti, s.hi), yh, s.w1Hi, pair.w2Hi, pair.conjugateHi))
}

/** φ(v) + φ*(y) − y v ≥ 0 for φ(v) = w1 v⁺ + ½ w2 (v⁺)². */
function fenchelGap(v: v128, y: v128, w1: v128, w2: v128, conjugate: v128): v128 {
  const zero = splat(0)
  const over = max(zero, sub(y, w1))
  const broken = max(zero, v)
  const penalty = mul(broken, add(w1, mul(splat(0.5), mul(w2, broken))))
  return max(zero, add(penalty, sub(mul(mul(over, over), conjugate), mul(y, v))))
}
