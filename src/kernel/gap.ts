import { abs, add, dot2, dot3, gt, max, min, mul, pick, splat, sub } from './lanes.ts'
import { before, Pair, stepAt } from './layout.ts'
import { peakGap } from './peak.ts'
import { terminalSlope1, terminalSlope2 } from './terminal.ts'

/** Sets the certified gap of the plan (see `duality-gap.ts` of the core) and the bill it is measured against, EUR. */
export function measureGap(pair: Pair): void {
  const zero = splat(0)
  const wr = pair.wr
  const w2Lo = pair.w2Lo
  const w2Hi = pair.w2Hi
  const bendsLo = gt(w2Lo, zero)
  const bendsHi = gt(w2Hi, zero)
  let p1 = terminalSlope1(pair)
  let p2 = terminalSlope2(pair)
  let p4 = pair.p4
  let rampAfter = zero
  let gap = zero
  if (FEE && pair.paid) gap = peakGap(pair)
  let bill = zero
  const end = stepAt(pair, -1)
  for (let s = stepAt(pair, pair.n - 1); s !== end; s = before(s)) {
    const u = s.u
    const yl = pick(bendsLo, s.z4, min(s.z4, s.w1Lo))
    const yh = pick(bendsHi, s.z6, min(s.z6, s.w1Hi))
    const low = fenchelGap(sub(s.lo, s.ti), yl, s.w1Lo, w2Lo, pair.conjugateLo)
    const high = fenchelGap(sub(s.ti, s.hi), yh, s.w1Hi, w2Hi, pair.conjugateHi)
    gap = add(gap, add(low, high))
    p1 = add(p1, sub(yh, yl))
    const change = sub(u, before(s).u)
    let ramp = mul(wr, change)
    if (pair.rated) {
      gap = add(gap, dot2(s.z7, sub(s.rise, change), s.z8, add(s.fall, change)))
      ramp = add(ramp, sub(s.z7, s.z8))
    }
    let q = add(add(s.price, dot2(pair.b1, p1, pair.b2, p2)), sub(ramp, rampAfter))
    if (FEE && pair.paid) q = add(q, s.y9)
    if (LAGGED) {
      q = add(q, mul(pair.b4, p4))
      p4 = dot3(pair.a14, p1, pair.a24, p2, pair.a44, p4)
    }
    gap = add(gap, max(mul(q, u), mul(q, sub(u, s.top))))
    bill = add(bill, mul(abs(s.price), u))
    rampAfter = ramp
    const next = dot2(pair.a11, p1, pair.a21, p2)
    p2 = dot2(pair.a12, p1, pair.a22, p2)
    p1 = next
  }
  pair.gap = gap
  pair.bill = max(bill, pair.leastBill)
}

/** φ(v) + φ*(y) − y v ≥ 0 for φ(v) = w1 v⁺ + ½ w2 (v⁺)². */
function fenchelGap(v: v128, y: v128, w1: v128, w2: v128, conjugate: v128): v128 {
  const zero = splat(0)
  const over = max(zero, sub(y, w1))
  const broken = max(zero, v)
  const penalty = mul(broken, add(w1, mul(splat(0.5), mul(w2, broken))))
  return max(zero, add(penalty, sub(mul(mul(over, over), conjugate), mul(y, v))))
}
