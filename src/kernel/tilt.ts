import { add, dot2, dot3, mul, splat, sub } from './lanes.ts'
import { Pair, stepAt } from './layout.ts'
import { tiltPeak } from './peak.ts'

/** Adds to the feed-forward, and to the peak's direction, what a change of price does to them: n doubles, the same for both lanes. */
export function tilt(pair: Pair, change: usize): void {
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  let p1 = splat(0)
  let p2 = splat(0)
  let p3 = splat(0)
  let p4 = splat(0)
  for (let k = pair.n - 1; k >= 0; k--) {
    const s = stepAt(pair, k)
    let qu = add(add(dot2(b1, p1, b2, p2), p3), v128.load64_splat(change + <usize>(8 * k)))
    if (LAGGED) {
      qu = add(qu, mul(pair.b4, p4))
      p4 = add(dot3(pair.a14, p1, pair.a24, p2, pair.a44, p4), mul(s.k4, qu))
    }
    s.kf = sub(s.kf, mul(qu, s.iq))
    const next = dot3(a11, p1, a21, p2, s.k1, qu)
    p2 = dot3(a12, p1, a22, p2, s.k2, qu)
    p1 = next
    p3 = mul(s.k3, qu)
  }
  if (FEE && pair.paid) tiltPeak(pair, change)
}

/** sum += the change of heat that feed-forward and feedback make, in both lanes as often as they count. */
export function addDirection(pair: Pair, sum: usize): void {
  const n = pair.n
  const a11 = pair.a11
  const a12 = pair.a12
  const a21 = pair.a21
  const a22 = pair.a22
  const b1 = pair.b1
  const b2 = pair.b2
  const count = pair.count
  let x = splat(0)
  let y = splat(0)
  let d = splat(0)
  let q = splat(0)
  for (let k = 0; k < n; k++) {
    const s = stepAt(pair, k)
    d = add(dot3(s.k1, x, s.k2, y, s.k3, d), s.kf)
    if (LAGGED) d = add(d, mul(s.k4, q))
    let next = dot3(a11, x, a12, y, b1, d)
    y = dot3(a21, x, a22, y, b2, d)
    if (LAGGED) {
      next = add(next, mul(pair.a14, q))
      y = add(y, mul(pair.a24, q))
      q = dot2(pair.a44, q, pair.b4, d)
    }
    x = next
    addLanes(sum + <usize>(8 * k), mul(d, count))
  }
}

/** sum += heat. */
export function addHeat(pair: Pair, sum: usize): void {
  const n = pair.n
  const count = pair.count
  for (let k = 0; k < n; k++) addLanes(sum + <usize>(8 * k), mul(stepAt(pair, k).u, count))
}

export function addLanes(at: usize, value: v128): void {
  store<f64>(at, load<f64>(at) + f64x2.extract_lane(value, 0) + f64x2.extract_lane(value, 1))
}
