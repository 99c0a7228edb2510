import { type BuildingQp, NO_LAG } from './building-qp.ts'
import type { Workspace } from './workspace.ts'

/** Takes a step of the plan and one of the multipliers, rolls the states out again so that no error builds up, and returns Σ z g. */
export function advance(qp: BuildingQp, ws: Workspace, step: number, stepZ = step): number {
  const { n, lo, hi, d1, d2 } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4, q0 } = qp.emitter ?? NO_LAG
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { u, ti, tm, sl, sh, z1, z2, z3, z4, z5, z6, z7, z8, top, rise, fall } = ws
  const { c1, c2, c3, c4, c5, c6, c7, c8, du, dsl, dsh } = ws
  let [t, m] = qp.x0
  let q = q0
  let before = qp.u0
  const { z9, c9, peak } = ws
  let sum = 0
  if (qp.peak) {
    peak.kw += step * peak.d
    peak.z += stepZ * peak.c
    sum += peak.z * (peak.kw - qp.peak.soFarKw)
  }
  for (let k = 0; k < n; k++) {
    u[k] += step * du[k]
    const heat = u[k]
    const next = a11 * t + a12 * m + a14 * q + b1 * heat + d1[k]
    m = a21 * t + a22 * m + a24 * q + b2 * heat + d2[k]
    t = next
    q = a44 * q + b4 * heat
    ti[k] = t
    tm[k] = m
    sl[k] += step * dsl[k]
    sh[k] += step * dsh[k]
    z1[k] += stepZ * c1[k]
    z2[k] += stepZ * c2[k]
    z3[k] += stepZ * c3[k]
    z4[k] += stepZ * c4[k]
    z5[k] += stepZ * c5[k]
    z6[k] += stepZ * c6[k]
    sum += z1[k] * heat + z2[k] * (top[k] - heat) + z3[k] * sl[k] + z4[k] * (sl[k] + t - lo[k])
    sum += z5[k] * sh[k] + z6[k] * (sh[k] - t + hi[k])
    if (rated) {
      z7[k] += stepZ * c7[k]
      z8[k] += stepZ * c8[k]
      sum += z7[k] * (rise[k] - heat + before) + z8[k] * (fall[k] + heat - before)
    }
    if (qp.peak) {
      z9[k] += stepZ * c9[k]
      sum += z9[k] * (peak.kw - heat - qp.peak.fixedKw[k])
    }
    before = heat
  }
  return sum
}
