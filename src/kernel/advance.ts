import { add, div, dot2, gt, mul, only, splat, sub } from './lanes.ts'
import { Pair, Step, stepAt } from './layout.ts'

/**
 * Takes the stride, rolls the states out again so that no error builds up, and measures every inequality anew: i, o,
 * and mu. A lane that is done stays as it is, to the bit, even where its direction is no number.
 */
export function advance(pair: Pair): void {
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const rated = pair.rated
  const stride = pair.stride
  const active = pair.active
  const n = pair.n
  let t = pair.ti0
  let m = pair.tm0
  let sum = splat(0)
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const u = add(s.u, only(active, mul(stride, s.du)))
    s.u = u
    const next = add(add(dot2(a11, t, a12, m), mul(b1, u)), s.d1)
    m = add(add(dot2(a21, t, a22, m), mul(b2, u)), s.d2)
    t = next
    s.ti = t
    const sl = add(s.sl, only(active, mul(stride, s.dsl)))
    const sh = add(s.sh, only(active, mul(stride, s.dsh)))
    s.sl = sl
    s.sh = sh
    s.z1 = grown(s.z1, s.v1, stride, active)
    s.z2 = grown(s.z2, s.v2, stride, active)
    s.z3 = grown(s.z3, s.v3, stride, active)
    s.z4 = grown(s.z4, s.v4, stride, active)
    s.z5 = grown(s.z5, s.v5, stride, active)
    s.z6 = grown(s.z6, s.v6, stride, active)
    if (rated) {
      s.z7 = grown(s.z7, s.v7, stride, active)
      s.z8 = grown(s.z8, s.v8, stride, active)
    }
    sum = add(sum, measure(s, t))
    if (rated) sum = add(sum, measureChange(s, sub(u, stepAt(pair, k - 1).u)))
  }
  pair.tmEnd = m
  pair.mu = div(sum, pair.rows)
}

function grown(z: v128, v: v128, stride: v128, active: v128): v128 {
  return add(z, only(active, mul(z, mul(stride, v))))
}

/** Sets i and o of the six inequalities on the heat and the band; returns their sum of z g. */
export function measure(s: Step, ti: v128): v128 {
  const one = splat(1)
  const zero = splat(0)
  const q1 = mul(s.z1, s.u)
  const q2 = mul(s.z2, sub(s.top, s.u))
  const q3 = mul(s.z3, s.sl)
  const q4 = mul(s.z4, add(s.sl, sub(ti, s.lo)))
  const q5 = mul(s.z5, s.sh)
  const q6 = mul(s.z6, add(s.sh, sub(s.hi, ti)))
  const o1 = only(gt(q1, zero), div(one, q1))
  const o2 = only(gt(q2, zero), div(one, q2))
  const o3 = only(gt(q3, zero), div(one, q3))
  const o4 = only(gt(q4, zero), div(one, q4))
  const o5 = only(gt(q5, zero), div(one, q5))
  const o6 = only(gt(q6, zero), div(one, q6))
  s.o1 = o1
  s.o2 = o2
  s.o3 = o3
  s.o4 = o4
  s.o5 = o5
  s.o6 = o6
  s.i1 = mul(s.z1, o1)
  s.i2 = mul(s.z2, o2)
  s.i3 = mul(s.z3, o3)
  s.i4 = mul(s.z4, o4)
  s.i5 = mul(s.z5, o5)
  s.i6 = mul(s.z6, o6)
  return add(add(add(q1, q2), add(q3, q4)), add(q5, q6))
}

/** The same for the two on the change of heat. */
export function measureChange(s: Step, change: v128): v128 {
  const q7 = mul(s.z7, sub(s.rise, change))
  const q8 = mul(s.z8, add(s.fall, change))
  const o7 = div(splat(1), q7)
  const o8 = div(splat(1), q8)
  s.o7 = o7
  s.o8 = o8
  s.i7 = mul(s.z7, o7)
  s.i8 = mul(s.z8, o8)
  return add(q7, q8)
}
