import { type BuildingQp, NO_LAG } from './building-qp.ts'
import { borderNewton } from './peak-term.ts'
import { terminalSlope } from './terminal-slope.ts'
import type { Workspace } from './workspace.ts'

/*
 * Newton's system of the building's interior point, by a Riccati sweep over the state (Ti, Tm, previous u, emitters).
 *
 * Inequalities of a step, each g ≥ 0 with a multiplier z ≥ 0, where Δ is the change of u:
 *   1  u        3  sl                5  sh                7  rise − Δ
 *   2  top − u  4  sl + Ti − lo      6  sh − Ti + hi      8  fall + Δ
 * Newton with a centring term c:  dz = c − z − z dg/g.  So z/g is curvature and c takes the place of z in slopes.
 * The slacks have pivots of their own, w2 + z3/g3 + z4/g4, and leave before the sweep begins.
 * A multiplier of zero marks an inequality that is absent: its reciprocal, hence all it adds, is zero.
 */

/** Factors the system and takes its affine right-hand side (c = 0) through the sweep. */
export function factorNewton(qp: BuildingQp, ws: Workspace): void {
  const { n, u0, wr, price, lo, hi, w1Lo, w1Hi, w2Lo, w2Hi } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4, endEurPerKw } = qp.emitter ?? NO_LAG
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { u, ti, tm, sl, sh, z1, z2, z3, z4, z5, z6, z7, z8, top, rise, fall } = ws
  const { i1, i2, i3, i4, i5, i6, i7, i8, h4, h6, pl, ph, rl, rh, k1, k2, k3, k4, kf, iq, slope } = ws
  let [p1, p2] = terminalSlope(qp, ti[n - 1], tm[n - 1])
  let [P11, P12, P22] = qp.terminal.P
  let p3 = 0
  let p4 = endEurPerKw
  const { peak } = qp
  const { z9, i9 } = ws
  let P13 = 0
  let P23 = 0
  let P33 = 0
  let P14 = 0
  let P24 = 0
  let P34 = 0
  let P44 = 0
  for (let k = n - 1; k >= 0; k--) {
    const change = u[k] - (k > 0 ? u[k - 1] : u0)
    const j1 = z1[k] > 0 ? 1 / u[k] : 0
    const j2 = z2[k] > 0 ? 1 / (top[k] - u[k]) : 0
    const j3 = z3[k] > 0 ? 1 / sl[k] : 0
    const j4 = z4[k] > 0 ? 1 / (sl[k] + ti[k] - lo[k]) : 0
    const j5 = z5[k] > 0 ? 1 / sh[k] : 0
    const j6 = z6[k] > 0 ? 1 / (sh[k] - ti[k] + hi[k]) : 0
    if (peak) i9[k] = 1 / (ws.peak.kw - u[k] - peak.fixedKw[k])
    let weight = wr
    if (rated) {
      i7[k] = 1 / (rise[k] - change)
      i8[k] = 1 / (fall[k] + change)
      weight += z7[k] * i7[k] + z8[k] * i8[k]
    }

    // Slacks out: what is left of them bends and tilts the cost of Ti.
    const s3 = z3[k] * j3
    const s4 = z4[k] * j4
    const s5 = z5[k] * j5
    const s6 = z6[k] * j6
    const pivotLo = j3 > 0 ? 1 / (w2Lo + s3 + s4) : 0
    const pivotHi = j5 > 0 ? 1 / (w2Hi + s5 + s6) : 0
    const restLo = -(w1Lo[k] + w2Lo * sl[k])
    const restHi = -(w1Hi[k] + w2Hi * sh[k])
    P11 += s4 * (w2Lo + s3) * pivotLo + s6 * (w2Hi + s5) * pivotHi
    p1 += s4 * restLo * pivotLo - s6 * restHi * pivotHi

    // Riccati: minimise over du what step k costs and its successor inherits.
    const f1 = P11 * b1 + P12 * b2 + P13 + P14 * b4
    const f2 = P12 * b1 + P22 * b2 + P23 + P24 * b4
    const f3 = P13 * b1 + P23 * b2 + P33 + P34 * b4
    const f4 = P14 * b1 + P24 * b2 + P34 + P44 * b4
    const bend = peak ? z9[k] * i9[k] : 0
    const pivot = b1 * f1 + b2 * f2 + f3 + b4 * f4 + bend + z1[k] * j1 + z2[k] * j2 + weight
    const inverse = j1 > 0 ? 1 / pivot : 0
    const q1 = a11 * f1 + a21 * f2
    const q2 = a12 * f1 + a22 * f2
    const q4 = a14 * f1 + a24 * f2 + a44 * f4
    const ramp = wr * change
    const qu = b1 * p1 + b2 * p2 + p3 + b4 * p4 + price[k] + ramp
    const g1 = -q1 * inverse
    const g2 = -q2 * inverse
    const g3 = weight * inverse
    const g4 = -q4 * inverse

    const m11 = P11 * a11 + P12 * a21
    const m12 = P11 * a12 + P12 * a22
    const m21 = P12 * a11 + P22 * a21
    const m22 = P12 * a12 + P22 * a22
    const m14 = P11 * a14 + P12 * a24 + P14 * a44
    const m24 = P12 * a14 + P22 * a24 + P24 * a44
    const m44 = P14 * a14 + P24 * a24 + P44 * a44
    P11 = a11 * m11 + a21 * m21 + q1 * g1
    P12 = a11 * m12 + a21 * m22 + q1 * g2
    P22 = a12 * m12 + a22 * m22 + q2 * g2
    P13 = q1 * g3
    P23 = q2 * g3
    P33 = weight - weight * g3
    P14 = a11 * m14 + a21 * m24 + q1 * g4
    P24 = a12 * m14 + a22 * m24 + q2 * g4
    P34 = q4 * g3
    P44 = a14 * m14 + a24 * m24 + a44 * m44 + q4 * g4
    p4 = a14 * p1 + a24 * p2 + a44 * p4 + g4 * qu
    const next = a11 * p1 + a21 * p2 + g1 * qu
    p2 = a12 * p1 + a22 * p2 + g2 * qu
    p1 = next
    p3 = g3 * qu - ramp

    i1[k] = j1
    i2[k] = j2
    i3[k] = j3
    i4[k] = j4
    i5[k] = j5
    i6[k] = j6
    h4[k] = s4
    h6[k] = s6
    pl[k] = pivotLo
    ph[k] = pivotHi
    rl[k] = restLo
    rh[k] = restHi
    k1[k] = g1
    k2[k] = g2
    k3[k] = g3
    k4[k] = g4
    kf[k] = -qu * inverse
    iq[k] = inverse
    slope[k] = ramp
  }
  borderNewton(qp, ws)
}
