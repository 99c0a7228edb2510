import { abs, add, div, dot2, gt, max, min, mul, only, pick, splat, sqrt, sub } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'
import { findLimits } from './limits.ts'
import { startPeak } from './peak.ts'

// See `central-start.ts` and `expected-bill.ts` of the core, of which this is the pair's version.
const COLD_INSIDE: f64 = 0.2
const WARM_INSIDE: f64 = 0.02
const MIDDLE = 0.4
const LEAST_SHARE = 0.05
const LEAST_K = 1e-3

/** The first heat, that in the rows or one of our own, a little inside of the limits that it finds. */
export function drawPlan(pair: Pair, warm: bool): void {
  findLimits(pair)
  if (!warm) startCold(pair)
  drawInside(pair, warm ? WARM_INSIDE : COLD_INSIDE)
}

/** The very plan in the rows, which lies inside. */
export function drawSame(pair: Pair): void {
  findLimits(pair)
  drawInside(pair, 0)
}

/** Heat of a cold start: what would hold the room a little above the band's lower edge if emitters were quick. */
function startCold(pair: Pair): void {
  const n = pair.n
  const zero = splat(0)
  const half = splat(0.5)
  let b1 = pair.b1
  let b2 = pair.b2
  if (LAGGED) {
    const balanced = div(pair.b4, sub(splat(1), pair.a44))
    b1 = add(b1, mul(pair.a14, balanced))
    b2 = add(b2, mul(pair.a24, balanced))
  }
  const perB1 = only(gt(b1, zero), div(splat(1), b1))
  let t = pair.ti0
  let m = pair.tm0
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const free = add(dot2(pair.a11, t, pair.a12, m), s.d1)
    const wanted = add(s.lo, max(zero, min(splat(1), mul(half, sub(s.hi, s.lo)))))
    const u = max(zero, min(s.top, mul(sub(wanted, free), perB1)))
    m = add(add(dot2(pair.a21, t, pair.a22, m), mul(b2, u)), s.d2)
    t = add(free, mul(b1, u))
    s.u = u
  }
}

/** Draws the heat by a share to the middle of the tube that `findLimits` has left. */
function drawInside(pair: Pair, share: f64): void {
  const n = pair.n
  let before = pair.u0
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const low = s.v1
    const high = s.v2
    if (pair.rated) before = max(max(low, sub(before, s.fall)), min(min(s.u, high), add(before, s.rise)))
    else before = max(low, min(s.u, high))
    const middle = add(low, mul(splat(MIDDLE), sub(high, low)))
    s.u = add(before, mul(splat(share), sub(middle, before)))
  }
}

/** States from the heat; multipliers of which the gap knows are dropped. */
export function rollOut(pair: Pair): void {
  const n = pair.n
  const zero = splat(0)
  let t = pair.ti0
  let m = pair.tm0
  let q = pair.q0
  stepAt(pair, -1).u = pair.u0
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const next = add(add(dot2(pair.a11, t, pair.a12, m), mul(pair.b1, s.u)), s.d1)
    m = add(add(dot2(pair.a21, t, pair.a22, m), mul(pair.b2, s.u)), s.d2)
    t = next
    if (LAGGED) {
      t = add(t, mul(pair.a14, q))
      m = add(m, mul(pair.a24, q))
      q = dot2(pair.a44, q, pair.b4, s.u)
    }
    s.ti = t
    s.z4 = zero
    s.z6 = zero
    s.z7 = zero
    s.z8 = zero
    if (FEE) s.z9 = zero
  }
  pair.tmEnd = m
  pair.zPeak = zero
}

