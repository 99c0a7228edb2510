import { add, div, dot2, dot3, max, min, mul, neg, splat, sub } from './lanes.ts'
import { after, Pair, stepAt } from './layout.ts'

const CENTRING: f64 = 0.3

/** Runs the affine direction and sets the centring target by its longest step. */
export function predict(pair: Pair): void {
  const one = splat(1)
  const step = div(one, max(one, affineSteepness(pair)))
  const away = sub(one, step)
  pair.target = mul(mul(mul(splat(CENTRING), mul(away, away)), add(one, away)), pair.mu)
  // Where the affine step is short the second-order terms, which are those of a whole one, would mislead.
  pair.trust = min(one, add(step, step))
}

/** Runs the affine direction and leaves r = dg / g in v. Returns one over the longest step to the edge. */
export function affineSteepness(pair: Pair): v128 {
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const rated = pair.rated
  const one = splat(1)
  let x = splat(0)
  let y = splat(0)
  let q = splat(0)
  let past = splat(0)
  let least = splat(0)
  let most = splat(0)
  const end = stepAt(pair, pair.n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) {
    let d = add(dot2(s.k1, x, s.k2, y), add(mul(s.k3, past), s.kf))
    if (LAGGED) d = add(d, mul(s.k4, q))
    const next = dot3(a11, x, a12, y, b1, d)
    y = dot3(a21, x, a22, y, b2, d)
    x = next
    if (LAGGED) {
      x = add(x, mul(pair.a14, q))
      y = add(y, mul(pair.a24, q))
      q = dot2(pair.a44, q, pair.b4, d)
    }
    const dsl = sub(mul(s.rl, s.pl), mul(s.hl, x))
    const dsh = dot2(s.rh, s.ph, s.hh, x)
    const r1 = mul(d, s.i1)
    const r2 = neg(mul(d, s.i2))
    const r3 = mul(dsl, s.i3)
    const r4 = mul(add(dsl, x), s.i4)
    const r5 = mul(dsh, s.i5)
    const r6 = mul(sub(dsh, x), s.i6)
    least = min(least, min(min(min(r1, r2), min(r3, r4)), min(r5, r6)))
    most = max(most, max(max(max(r1, r2), max(r3, r4)), max(r5, r6)))
    s.v1 = r1
    s.v2 = r2
    s.v3 = r3
    s.v4 = r4
    s.v5 = r5
    s.v6 = r6
    if (rated) {
      const r7 = mul(sub(past, d), s.i7)
      const r8 = mul(sub(d, past), s.i8)
      least = min(least, min(r7, r8))
      most = max(most, max(r7, r8))
      s.v7 = r7
      s.v8 = r8
    }
    if (FEE && pair.paid) {
      const r9 = mul(sub(pair.dPeak, d), s.i9)
      least = min(least, r9)
      most = max(most, r9)
      s.v9 = r9
    }
    past = d
  }
  if (FEE && pair.paid) {
    const r = mul(pair.dPeak, pair.iPeak)
    least = min(least, r)
    most = max(most, r)
    pair.vPeak = r
  }
  // dz = −z (1 + r): the multipliers allow a step of 1 / (1 + most).
  return max(neg(least), add(one, most))
}
