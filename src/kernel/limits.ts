import { add, gt, max, min, mul, only, pick, splat, sub } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'

// See `rate-limits.ts` of the core, of which this is the pair's version.
const ROOM = 0.02
const SHUT = 1e-6
const SMALLEST_RATE = 1e-3

/**
 * Turns `top`, which holds uMax, into a limit that is open or shut, and fills `rise` and `fall`. The lowest path and
 * the highest that meet all limits stay in v1 and v2 until a start is drawn between them.
 */
export function findLimits(pair: Pair): void {
  const peak = findTop(pair)
  if (!pair.rated) return
  const least = pick(gt(peak, splat(0)), mul(splat(SMALLEST_RATE), peak), splat(1))
  const rate = max(pair.rate, least)
  findLowest(pair, rate)
  findHighest(pair, rate)
}

function findTop(pair: Pair): v128 {
  const n = pair.n
  let peak = splat(0)
  for (let k = 0; k < n; k++) peak = max(peak, stepAt(pair, k).top)
  const shut = mul(splat(SHUT), peak)
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const top = only(gt(s.top, shut), s.top)
    s.top = top
    s.v1 = splat(0)
    s.v2 = top
  }
  return peak
}

function findLowest(pair: Pair, rate: v128): void {
  const n = pair.n
  const most = mul(splat(1 - ROOM), rate)
  const room = mul(splat(ROOM), rate)
  let low = pair.u0
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    const before = low
    low = min(max(splat(0), sub(before, most)), mul(splat(1 - ROOM), s.top))
    s.rise = rate
    s.fall = max(rate, add(sub(before, low), room))
    s.v1 = low
  }
}

function findHighest(pair: Pair, rate: v128): void {
  const n = pair.n
  const most = mul(splat(1 - ROOM), rate)
  const room = mul(splat(ROOM), rate)
  let high = pair.u0
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    high = min(mul(splat(1 - ROOM), s.top), add(high, most))
    s.v2 = high
  }
  for (let k = n - 2; k >= 0; k--) {
    const s = stepAt(pair, k)
    const after = stepAt(pair, k + 1)
    s.v2 = min(s.v2, sub(add(after.v2, after.fall), room))
  }
}
