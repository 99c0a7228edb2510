import { type BuildingQp, NO_LAG } from './building-qp.ts'
import { startPeak } from './peak-term.ts'
import type { Workspace } from './workspace.ts'

// How far a start is drawn to the middle of the tube: off its limits, where an interior point has no room to move.
const COLD_INSIDE = 0.2
const WARM_INSIDE = 0.02
const MIDDLE = 0.4

/** Heat of a cold start: what would hold the room a little above the band's lower edge if emitters were quick. */
export function startCold(qp: BuildingQp, ws: Workspace): void {
  const { n, lo, hi, d1, d2 } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = quickHeat(qp)
  let [t, m] = qp.x0
  for (let k = 0; k < n; k++) {
    const free = a11 * t + a12 * m + d1[k]
    const wanted = lo[k] + Math.max(0, Math.min(1, 0.5 * (hi[k] - lo[k])))
    const u = b1 > 0 ? Math.max(0, Math.min(ws.top[k], (wanted - free) / b1)) : 0
    m = a21 * t + a22 * m + b2 * u + d2[k]
    t = free + b1 * u
    ws.u[k] = u
  }
  drawInside(qp, ws, COLD_INSIDE)
}

/** Effect of one kW on Ti and Tm with emitters that are in balance with it. */
function quickHeat({ b, emitter }: BuildingQp): readonly [b1: number, b2: number] {
  if (!emitter || emitter.keep >= 1) return b
  const balanced = emitter.take / (1 - emitter.keep)
  return [b[0] + emitter.toTi * balanced, b[1] + emitter.toTm * balanced]
}

/** Heat near an earlier plan's. */
export function startWarm(qp: BuildingQp, ws: Workspace, earlier: Float64Array): void {
  const { n } = qp
  for (let k = 0; k < n; k++) ws.u[k] = earlier[Math.min(k, earlier.length - 1)]
  drawInside(qp, ws, WARM_INSIDE)
}

/** The very heat of a plan that lies inside. */
export function startAt(qp: BuildingQp, ws: Workspace, plan: Float64Array): void {
  ws.u.set(plan.subarray(0, qp.n))
  drawInside(qp, ws, 0)
}

function drawInside(qp: BuildingQp, { u, low, high, rise, fall }: Workspace, share: number): void {
  let before = qp.u0
  for (let k = 0; k < qp.n; k++) {
    before = Math.max(low[k], before - fall[k], Math.min(u[k], high[k], before + rise[k]))
    u[k] = before + share * (low[k] + MIDDLE * (high[k] - low[k]) - before)
  }
}

/**
 * Puts slacks and multipliers where z g = mu for every inequality and, but for w2, z3 + z4 = w1; the states follow from u. Returns the number of inequalities present; the multiplier of an absent one is zero.
 */
export function centre(qp: BuildingQp, ws: Workspace, mu: number): number {
  const { n, lo, hi, w1Lo, w1Hi, w2Lo, w2Hi } = qp
  const { u, ti, top, rise, fall, sl, sh, z1, z2, z3, z4, z5, z6, z7, z8 } = ws
  let count = 0
  let before = qp.u0
  for (let k = 0; k < n; k++) {
    const open = top[k] > 0
    z1[k] = open ? mu / u[k] : 0
    z2[k] = open ? mu / (top[k] - u[k]) : 0
    const above = ti[k] - lo[k]
    const below = hi[k] - ti[k]
    const wl = w1Lo[k] + w2Lo * Math.max(0.5, 0.5 - above)
    const wh = w1Hi[k] + w2Hi * Math.max(0.5, 0.5 - below)
    sl[k] = centralSlack(wl, above, mu)
    sh[k] = centralSlack(wh, below, mu)
    z3[k] = wl > 0 ? mu / sl[k] : 0
    z4[k] = wl > 0 ? mu / (sl[k] + above) : 0
    z5[k] = wh > 0 ? mu / sh[k] : 0
    z6[k] = wh > 0 ? mu / (sh[k] + below) : 0
    // An infinite limit gives zero: absent.
    z7[k] = mu / (rise[k] - u[k] + before)
    z8[k] = mu / (fall[k] + u[k] - before)
    before = u[k]
    count += (open ? 2 : 0) + (wl > 0 ? 2 : 0) + (wh > 0 ? 2 : 0) + (z7[k] > 0 ? 2 : 0)
  }
  return count + startPeak(qp, ws, mu)
}

export function dropMultipliers({ n }: BuildingQp, { z4, z6, z7, z8, z9, peak }: Workspace): void {
  for (const z of [z4, z6, z7, z8, z9]) z.fill(0, 0, n)
  peak.z = 0
}

/** The s with mu / s + mu / (s + a) = w, kept off both edges where mu is too small for the digits we have. */
function centralSlack(w: number, a: number, mu: number): number {
  const edge = Math.max(0, -a) + 1e-9 * (1 + Math.abs(a))
  if (w === 0) return edge + 1
  const m = (2 * mu) / w
  return Math.max(edge, 0.5 * (m - a + Math.sqrt(a * a + m * m)))
}

export function rollOut(qp: BuildingQp, { u, ti, tm }: Pick<Workspace, 'u' | 'ti' | 'tm'>): void {
  const { n, d1, d2 } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4, q0 } = qp.emitter ?? NO_LAG
  let [t, m] = qp.x0
  let q = q0
  for (let k = 0; k < n; k++) {
    const next = a11 * t + a12 * m + a14 * q + b1 * u[k] + d1[k]
    m = a21 * t + a22 * m + a24 * q + b2 * u[k] + d2[k]
    t = next
    q = a44 * q + b4 * u[k]
    ti[k] = t
    tm[k] = m
  }
}
