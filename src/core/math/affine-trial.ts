import { type BuildingQp, NO_LAG } from './building-qp.ts'
import { rollOut } from './central-start.ts'
import type { Workspace } from './workspace.ts'

/**
 * Where the affine direction leads, all the way: near the end its multipliers are all but the best ones. Its heat
 * stops at its limits, and the feedback of the sweep makes up for that in later steps. Left in the workspace's trial;
 * false where a limit falls faster than this heat could, so that there is no plan.
 */
export function tryAffine(qp: BuildingQp, ws: Workspace): boolean {
  if (!stopAtLimits(qp, ws)) return false
  rollOut(qp, ws.trial)
  reachMultipliers(qp, ws)
  return true
}

function stopAtLimits(qp: BuildingQp, ws: Workspace): boolean {
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const { u, top, rise, fall, k1, k2, k3, k4, kf, trial } = ws
  let [x, y, d, q] = [0, 0, 0, 0]
  let before = qp.u0
  for (let k = 0; k < qp.n; k++) {
    const wanted = u[k] + (k1[k] * x + k2[k] * y + k3[k] * d + k4[k] * q + kf[k])
    const least = Math.max(0, before - fall[k])
    if (least > top[k]) return false
    before = Math.min(Math.max(wanted, least), before + rise[k], top[k])
    trial.u[k] = before
    d = before - u[k]
    const next = a11 * x + a12 * y + a14 * q + b1 * d
    y = a21 * x + a22 * y + a24 * q + b2 * d
    x = next
    q = a44 * q + b4 * d
  }
  return true
}

/** z + dz with dz = −z (1 + r), where that is not negative. */
function reachMultipliers(
  { n }: BuildingQp,
  { z4, z6, z7, z8, z9, c4, c6, c7, c8, c9, peak, trial }: Workspace,
): void {
  for (let k = 0; k < n; k++) {
    trial.z4[k] = Math.max(0, -z4[k] * c4[k])
    trial.z6[k] = Math.max(0, -z6[k] * c6[k])
    trial.z7[k] = Math.max(0, -z7[k] * c7[k])
    trial.z8[k] = Math.max(0, -z8[k] * c8[k])
    trial.z9[k] = Math.max(0, -z9[k] * c9[k])
  }
  trial.peak.z = Math.max(0, -peak.z * peak.c)
}

/** The trial becomes the plan, as far as its gap goes. */
export function adoptTrial({ n }: BuildingQp, ws: Workspace): void {
  for (const row of ['u', 'ti', 'tm', 'z4', 'z6', 'z7', 'z8', 'z9'] as const) {
    ws[row].set(ws.trial[row].subarray(0, n))
  }
  ws.peak.z = ws.trial.peak.z
}
