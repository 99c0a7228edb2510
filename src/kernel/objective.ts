import { add, dot2, max, mul, splat, sub } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'
import { peakOf } from './peak.ts'
import { terminalCost } from './terminal.ts'

/** What the plans cost at their own prices, n pairs of doubles at `own`; see `building-objective.ts` of the core. */
export function measureObjective(pair: Pair, own: usize): void {
  const n = pair.n
  const zero = splat(0)
  const half = splat(0.5)
  let sum = zero
  let q = pair.q0
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    if (LAGGED) q = dot2(pair.a44, q, pair.b4, s.u)
    const change = sub(s.u, stepAt(pair, k - 1).u)
    const below = max(zero, sub(s.lo, s.ti))
    const above = max(zero, sub(s.ti, s.hi))
    sum = add(sum, dot2(v128.load(own + <usize>(16 * k)), s.u, mul(half, pair.wr), mul(change, change)))
    sum = add(sum, mul(below, add(s.w1Lo, mul(half, mul(pair.w2Lo, below)))))
    sum = add(sum, mul(above, add(s.w1Hi, mul(half, mul(pair.w2Hi, above)))))
  }
  if (LAGGED) sum = add(sum, mul(pair.p4, q))
  if (FEE && pair.paid) sum = add(sum, mul(pair.fee, peakOf(pair)))
  pair.objective = add(sum, terminalCost(pair, stepAt(pair, n - 1).ti, pair.tmEnd))
}
