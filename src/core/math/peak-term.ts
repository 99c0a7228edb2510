import { type BuildingQp, NO_LAG } from './building-qp.ts'
import type { Candidate, Workspace } from './workspace.ts'

/*
 * The fee on the peak: π P with P ≥ u_k + fixed_k (9, one a step) and P ≥ soFar (10). P borders Newton's system with
 * one row, so it costs one more right-hand side: with e the answer of u to P, and s = z/g,
 *   (Σ s9 + s10 − Σ s9 e) dP = Σ c9 + c10 − π + Σ s9 du0,   du = du0 + e dP.
 * Where E is how heat answers prices at an unmoved P, e = E s9; so P answers them by −e/pivot, and in all
 *   −du/dprice = E + e e'/pivot.
 */

// A start may be rough.
const HALVINGS = 16

/** Puts P where the multipliers at `mu` add up to the fee. Returns the number of inequalities. */
export function startPeak({ n, peak }: BuildingQp, ws: Workspace, mu: number): number {
  if (!peak) return 0
  const { u, z9 } = ws
  const least = peakOf(peak, u, n)
  // P − least lies between mu / π and as many times that as there are inequalities.
  let low = mu / peak.eurPerKw
  let high = low * (n + 1)
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = 0.5 * (low + high)
    if (pull(peak, { u, n }, least + middle, mu) > peak.eurPerKw) low = middle
    else high = middle
  }
  ws.peak.kw = least + high
  ws.peak.z = mu / (ws.peak.kw - peak.soFarKw)
  for (let k = 0; k < n; k++) z9[k] = mu / (ws.peak.kw - u[k] - peak.fixedKw[k])
  return n + 1
}

type Peak = NonNullable<BuildingQp['peak']>

/** Sum of the multipliers with P at `kw`. */
function pull(peak: Peak, { u, n }: { u: Float64Array; n: number }, kw: number, mu: number): number {
  let sum = mu / (kw - peak.soFarKw)
  for (let k = 0; k < n; k++) sum += mu / (kw - u[k] - peak.fixedKw[k])
  return sum
}

/** What is billed for these plans, kW. */
export function peakOf({ soFarKw, fixedKw }: Peak, u: Float64Array, n: number): number {
  let most = soFarKw
  for (let k = 0; k < n; k++) most = Math.max(most, u[k] + fixedKw[k])
  return most
}

/** Answers of feed-forward and heat to P, after the sweep has been factored; then the affine direction's P. */
export function borderNewton(qp: BuildingQp, ws: Workspace): void {
  if (!qp.peak) return
  const { n } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const { k1, k2, k3, k4, iq, z9, i9, ke } = ws
  let p1 = 0
  let p2 = 0
  let p3 = 0
  let p4 = 0
  for (let k = n - 1; k >= 0; k--) {
    const qu = b1 * p1 + b2 * p2 + p3 + b4 * p4 - z9[k] * i9[k]
    ke[k] = -qu * iq[k]
    p4 = a14 * p1 + a24 * p2 + a44 * p4 + k4[k] * qu
    const next = a11 * p1 + a21 * p2 + k1[k] * qu
    p2 = a12 * p1 + a22 * p2 + k2[k] * qu
    p1 = next
    p3 = k3[k] * qu
  }
  ws.peak.i = 1 / (ws.peak.kw - qp.peak.soFarKw)
  const own = weighedHeat(qp, ws, ke, ws.ue)
  ws.peak.pivot = ws.peak.z * ws.peak.i + own.weight - own.heat
  steerPeak(qp, ws, 0)
}

/** Lets P, and with it the feed-forward, follow a change of prices. */
export function tiltPeak(qp: BuildingQp, ws: Workspace, change: Float64Array): void {
  if (!qp.peak) return
  const { kf, ke, ue, peak } = ws
  let felt = 0
  for (let k = 0; k < qp.n; k++) felt += ue[k] * change[k]
  const d = -felt / peak.pivot
  peak.d += d
  for (let k = 0; k < qp.n; k++) kf[k] += d * ke[k]
}

/** Sets dP for centring terms of this sum, and lets the feed-forward follow it. */
export function steerPeak(qp: BuildingQp, ws: Workspace, centring: number): void {
  if (!qp.peak) return
  const { kf, ke, peak } = ws
  peak.d = (centring - qp.peak.eurPerKw + weighedHeat(qp, ws, kf).heat) / peak.pivot
  for (let k = 0; k < qp.n; k++) kf[k] += peak.d * ke[k]
}

/** Σ s9 and Σ s9 du of a feed-forward; leaves du where it is wanted. */
function weighedHeat(qp: BuildingQp, ws: Workspace, forward: Float64Array, du?: Float64Array) {
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const { k1, k2, k3, k4, z9, i9 } = ws
  let [x, y, v, q] = [0, 0, 0, 0]
  let weight = 0
  let heat = 0
  for (let k = 0; k < qp.n; k++) {
    v = k1[k] * x + k2[k] * y + k3[k] * v + k4[k] * q + forward[k]
    const next = a11 * x + a12 * y + a14 * q + b1 * v
    y = a21 * x + a22 * y + a24 * q + b2 * v
    x = next
    q = a44 * q + b4 * v
    if (du) du[k] = v
    weight += z9[k] * i9[k]
    heat += z9[k] * i9[k] * v
  }
  return { weight, heat }
}

/** Part of the duality gap, EUR; leaves multipliers that add up to the fee in `y9`. */
export function peakGap({ n, peak }: BuildingQp, { y9 }: Workspace, plan: Candidate): number {
  if (!peak) return 0
  const { u, z9 } = plan
  let sum = plan.peak.z
  for (let k = 0; k < n; k++) sum += z9[k]
  // No multipliers yet: the fee on what has been reached already is a bound as well.
  const share = sum > 0 ? peak.eurPerKw / sum : 0
  const most = peakOf(peak, u, n)
  let gap = (sum > 0 ? share * plan.peak.z : peak.eurPerKw) * (most - peak.soFarKw)
  for (let k = 0; k < n; k++) {
    y9[k] = share * z9[k]
    gap += y9[k] * (most - u[k] - peak.fixedKw[k])
  }
  return gap
}
