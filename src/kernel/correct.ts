import { add, dot2, dot3, mul, neg, splat, sub } from './lanes.ts'
import { before, Pair, stepAt } from './layout.ts'
import { steerPeak } from './peak.ts'
import { terminalSlope1, terminalSlope2 } from './terminal.ts'

/** Completes c / z, of which `trust` is kept, with the centring target and takes the new right-hand side through the factored sweep. */
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
  let p1 = terminalSlope1(pair)
  let p2 = terminalSlope2(pair)
  let p3 = splat(0)
  let centring = splat(0)
  let p4 = pair.p4
  const end = stepAt(pair, -1)
  for (let s = stepAt(pair, pair.n - 1); s !== end; s = before(s)) {
    const v1 = dot2(trust, s.v1, target, s.o1)
    const v2 = dot2(trust, s.v2, target, s.o2)
    const v3 = dot2(trust, s.v3, target, s.o3)
    const v4 = dot2(trust, s.v4, target, s.o4)
    const v5 = dot2(trust, s.v5, target, s.o5)
    const v6 = dot2(trust, s.v6, target, s.o6)
    s.v1 = v1
    s.v2 = v2
    s.v3 = v3
    s.v4 = v4
    s.v5 = v5
    s.v6 = v6
    let ramp = s.slope
    if (rated) {
      const v7 = dot2(trust, s.v7, target, s.o7)
      const v8 = dot2(trust, s.v8, target, s.o8)
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
      const v9 = dot2(trust, s.v9, target, s.o9)
      const c9 = mul(s.z9, v9)
      s.v9 = v9
      tilt = add(tilt, c9)
      centring = add(centring, c9)
    }
    let qu = add(add(dot2(b1, p1, b2, p2), p3), tilt)
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
    pair.vPeak = dot2(trust, pair.vPeak, target, pair.oPeak)
    steerPeak(pair, add(centring, mul(pair.zPeak, pair.vPeak)))
  }
}
