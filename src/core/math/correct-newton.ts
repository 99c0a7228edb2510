import { type BuildingQp, NO_LAG } from './building-qp.ts'
import { steerPeak } from './peak-term.ts'
import { terminalSlope } from './terminal-slope.ts'
import type { Workspace } from './workspace.ts'

/**
 * Turns c, which holds r = dg/g, into the centring terms: Mehrotra's second-order ones, of which `trust` is kept, and
 * the target's. Takes the new right-hand side through the sweep.
 */
export function correctNewton(qp: BuildingQp, ws: Workspace, target: number, trust = 1): void {
  const { n, price } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4, endEurPerKw } = qp.emitter ?? NO_LAG
  const rated = qp.rateKw !== Number.POSITIVE_INFINITY
  const { z1, z2, z3, z4, z5, z6, z7, z8, z9 } = ws
  const { i1, i2, i3, i4, i5, i6, i7, i8, c1, c2, c3, c4, c5, c6, c7, c8 } = ws
  const { h4, h6, pl, ph, rl, rh, k1, k2, k3, k4, kf, iq, slope } = ws
  let [p1, p2] = terminalSlope(qp, ws.ti[n - 1], ws.tm[n - 1])
  const { c9, i9, peak } = ws
  let centring = 0
  let p3 = 0
  let p4 = endEurPerKw
  for (let k = n - 1; k >= 0; k--) {
    const e1 = z1[k] * secondOrder(c1[k], trust) + target * i1[k]
    const e2 = z2[k] * secondOrder(c2[k], trust) + target * i2[k]
    const e3 = z3[k] * secondOrder(c3[k], trust) + target * i3[k]
    const e4 = z4[k] * secondOrder(c4[k], trust) + target * i4[k]
    const e5 = z5[k] * secondOrder(c5[k], trust) + target * i5[k]
    const e6 = z6[k] * secondOrder(c6[k], trust) + target * i6[k]
    c1[k] = e1
    c2[k] = e2
    c3[k] = e3
    c4[k] = e4
    c5[k] = e5
    c6[k] = e6
    let ramp = slope[k]
    if (rated) {
      c7[k] = z7[k] * secondOrder(c7[k], trust) + target * i7[k]
      c8[k] = z8[k] * secondOrder(c8[k], trust) + target * i8[k]
      ramp += c7[k] - c8[k]
    }
    let e9 = 0
    if (qp.peak) {
      e9 = z9[k] * secondOrder(c9[k], trust) + target * i9[k]
      c9[k] = e9
      centring += e9
    }
    const restLo = rl[k] + e3 + e4
    const restHi = rh[k] + e5 + e6
    rl[k] = restLo
    rh[k] = restHi

    p1 += h4[k] * restLo * pl[k] - e4 - h6[k] * restHi * ph[k] + e6
    const qu = b1 * p1 + b2 * p2 + p3 + b4 * p4 + price[k] - e1 + e2 + e9 + ramp
    kf[k] = -qu * iq[k]
    p4 = a14 * p1 + a24 * p2 + a44 * p4 + k4[k] * qu
    const next = a11 * p1 + a21 * p2 + k1[k] * qu
    p2 = a12 * p1 + a22 * p2 + k2[k] * qu
    p1 = next
    p3 = k3[k] * qu - ramp
  }
  peak.c = peak.z * secondOrder(peak.c, trust) + target * peak.i
  steerPeak(qp, ws, centring + peak.c)
}

/** Of c / z. */
function secondOrder(r: number, trust: number): number {
  return trust * r * (1 + r)
}
