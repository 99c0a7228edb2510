import { type BuildingQp, NO_LAG } from '../building-qp.ts'
import { tiltPeak } from '../peak-term.ts'
import type { Workspace } from '../workspace.ts'

/** Adds to the factored building's feed-forward, and its peak's direction, what a change of its price does to them. */
export function tiltNewton(qp: BuildingQp, ws: Workspace, change: Float64Array): void {
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const { k1, k2, k3, k4, kf, iq } = ws
  let p1 = 0
  let p2 = 0
  let p3 = 0
  let p4 = 0
  for (let k = qp.n - 1; k >= 0; k--) {
    const qu = b1 * p1 + b2 * p2 + p3 + b4 * p4 + change[k]
    kf[k] -= qu * iq[k]
    p4 = a14 * p1 + a24 * p2 + a44 * p4 + k4[k] * qu
    const next = a11 * p1 + a21 * p2 + k1[k] * qu
    p2 = a12 * p1 + a22 * p2 + k2[k] * qu
    p1 = next
    p3 = k3[k] * qu
  }
  tiltPeak(qp, ws, change)
}

/** The change of heat that the factored building's feed-forward and feedback make. */
export function rollDirection(qp: BuildingQp, ws: Workspace, du: Float64Array): void {
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const { k1, k2, k3, k4, kf } = ws
  let x = 0
  let y = 0
  let v = 0
  let q = 0
  for (let k = 0; k < qp.n; k++) {
    v = k1[k] * x + k2[k] * y + k3[k] * v + k4[k] * q + kf[k]
    du[k] = v
    const next = a11 * x + a12 * y + a14 * q + b1 * v
    y = a21 * x + a22 * y + a24 * q + b2 * v
    x = next
    q = a44 * q + b4 * v
  }
}
