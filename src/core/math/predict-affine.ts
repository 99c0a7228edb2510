import { type BuildingQp, NO_LAG } from './building-qp.ts'
import type { Workspace } from './workspace.ts'

const CENTRING = 0.3

/** What the corrector aims at: the complementarity wanted, and how much of the second-order terms to believe. */
export interface Aim {
  readonly target: number
  readonly trust: number
}

export function predictAffine(qp: BuildingQp, ws: Workspace, mu: number): Aim {
  const steepest = affineSteepness(qp, ws)
  const away = 1 - 1 / Math.max(1, steepest)
  // Plan and multipliers go as far as each can, so less centring does than where they go together.
  return { ...aimAt(steepest, mu), target: CENTRING * away * away * (1 + away) * mu }
}

/** Where the affine step is short the second-order terms, which are those of a whole one, would mislead. */
export function aimAt(steepest: number, mu: number): Aim {
  const step = 1 / Math.max(1, steepest)
  const away = 1 - step
  return { target: away * away * away * mu, trust: Math.min(1, 2 * step) }
}

/**
 * Runs the affine direction and leaves r = dg/g in c. Returns one over the longest step to the edge, of inequalities
 * and multipliers alike.
 */
export function affineSteepness(qp: BuildingQp, ws: Workspace): number {
  const { n } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { i1, i2, i3, i4, i5, i6, i7, i8, c1, c2, c3, c4, c5, c6, c7, c8 } = ws
  const { h4, h6, pl, ph, rl, rh, k1, k2, k3, k4, kf } = ws
  let x = 0
  let y = 0
  let v = 0
  let q = 0
  let least = 0
  let most = 0
  for (let k = 0; k < n; k++) {
    const d = k1[k] * x + k2[k] * y + k3[k] * v + k4[k] * q + kf[k]
    const next = a11 * x + a12 * y + a14 * q + b1 * d
    y = a21 * x + a22 * y + a24 * q + b2 * d
    x = next
    q = a44 * q + b4 * d
    const dsl = (rl[k] - h4[k] * x) * pl[k]
    const dsh = (rh[k] + h6[k] * x) * ph[k]

    const r1 = d * i1[k]
    const r2 = -d * i2[k]
    const r3 = dsl * i3[k]
    const r4 = (dsl + x) * i4[k]
    const r5 = dsh * i5[k]
    const r6 = (dsh - x) * i6[k]
    if (r1 < least) least = r1
    if (r2 < least) least = r2
    if (r3 < least) least = r3
    if (r4 < least) least = r4
    if (r5 < least) least = r5
    if (r6 < least) least = r6
    if (r1 > most) most = r1
    if (r2 > most) most = r2
    if (r3 > most) most = r3
    if (r4 > most) most = r4
    if (r5 > most) most = r5
    if (r6 > most) most = r6
    c1[k] = r1
    c2[k] = r2
    c3[k] = r3
    c4[k] = r4
    c5[k] = r5
    c6[k] = r6
    if (rated) {
      const r7 = (v - d) * i7[k]
      const r8 = (d - v) * i8[k]
      if (r7 < least) least = r7
      if (r8 < least) least = r8
      if (r7 > most) most = r7
      if (r8 > most) most = r8
      c7[k] = r7
      c8[k] = r8
    }
    if (qp.peak) {
      const r9 = (ws.peak.d - d) * ws.i9[k]
      least = Math.min(least, r9)
      most = Math.max(most, r9)
      ws.c9[k] = r9
    }
    v = d
  }
  if (qp.peak) {
    const r = ws.peak.d * ws.peak.i
    least = Math.min(least, r)
    most = Math.max(most, r)
    ws.peak.c = r
  }
  // dz = −z (1 + r): the multipliers allow a step of 1 / (1 + most).
  return Math.max(-least, 1 + most)
}
