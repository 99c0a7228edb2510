import type { BuildingQp } from './building-qp.ts'
import type { Workspace } from './workspace.ts'

/*
 * Newton's system of the building's interior point, by a Riccati sweep over the state (Ti, Tm, previous u).
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
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { u, ti, tm, sl, sh, z1, z2, z3, z4, z5, z6, z7, z8, top, rise, fall } = ws
  const { i1, i2, i3, i4, i5, i6, i7, i8, h4, h6, pl, ph, rl, rh, k1, k2, k3, kf, iq, slope } = ws
  let [p1, p2] = terminalSlope(qp, ti[n - 1], tm[n - 1])
  let [P11, P12, P22] = qp.terminal.P
  let p3 = 0
  let P13 = 0
  let P23 = 0
  let P33 = 0
  for (let k = n - 1; k >= 0; k--) {
    const change = u[k] - (k > 0 ? u[k - 1] : u0)
    const j1 = z1[k] > 0 ? 1 / u[k] : 0
    const j2 = z2[k] > 0 ? 1 / (top[k] - u[k]) : 0
    const j3 = z3[k] > 0 ? 1 / sl[k] : 0
    const j4 = z4[k] > 0 ? 1 / (sl[k] + ti[k] - lo[k]) : 0
    const j5 = z5[k] > 0 ? 1 / sh[k] : 0
    const j6 = z6[k] > 0 ? 1 / (sh[k] - ti[k] + hi[k]) : 0
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
    const f1 = P11 * b1 + P12 * b2 + P13
    const f2 = P12 * b1 + P22 * b2 + P23
    const f3 = P13 * b1 + P23 * b2 + P33
    const pivot = b1 * f1 + b2 * f2 + f3 + z1[k] * j1 + z2[k] * j2 + weight
    const inverse = j1 > 0 ? 1 / pivot : 0
    const q1 = a11 * f1 + a21 * f2
    const q2 = a12 * f1 + a22 * f2
    const ramp = wr * change
    const qu = b1 * p1 + b2 * p2 + p3 + price[k] + ramp
    const g1 = -q1 * inverse
    const g2 = -q2 * inverse
    const g3 = weight * inverse

    const m11 = P11 * a11 + P12 * a21
    const m12 = P11 * a12 + P12 * a22
    const m21 = P12 * a11 + P22 * a21
    const m22 = P12 * a12 + P22 * a22
    P11 = a11 * m11 + a21 * m21 + q1 * g1
    P12 = a11 * m12 + a21 * m22 + q1 * g2
    P22 = a12 * m12 + a22 * m22 + q2 * g2
    P13 = q1 * g3
    P23 = q2 * g3
    P33 = weight - weight * g3
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
    kf[k] = -qu * inverse
    iq[k] = inverse
    slope[k] = ramp
  }
}

/**
 * Runs the affine direction and leaves Mehrotra's second-order terms z r (1 + r), r = dg/g, in c.
 * Returns the centring target: mu (mu_affine / mu)³.
 */
export function predict(qp: BuildingQp, ws: Workspace, mu: number, count: number): number {
  const { n, lo, hi } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { u, ti, sl, sh, z1, z2, z3, z4, z5, z6, z7, z8, top, rise, fall } = ws
  const { i1, i2, i3, i4, i5, i6, i7, i8, c1, c2, c3, c4, c5, c6, c7, c8 } = ws
  const { h4, h6, pl, ph, rl, rh, k1, k2, k3, kf } = ws
  let x = 0
  let y = 0
  let v = 0
  let least = 0
  let most = 0
  let product = 0
  for (let k = 0; k < n; k++) {
    const d = k1[k] * x + k2[k] * y + k3[k] * v + kf[k]
    const next = a11 * x + a12 * y + b1 * d
    y = a21 * x + a22 * y + b2 * d
    x = next
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
    const e1 = z1[k] * r1 * (1 + r1)
    const e2 = z2[k] * r2 * (1 + r2)
    const e3 = z3[k] * r3 * (1 + r3)
    const e4 = z4[k] * r4 * (1 + r4)
    const e5 = z5[k] * r5 * (1 + r5)
    const e6 = z6[k] * r6 * (1 + r6)
    product += e1 * u[k] + e2 * (top[k] - u[k]) + e3 * sl[k] + e4 * (sl[k] + ti[k] - lo[k])
    product += e5 * sh[k] + e6 * (sh[k] - ti[k] + hi[k])
    c1[k] = e1
    c2[k] = e2
    c3[k] = e3
    c4[k] = e4
    c5[k] = e5
    c6[k] = e6
    if (rated) {
      const r7 = (v - d) * i7[k]
      const r8 = (d - v) * i8[k]
      if (r7 < least) least = r7
      if (r8 < least) least = r8
      if (r7 > most) most = r7
      if (r8 > most) most = r8
      const change = u[k] - (k > 0 ? u[k - 1] : qp.u0)
      c7[k] = z7[k] * r7 * (1 + r7)
      c8[k] = z8[k] * r8 * (1 + r8)
      product += c7[k] * (rise[k] - change) + c8[k] * (fall[k] + change)
    }
    v = d
  }
  // dz = −z (1 + r): the multipliers allow a step of 1 / (1 + most).
  const step = 1 / Math.max(1, -least, 1 + most)
  const affine = mu * (1 - step) - (step * step * product) / count
  const share = affine / mu
  return share * share * share * mu
}

