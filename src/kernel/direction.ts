import { add, div, dot2, dot3, max, min, mul, neg, splat, sub } from './lanes.ts'
import { after, Pair, stepAt } from './layout.ts'

/** Runs the corrected direction, turns v into 1 + dz / z, and sets the strides: almost to the edge, at most 1. */
export function direct(pair: Pair, toTheEdge: f64): void {
  longest(pair)
  pair.stride = min(splat(1), div(splat(toTheEdge), pair.steep))
  pair.strideZ = min(splat(1), div(splat(toTheEdge), pair.steepZ))
}

/** The largest −dg/g or −dz/z: one over the step to the edge. Each of the two stays in the pair. */
export function longest(pair: Pair): v128 {
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
  let least = splat(-1e-30)
  let leastZ = one
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
    s.du = d
    s.dti = x
    s.dsl = dsl
    s.dsh = dsh
    const r1 = mul(d, s.i1)
    const r2 = neg(mul(d, s.i2))
    const r3 = mul(dsl, s.i3)
    const r4 = mul(add(dsl, x), s.i4)
    const r5 = mul(dsh, s.i5)
    const r6 = mul(sub(dsh, x), s.i6)
    const v1 = sub(s.v1, r1)
    const v2 = sub(s.v2, r2)
    const v3 = sub(s.v3, r3)
    const v4 = sub(s.v4, r4)
    const v5 = sub(s.v5, r5)
    const v6 = sub(s.v6, r6)
    s.v1 = v1
    s.v2 = v2
    s.v3 = v3
    s.v4 = v4
    s.v5 = v5
    s.v6 = v6
    least = min(least, min(min(min(r1, r2), min(r3, r4)), min(r5, r6)))
    leastZ = min(leastZ, min(min(min(v1, v2), min(v3, v4)), min(v5, v6)))
    if (rated) {
      const r7 = mul(sub(past, d), s.i7)
      const r8 = mul(sub(d, past), s.i8)
      const v7 = sub(s.v7, r7)
      const v8 = sub(s.v8, r8)
      s.v7 = v7
      s.v8 = v8
      least = min(least, min(r7, r8))
      leastZ = min(leastZ, min(v7, v8))
    }
    if (FEE && pair.paid) {
      const r9 = mul(sub(pair.dPeak, d), s.i9)
      const v9 = sub(s.v9, r9)
      s.v9 = v9
      least = min(least, r9)
      leastZ = min(leastZ, v9)
    }
    past = d
  }
  if (FEE && pair.paid) {
    const r = mul(pair.dPeak, pair.iPeak)
    pair.vPeak = sub(pair.vPeak, r)
    least = min(least, r)
    leastZ = min(leastZ, pair.vPeak)
  }
  pair.dTmEnd = y
  pair.steep = neg(least)
  pair.steepZ = sub(one, leastZ)
  return max(pair.steep, pair.steepZ)
}
