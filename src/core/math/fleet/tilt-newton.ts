import type { BuildingQp } from '../building-qp.ts'
import type { Workspace } from '../workspace.ts'

/** Adds to the factored building's feed-forward what a change of its price does to it. */
export function tiltNewton(qp: BuildingQp, ws: Workspace, change: Float64Array): void {
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { k1, k2, k3, kf, iq } = ws
  let p1 = 0
  let p2 = 0
  let p3 = 0
  for (let k = qp.n - 1; k >= 0; k--) {
    const qu = b1 * p1 + b2 * p2 + p3 + change[k]
    kf[k] -= qu * iq[k]
    const next = a11 * p1 + a21 * p2 + k1[k] * qu
    p2 = a12 * p1 + a22 * p2 + k2[k] * qu
    p1 = next
    p3 = k3[k] * qu
  }
}

/** The change of heat that the factored building's feed-forward and feedback make. */
export function rollDirection(qp: BuildingQp, ws: Workspace, du: Float64Array): void {
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { k1, k2, k3, kf } = ws
  let x = 0
  let y = 0
  let v = 0
  for (let k = 0; k < qp.n; k++) {
    v = k1[k] * x + k2[k] * y + k3[k] * v + kf[k]
    du[k] = v
    const next = a11 * x + a12 * y + b1 * v
    y = a21 * x + a22 * y + b2 * v
    x = next
  }
}
