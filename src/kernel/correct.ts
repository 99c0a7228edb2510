import { add, dot2, dot3, mul, neg, splat, sub } from './lanes.ts'
import { before, Pair, stepAt } from './layout.ts'
import { steerPeak } from './peak.ts'
import { terminalSlope1, terminalSlope2 } from './terminal.ts'

/**
 * Turns v = r into c / z, with Mehrotra's second-order terms, of which `trust` is kept, and the centring target, and
 * takes the new right-hand side through the factored sweep.
 */
export function correct(pair: Pair): void {
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const rated = pair.rated
  const target = pair.target
  const trust = pair.trust
  let p1 = terminalSlope1(pair, stepAt(pair, pair.n - 1).ti, pair.tmEnd)
  let p2 = terminalSlope2(pair, stepAt(pair, pair.n - 1).ti, pair.tmEnd)
  let p3 = splat(0)
  let pulls = splat(0)
  let p4 = pair.p4
  const end = stepAt(pair, -1)
  for (let s = stepAt(pair, pair.n - 1); s !== end; s = before(s)) {
    const v1 = centring(s.v1, s.o1, trust, target)
    const v2 = centring(s.v2, s.o2, trust, target)
    const v3 = centring(s.v3, s.o3, trust, target)
    const v4 = centring(s.v4, s.o4, trust, target)
    const v5 = centring(s.v5, s.o5, trust, target)
    const v6 = centring(s.v6, s.o6, trust, target)
    s.v1 = v1
    s.v2 = v2
    s.v3 = v3
    s.v4 = v4
    s.v5 = v5
    s.v6 = v6
    let ramp = s.slope
    if (rated) {
      const v7 = centring(s.v7, s.o7, trust, target)
      const v8 = centring(s.v8, s.o8, trust, target)
      s.v7 = v7
      s.v8 = v8
      ramp = add(ramp, sub(mul(s.z7, v7), mul(s.z8, v8)))
    }
    const c4 = mul(s.z4, v4)
    const c6 = mul(s.z6, v6)
    const rl = add(s.rl, add(mul(s.z3, v3), c4))
    const rh = add(s.rh, add(mul(s.z5, v5), c6))
    s.rl = rl
    s.rh = rh
    p1 = add(p1, add(sub(mul(s.hl, rl), c4), sub(c6, mul(s.hh, rh))))
    let tilt = add(add(s.price, ramp), sub(mul(s.z2, v2), mul(s.z1, v1)))
    if (FEE && pair.paid) {
      const v9 = centring(s.v9, s.o9, trust, target)
      const c9 = mul(s.z9, v9)
      s.v9 = v9
      tilt = add(tilt, c9)
      pulls = add(pulls, c9)
    }
    let qu = add(dot2(b1, p1, b2, p2), add(p3, tilt))
    if (LAGGED) {
      qu = add(qu, mul(pair.b4, p4))
      p4 = add(dot3(pair.a14, p1, pair.a24, p2, pair.a44, p4), mul(s.k4, qu))
    }
    s.kf = neg(mul(qu, s.iq))
    const next = dot3(a11, p1, a21, p2, s.k1, qu)
    p2 = dot3(a12, p1, a22, p2, s.k2, qu)
    p1 = next
    p3 = sub(mul(s.k3, qu), ramp)
  }
  if (FEE && pair.paid) {
    pair.vPeak = centring(pair.vPeak, pair.oPeak, trust, target)
    steerPeak(pair, add(pulls, mul(pair.zPeak, pair.vPeak)))
  }
}

function centring(r: v128, o: v128, trust: v128, target: v128): v128 {
  return dot2(trust, mul(r, add(splat(1), r)), target, o)
}
