import { type BuildingQp, NO_LAG } from './building-qp.ts'
import type { Workspace } from './workspace.ts'

/** The largest −dg/g and the largest −dz/z: one over the steps to the edge. */
export interface Steepness {
  readonly ofPlan: number
  readonly ofMultipliers: number
}

/** Runs the corrected direction and turns c into dz. */
export function findDirection(qp: BuildingQp, ws: Workspace): Steepness {
  const { n } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { z1, z2, z3, z4, z5, z6, z7, z8 } = ws
  const { i1, i2, i3, i4, i5, i6, i7, i8, c1, c2, c3, c4, c5, c6, c7, c8 } = ws
  const { h4, h6, pl, ph, rl, rh, k1, k2, k3, k4, kf, du, dsl, dsh } = ws
  let x = 0
  let y = 0
  let v = 0
  let q = 0
  const { z9, i9, c9, peak } = ws
  let most = 1e-30
  let mostZ = 1e-30
  for (let k = 0; k < n; k++) {
    const d = k1[k] * x + k2[k] * y + k3[k] * v + k4[k] * q + kf[k]
    const next = a11 * x + a12 * y + a14 * q + b1 * d
    y = a21 * x + a22 * y + a24 * q + b2 * d
    x = next
    q = a44 * q + b4 * d
    const el = (rl[k] - h4[k] * x) * pl[k]
    const eh = (rh[k] + h6[k] * x) * ph[k]
    du[k] = d
    dsl[k] = el
    dsh[k] = eh

    const r1 = d * i1[k]
    const r2 = -d * i2[k]
    const r3 = el * i3[k]
    const r4 = (el + x) * i4[k]
    const r5 = eh * i5[k]
    const r6 = (eh - x) * i6[k]
    const e1 = c1[k] - z1[k] * (1 + r1)
    const e2 = c2[k] - z2[k] * (1 + r2)
    const e3 = c3[k] - z3[k] * (1 + r3)
    const e4 = c4[k] - z4[k] * (1 + r4)
    const e5 = c5[k] - z5[k] * (1 + r5)
    const e6 = c6[k] - z6[k] * (1 + r6)
    if (-r1 > most) most = -r1
    if (-r2 > most) most = -r2
    if (-r3 > most) most = -r3
    if (-r4 > most) most = -r4
    if (-r5 > most) most = -r5
    if (-r6 > most) most = -r6
    // Divisions are the cost of this method, so one is done only where the maximum moves.
    if (-e1 > mostZ * z1[k]) mostZ = -e1 / z1[k]
    if (-e2 > mostZ * z2[k]) mostZ = -e2 / z2[k]
    if (-e3 > mostZ * z3[k]) mostZ = -e3 / z3[k]
    if (-e4 > mostZ * z4[k]) mostZ = -e4 / z4[k]
    if (-e5 > mostZ * z5[k]) mostZ = -e5 / z5[k]
    if (-e6 > mostZ * z6[k]) mostZ = -e6 / z6[k]
    c1[k] = e1
    c2[k] = e2
    c3[k] = e3
    c4[k] = e4
    c5[k] = e5
    c6[k] = e6
    if (rated) {
      const r7 = (v - d) * i7[k]
      const r8 = (d - v) * i8[k]
      c7[k] -= z7[k] * (1 + r7)
      c8[k] -= z8[k] * (1 + r8)
      if (-r7 > most) most = -r7
      if (-r8 > most) most = -r8
      if (-c7[k] > mostZ * z7[k]) mostZ = -c7[k] / z7[k]
      if (-c8[k] > mostZ * z8[k]) mostZ = -c8[k] / z8[k]
    }
    if (qp.peak) {
      const r9 = (ws.peak.d - d) * i9[k]
      c9[k] -= z9[k] * (1 + r9)
      if (-r9 > most) most = -r9
      if (-c9[k] > mostZ * z9[k]) mostZ = -c9[k] / z9[k]
    }
    v = d
  }
  if (qp.peak) {
    const r = peak.d * peak.i
    peak.c -= peak.z * (1 + r)
    most = Math.max(most, -r)
    mostZ = Math.max(mostZ, -peak.c / peak.z)
  }
  return { ofPlan: most, ofMultipliers: mostZ }
}
