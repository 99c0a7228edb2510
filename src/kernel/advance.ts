import { add, div, grown, max, mul, splat, sub } from './lanes.ts'
import { after, Pair, Step, stepAt } from './layout.ts'
import { advancePeak, measurePeak } from './peak.ts'

const LEAST_PRODUCT: f64 = 1e-300

/** Takes the strides and measures every inequality anew: i, o, and mu. */
export function advance(pair: Pair): void {
  const rated = pair.rated
  const stride = pair.stride
  const strideZ = pair.strideZ
  const stay = sub(splat(1), strideZ)
  let past = pair.u0
  let sum = splat(0)
  if (FEE && pair.paid) sum = add(sum, advancePeak(pair))
  const end = stepAt(pair, pair.n)
  for (let s = stepAt(pair, 0); s !== end; s = after(s)) {
    const u = add(s.u, mul(stride, s.du))
    const t = add(s.ti, mul(stride, s.dti))
    const sl = add(s.sl, mul(stride, s.dsl))
    const sh = add(s.sh, mul(stride, s.dsh))
    s.u = u
    s.ti = t
    s.sl = sl
    s.sh = sh
    const z1 = grown(s.z1, s.v1, strideZ, stay)
    const z2 = grown(s.z2, s.v2, strideZ, stay)
    const q1 = mul(z1, u)
    const q2 = mul(z2, sub(s.top, u))
    const h = inverse(mul(q1, q2))
    const o1 = mul(q2, h)
    const o2 = mul(q1, h)
    s.z1 = z1
    s.z2 = z2
    s.o1 = o1
    s.o2 = o2
    s.i1 = mul(z1, o1)
    s.i2 = mul(z2, o2)
    const z3 = grown(s.z3, s.v3, strideZ, stay)
    const z4 = grown(s.z4, s.v4, strideZ, stay)
    const q3 = mul(z3, sl)
    const q4 = mul(z4, add(sl, sub(t, s.lo)))
    const l = inverse(mul(q3, q4))
    const o3 = mul(q4, l)
    const o4 = mul(q3, l)
    s.z3 = z3
    s.z4 = z4
    s.o3 = o3
    s.o4 = o4
    s.i3 = mul(z3, o3)
    s.i4 = mul(z4, o4)
    const z5 = grown(s.z5, s.v5, strideZ, stay)
    const z6 = grown(s.z6, s.v6, strideZ, stay)
    const q5 = mul(z5, sh)
    const q6 = mul(z6, add(sh, sub(s.hi, t)))
    const r = inverse(mul(q5, q6))
    const o5 = mul(q6, r)
    const o6 = mul(q5, r)
    s.z5 = z5
    s.z6 = z6
    s.o5 = o5
    s.o6 = o6
    s.i5 = mul(z5, o5)
    s.i6 = mul(z6, o6)
    sum = add(sum, add(add(add(q1, q2), add(q3, q4)), add(q5, q6)))
    if (FEE && pair.paid) {
      s.z9 = grown(s.z9, s.v9, strideZ, stay)
      sum = add(sum, measurePeak(pair, s, u))
    }
    if (rated) {
      s.z7 = grown(s.z7, s.v7, strideZ, stay)
      s.z8 = grown(s.z8, s.v8, strideZ, stay)
      sum = add(sum, measureChange(s, sub(u, past)))
      past = u
    }
  }
  pair.tmEnd = add(pair.tmEnd, mul(stride, pair.dTmEnd))
  pair.mu = div(sum, pair.rows)
}

/** Sets i and o of the two inequalities on the change of heat; returns their sum of z g. */
function measureChange(s: Step, change: v128): v128 {
  const q7 = mul(s.z7, sub(s.rise, change))
  const q8 = mul(s.z8, add(s.fall, change))
  const c = inverse(mul(q7, q8))
  s.o7 = mul(q8, c)
  s.o8 = mul(q7, c)
  s.i7 = mul(s.z7, s.o7)
  s.i8 = mul(s.z8, s.o8)
  return add(q7, q8)
}

/** Of the product of two z g, which are both there or both absent: one division for two, zero times it is zero. */
function inverse(product: v128): v128 {
  return div(splat(1), max(product, splat(LEAST_PRODUCT)))
}
