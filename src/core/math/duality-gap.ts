import { type BuildingQp, NO_LAG } from './building-qp.ts'
import { peakGap } from './peak-term.ts'
import { terminalSlope } from './terminal-slope.ts'
import type { Candidate, Workspace } from './workspace.ts'

/**
 * How far a plan, by default that in the workspace, can be from the best one, EUR: its objective minus a bound that holds for every
 * plan, whatever the multipliers. With y = z4, z6 in the domain of the penalty's conjugate φ*, and the quadratic terms
 * replaced by their tangents at the plan, the Lagrangian is linear in u with slopes q and is least at a corner of the
 * box. What remains is a sum of terms that are each ≥ 0, so nothing cancels:
 *
 *   Σ φ(v) + φ*(y) − y v   +   Σ z7 (rise − Δ) + z8 (fall + Δ)   +   Σ max(q u, −q (uMax − u))
 */
export function dualityGap(qp: BuildingQp, ws: Workspace, plan: Candidate = ws): number {
  const { n, wr, price, lo, hi, w1Lo, w1Hi, w2Lo, w2Hi } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4, endEurPerKw } = qp.emitter ?? NO_LAG
  const { u, ti, tm, z4, z6, z7, z8 } = plan
  const { rise, fall, top } = ws
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  let [p1, p2] = terminalSlope(qp, ti[n - 1], tm[n - 1])
  let p4 = endEurPerKw
  let rampAfter = 0
  let gap = peakGap(qp, ws, plan)
  for (let k = n - 1; k >= 0; k--) {
    const yl = conjugateDomain(z4[k], w1Lo[k], w2Lo)
    const yh = conjugateDomain(z6[k], w1Hi[k], w2Hi)
    gap += fenchelGap(lo[k] - ti[k], yl, w1Lo[k], w2Lo) + fenchelGap(ti[k] - hi[k], yh, w1Hi[k], w2Hi)
    p1 += yh - yl
    const change = u[k] - (k > 0 ? u[k - 1] : qp.u0)
    let ramp = wr * change
    if (rated) {
      gap += z7[k] * (rise[k] - change) + z8[k] * (fall[k] + change)
      ramp += z7[k] - z8[k]
    }
    const fee = qp.peak ? ws.y9[k] : 0
    const q = price[k] + fee + b1 * p1 + b2 * p2 + b4 * p4 + ramp - rampAfter
    gap += Math.max(q * u[k], q * (u[k] - top[k]))
    rampAfter = ramp
    p4 = a14 * p1 + a24 * p2 + a44 * p4
    const next = a11 * p1 + a21 * p2
    p2 = a12 * p1 + a22 * p2
    p1 = next
  }
  return gap
}

function conjugateDomain(y: number, w1: number, w2: number): number {
  return w2 > 0 ? y : Math.min(y, w1)
}

/** φ(v) + φ*(y) − y v ≥ 0 for φ(v) = w1 v⁺ + ½ w2 (v⁺)². */
function fenchelGap(v: number, y: number, w1: number, w2: number): number {
  const over = y - w1
  const conjugate = over > 0 ? (over * over) / (2 * w2) : 0
  const penalty = v > 0 ? v * (w1 + 0.5 * w2 * v) : 0
  return Math.max(0, penalty + conjugate - y * v)
}
