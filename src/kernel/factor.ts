import { add, div, dot2, dot3, gt, max, mul, neg, only, splat, sub } from './lanes.ts'
import { before, Pair, stepAt } from './layout.ts'
import { borderNewton } from './peak.ts'
import { terminalSlope1, terminalSlope2 } from './terminal.ts'

/**
 * Factors Newton's system (see `factor-newton.ts` of the core) and takes its affine right-hand side, c = 0, through
 * the sweep.
 */
export function factor(pair: Pair): void {
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const b4 = pair.b4
  const b11 = mul(b1, b1)
  const b12 = mul(add(b1, b1), b2)
  const b22 = mul(b2, b2)
  const b13 = add(b1, b1)
  const b23 = add(b2, b2)
  const wr = pair.wr
  const w2Lo = pair.w2Lo
  const w2Hi = pair.w2Hi
  const lessLo = neg(w2Lo)
  const lessHi = neg(w2Hi)
  const rated = pair.rated
  const zero = splat(0)
  const one = splat(1)
  const tiny = splat(1e-100)
  let p1 = terminalSlope1(pair, stepAt(pair, pair.n - 1).ti, pair.tmEnd)
  let p2 = terminalSlope2(pair, stepAt(pair, pair.n - 1).ti, pair.tmEnd)
  let p3 = zero
  let P11 = pair.P11
  let P12 = pair.P12
  let P22 = pair.P22
  let p4 = pair.p4
  let P14 = zero
  let P24 = zero
  let P34 = zero
  let P44 = zero
  let P13 = zero
  let P23 = zero
  let P33 = zero
  const end = stepAt(pair, -1)
  for (let s = stepAt(pair, pair.n - 1); s !== end; s = before(s)) {
    const change = sub(s.u, before(s).u)
    let weight = wr
    if (rated) weight = add(weight, dot2(s.z7, s.i7, s.z8, s.i8))

    // Slacks out: what is left of them bends and tilts the cost of Ti.
    const s3 = mul(s.z3, s.i3)
    const s4 = mul(s.z4, s.i4)
    const s5 = mul(s.z5, s.i5)
    const s6 = mul(s.z6, s.i6)
    // One division for both; without an edge a pivot is zero, and so is all it divides.
    const bendLo = add(w2Lo, s3)
    const bendHi = add(w2Hi, s5)
    const pivotLo = max(add(bendLo, s4), tiny)
    const pivotHi = max(add(bendHi, s6), tiny)
    const over = div(one, mul(pivotLo, pivotHi))
    const pl = mul(pivotHi, over)
    const ph = mul(pivotLo, over)
    const hl = mul(s4, pl)
    const hh = mul(s6, ph)
    const rl = sub(mul(lessLo, s.sl), s.w1Lo)
    const rh = sub(mul(lessHi, s.sh), s.w1Hi)
    P11 = add(P11, dot2(hl, bendLo, hh, bendHi))
    p1 = add(p1, sub(mul(hl, rl), mul(hh, rh)))
    s.pl = pl
    s.ph = ph
    s.hl = hl
    s.hh = hh
    s.rl = rl
    s.rh = rh

    // Riccati: minimise over du what step k costs and its successor inherits.
    let f1 = add(dot2(P11, b1, P12, b2), P13)
    let f2 = add(dot2(P12, b1, P22, b2), P23)
    let f4 = zero
    if (LAGGED) {
      f1 = add(f1, mul(P14, b4))
      f2 = add(f2, mul(P24, b4))
      f4 = add(dot2(P14, b1, P24, b2), add(P34, mul(P44, b4)))
    }
    const i1 = s.i1
    let bend = add(dot2(s.z1, i1, s.z2, s.i2), weight)
    if (LAGGED) bend = add(bend, mul(b4, add(f4, dot3(b1, P14, b2, P24, splat(1), P34))))
    if (FEE && pair.paid) bend = add(bend, mul(s.z9, s.i9))
    // b'Pb by products of b: all that the division waits for is short.
    const across = add(dot2(b13, P13, b23, P23), add(P33, bend))
    const pivot = add(dot2(b11, P11, b12, P12), add(mul(b22, P22), across))
    const minus = only(gt(i1, zero), div(splat(-1), pivot))
    const q1 = dot2(a11, f1, a21, f2)
    const q2 = dot2(a12, f1, a22, f2)
    const ramp = mul(wr, change)
    let qu = add(dot2(b1, p1, b2, p2), add(p3, add(s.price, ramp)))
    if (LAGGED) qu = add(qu, mul(b4, p4))
    const inverse = neg(minus)
    const g1 = mul(q1, minus)
    const g2 = mul(q2, minus)
    const g3 = mul(weight, inverse)
    s.k1 = g1
    s.k2 = g2
    s.k3 = g3
    s.kf = mul(qu, minus)
    s.iq = inverse
    s.slope = ramp

    const m11 = dot2(P11, a11, P12, a21)
    const m12 = dot2(P11, a12, P12, a22)
    const m21 = dot2(P12, a11, P22, a21)
    const m22 = dot2(P12, a12, P22, a22)
    if (LAGGED) {
      const a14 = pair.a14
      const a24 = pair.a24
      const a44 = pair.a44
      const q4 = dot3(a14, f1, a24, f2, a44, f4)
      const g4 = mul(q4, minus)
      const m14 = dot3(P11, a14, P12, a24, P14, a44)
      const m24 = dot3(P12, a14, P22, a24, P24, a44)
      const m44 = dot3(P14, a14, P24, a24, P44, a44)
      P14 = dot3(a11, m14, a21, m24, q1, g4)
      P24 = dot3(a12, m14, a22, m24, q2, g4)
      P34 = mul(q4, g3)
      P44 = add(dot3(a14, m14, a24, m24, a44, m44), mul(q4, g4))
      p4 = add(dot3(a14, p1, a24, p2, a44, p4), mul(g4, qu))
      s.k4 = g4
    }
    P11 = add(dot2(a11, m11, a21, m21), mul(mul(q1, q1), minus))
    P12 = add(dot2(a11, m12, a21, m22), mul(mul(q1, q2), minus))
    P22 = add(dot2(a12, m12, a22, m22), mul(mul(q2, q2), minus))
    P13 = mul(q1, g3)
    P23 = mul(q2, g3)
    P33 = sub(weight, mul(weight, g3))
    const next = dot3(a11, p1, a21, p2, g1, qu)
    p2 = dot3(a12, p1, a22, p2, g2, qu)
    p1 = next
    p3 = sub(mul(g3, qu), ramp)
  }
  if (FEE && pair.paid) borderNewton(pair)
}
