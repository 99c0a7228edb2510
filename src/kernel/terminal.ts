import { add, dot2, mul, splat, sub } from './lanes.ts'
import { Pair } from './layout.ts'

/** Slopes of the terminal cost where Ti and Tm end. */
export function terminalSlope1(pair: Pair, ti: v128, tm: v128): v128 {
  return add(pair.p1, dot2(pair.P11, sub(ti, pair.r1), pair.P12, sub(tm, pair.r2)))
}

export function terminalSlope2(pair: Pair, ti: v128, tm: v128): v128 {
  return add(pair.p2, dot2(pair.P12, sub(ti, pair.r1), pair.P22, sub(tm, pair.r2)))
}

/** The cost itself. */
export function terminalCost(pair: Pair, ti: v128, tm: v128): v128 {
  const e1 = sub(ti, pair.r1)
  const e2 = sub(tm, pair.r2)
  const bend = add(mul(e1, dot2(pair.P11, e1, pair.P12, e2)), mul(e2, dot2(pair.P12, e1, pair.P22, e2)))
  return add(dot2(pair.p1, ti, pair.p2, tm), mul(splat(0.5), bend))
}