/** What does not depend on the plan: the least bill to measure a gap against, and the conjugates' curvatures. */
export function prepareGap(pair: Pair): void {
  const n = pair.n
  const zero = splat(0)
  const half = splat(0.5)
  let full = zero
  let perK = add(mul(splat(n), add(pair.w2Lo, pair.w2Hi)), add(abs(pair.p1), abs(pair.p2)))
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    full = add(full, mul(abs(s.price), s.top))
    perK = add(perK, add(s.w1Lo, s.w1Hi))
  }
  const least = max(mul(splat(LEAST_SHARE), full), mul(splat(LEAST_K), perK))
  pair.leastBill = pick(gt(least, zero), least, splat(1))
  pair.conjugateLo = only(gt(pair.w2Lo, zero), div(half, pair.w2Lo))
  pair.conjugateHi = only(gt(pair.w2Hi, zero), div(half, pair.w2Hi))
}

/** Slacks and multipliers where z g = mu for every inequality and, but for w2, z3 + z4 = w1. Counts them. */
export function centre(pair: Pair): void {
  const n = pair.n
  const mu = pair.mu
  const zero = splat(0)
  const one = splat(1)
  const perMu = div(one, mu)
  const half = splat(0.5)
  const two = splat(2)
  let rows = zero
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const open = gt(s.top, zero)
    const above = sub(s.ti, s.lo)
    const below = sub(s.hi, s.ti)
    const wl = add(s.w1Lo, mul(pair.w2Lo, max(half, sub(half, above))))
    const wh = add(s.w1Hi, mul(pair.w2Hi, max(half, sub(half, below))))
    const hasLo = gt(wl, zero)
    const hasHi = gt(wh, zero)
    const sl = centralSlack(wl, above, mu)
    const sh = centralSlack(wh, below, mu)
    s.sl = sl
    s.sh = sh
    const g2 = sub(s.top, s.u)
    const g4 = add(sl, above)
    const g6 = add(sh, below)
    const h = only(open, div(one, mul(s.u, g2)))
    const l = only(hasLo, div(one, mul(sl, g4)))
    const r = only(hasHi, div(one, mul(sh, g6)))
    const i1 = mul(g2, h)
    const i2 = mul(s.u, h)
    const i3 = mul(g4, l)
    const i4 = mul(sl, l)
    const i5 = mul(g6, r)
    const i6 = mul(sh, r)
    s.i1 = i1
    s.i2 = i2
    s.i3 = i3
    s.i4 = i4
    s.i5 = i5
    s.i6 = i6
    s.z1 = mul(mu, i1)
    s.z2 = mul(mu, i2)
    s.z3 = mul(mu, i3)
    s.z4 = mul(mu, i4)
    s.z5 = mul(mu, i5)
    s.z6 = mul(mu, i6)
    s.o1 = only(open, perMu)
    s.o2 = only(open, perMu)
    s.o3 = only(hasLo, perMu)
    s.o4 = only(hasLo, perMu)
    s.o5 = only(hasHi, perMu)
    s.o6 = only(hasHi, perMu)
    rows = add(rows, add(only(open, two), add(only(hasLo, two), only(hasHi, two))))
    if (!pair.rated) continue
    const change = sub(s.u, stepAt(pair, k - 1).u)
    s.i7 = div(one, sub(s.rise, change))
    s.i8 = div(one, add(s.fall, change))
    s.z7 = mul(mu, s.i7)
    s.z8 = mul(mu, s.i8)
    s.o7 = perMu
    s.o8 = perMu
    rows = add(rows, two)
  }
  pair.rows = rows
  if (FEE && pair.paid) startPeak(pair)
}

/** The s with mu / s + mu / (s + a) = w, kept off both edges where mu is too small for the digits we have. */
function centralSlack(w: v128, a: v128, mu: v128): v128 {
  const edge = add(max(splat(0), sub(splat(0), a)), mul(splat(1e-9), add(splat(1), abs(a))))
  const m = div(mul(splat(2), mu), w)
  const root = sqrt(dot2(a, a, m, m))
  const central = max(edge, mul(splat(0.5), add(sub(m, a), root)))
  return pick(gt(w, splat(0)), central, add(edge, splat(1)))
}
