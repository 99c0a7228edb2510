import { add, dot2, sub } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'

/** Slopes of the terminal cost at the last state. */
export function terminalSlope1(pair: Pair): v128 {
  const e1 = sub(stepAt(pair, pair.n - 1).ti, pair.r1)
  const e2 = sub(pair.tmEnd, pair.r2)
  return add(pair.p1, dot2(pair.P11, e1, pair.P12, e2))
}

export function terminalSlope2(pair: Pair): v128 {
  const e1 = sub(stepAt(pair, pair.n - 1).ti, pair.r1)
  const e2 = sub(pair.tmEnd, pair.r2)
  return add(pair.p2, dot2(pair.P12, e1, pair.P22, e2))
}
