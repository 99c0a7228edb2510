import { add, dot2, sub } from './lanes.ts'
import { Pair } from './layout.ts'

/** Slopes of the terminal cost where Ti and Tm end. */
export function terminalSlope1(pair: Pair, ti: v128, tm: v128): v128 {
  return add(pair.p1, dot2(pair.P11, sub(ti, pair.r1), pair.P12, sub(tm, pair.r2)))
}

export function terminalSlope2(pair: Pair, ti: v128, tm: v128): v128 {
  return add(pair.p2, dot2(pair.P12, sub(ti, pair.r1), pair.P22, sub(tm, pair.r2)))
}
