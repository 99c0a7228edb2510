import { add, dot2, max, mul, splat, sub } from './lanes.ts'
import { before, Pair, putUpAt, stepAt } from './layout.ts'
import { terminalSlope1, terminalSlope2 } from './terminal.ts'

/**
 * Adds to the gap of the plan put up what its heat and the box are short of, with the slopes that all else leaves:
 * the whole is certified then, see `duality-gap.ts` of the core.
 */
export function measureGap(pair: Pair): void {
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  let p1 = terminalSlope1(pair, pair.tiUp, pair.tmUp)
  let p2 = terminalSlope2(pair, pair.tiUp, pair.tmUp)
  let p4 = pair.p4
  let rampAfter = splat(0)
  let gap = pair.gap
  const end = stepAt(pair, -1)
  for (let s = stepAt(pair, pair.n - 1); s !== end; s = before(s)) {
    const up = putUpAt(s)
    p1 = add(p1, up.pull)
    let q = add(add(s.price, dot2(b1, p1, b2, p2)), sub(up.ramp, rampAfter))
    if (FEE && pair.paid) q = add(q, up.y9)
    if (LAGGED) {
      q = add(q, mul(pair.b4, p4))
      p4 = add(dot2(pair.a14, p1, pair.a24, p2), mul(pair.a44, p4))
    }
    gap = add(gap, max(mul(q, up.u), mul(q, sub(up.u, s.top))))
    rampAfter = up.ramp
    const next = dot2(a11, p1, a21, p2)
    p2 = dot2(a12, p1, a22, p2)
    p1 = next
  }
  pair.gap = gap
}