/** Completes c with the centring target and takes the new right-hand side through the factored sweep. */
export function correct(qp: BuildingQp, ws: Workspace, target: number): void {
  const { n, price } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { i1, i2, i3, i4, i5, i6, i7, i8, c1, c2, c3, c4, c5, c6, c7, c8 } = ws
  const { h4, h6, pl, ph, rl, rh, k1, k2, k3, kf, iq, slope } = ws
  let [p1, p2] = terminalSlope(qp, ws.ti[n - 1], ws.tm[n - 1])
  let p3 = 0
  for (let k = n - 1; k >= 0; k--) {
    const e1 = c1[k] + target * i1[k]
    const e2 = c2[k] + target * i2[k]
    const e3 = c3[k] + target * i3[k]
    const e4 = c4[k] + target * i4[k]
    const e5 = c5[k] + target * i5[k]
    const e6 = c6[k] + target * i6[k]
    c1[k] = e1
    c2[k] = e2
    c3[k] = e3
    c4[k] = e4
    c5[k] = e5
    c6[k] = e6
    let ramp = slope[k]
    if (rated) {
      c7[k] += target * i7[k]
      c8[k] += target * i8[k]
      ramp += c7[k] - c8[k]
    }
    const restLo = rl[k] + e3 + e4
    const restHi = rh[k] + e5 + e6
    rl[k] = restLo
    rh[k] = restHi

    p1 += h4[k] * restLo * pl[k] - e4 - h6[k] * restHi * ph[k] + e6
    const qu = b1 * p1 + b2 * p2 + p3 + price[k] - e1 + e2 + ramp
    kf[k] = -qu * iq[k]
    const next = a11 * p1 + a21 * p2 + k1[k] * qu
    p2 = a12 * p1 + a22 * p2 + k2[k] * qu
    p1 = next
    p3 = k3[k] * qu - ramp
  }
}

/** Runs the corrected direction, turns c into dz, and returns the largest −dg/g or −dz/z: one over the step to the edge. */
export function findDirection(qp: BuildingQp, ws: Workspace): number {
  const { n } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { z1, z2, z3, z4, z5, z6, z7, z8 } = ws
  const { i1, i2, i3, i4, i5, i6, i7, i8, c1, c2, c3, c4, c5, c6, c7, c8 } = ws
  const { h4, h6, pl, ph, rl, rh, k1, k2, k3, kf, du, dsl, dsh } = ws
  let x = 0
  let y = 0
  let v = 0
  let most = 1e-30
  for (let k = 0; k < n; k++) {
    const d = k1[k] * x + k2[k] * y + k3[k] * v + kf[k]
    const next = a11 * x + a12 * y + b1 * d
    y = a21 * x + a22 * y + b2 * d
    x = next
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
    if (-e1 > most * z1[k]) most = -e1 / z1[k]
    if (-e2 > most * z2[k]) most = -e2 / z2[k]
    if (-e3 > most * z3[k]) most = -e3 / z3[k]
    if (-e4 > most * z4[k]) most = -e4 / z4[k]
    if (-e5 > most * z5[k]) most = -e5 / z5[k]
    if (-e6 > most * z6[k]) most = -e6 / z6[k]
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
      if (-c7[k] > most * z7[k]) most = -c7[k] / z7[k]
      if (-c8[k] > most * z8[k]) most = -c8[k] / z8[k]
    }
    v = d
  }
  return most
}

/** Takes the step, rolls the states out again so that no error builds up, and returns Σ z g. */
export function advance(qp: BuildingQp, ws: Workspace, step: number): number {
  const { n, lo, hi, d1, d2 } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { u, ti, tm, sl, sh, z1, z2, z3, z4, z5, z6, z7, z8, top, rise, fall } = ws
  const { c1, c2, c3, c4, c5, c6, c7, c8, du, dsl, dsh } = ws
  let [t, m] = qp.x0
  let before = qp.u0
  let sum = 0
  for (let k = 0; k < n; k++) {
    u[k] += step * du[k]
    const heat = u[k]
    const next = a11 * t + a12 * m + b1 * heat + d1[k]
    m = a21 * t + a22 * m + b2 * heat + d2[k]
    t = next
    ti[k] = t
    tm[k] = m
    sl[k] += step * dsl[k]
    sh[k] += step * dsh[k]
    z1[k] += step * c1[k]
    z2[k] += step * c2[k]
    z3[k] += step * c3[k]
    z4[k] += step * c4[k]
    z5[k] += step * c5[k]
    z6[k] += step * c6[k]
    sum += z1[k] * heat + z2[k] * (top[k] - heat) + z3[k] * sl[k] + z4[k] * (sl[k] + t - lo[k])
    sum += z5[k] * sh[k] + z6[k] * (sh[k] - t + hi[k])
    if (rated) {
      z7[k] += step * c7[k]
      z8[k] += step * c8[k]
      sum += z7[k] * (rise[k] - heat + before) + z8[k] * (fall[k] + heat - before)
    }
    before = heat
  }
  return sum
}

/** Slope of the terminal cost at a last state. */
export function terminalSlope(qp: BuildingQp, ti: number, tm: number): [p1: number, p2: number] {
  const { p, P, r } = qp.terminal
  const e1 = ti - r[0]
  const e2 = tm - r[1]
  return [p[0] + P[0] * e1 + P[1] * e2, p[1] + P[1] * e1 + P[2] * e2]
}
