import type { BuildingQp } from './building-qp.ts'
import type { Workspace } from './workspace.ts'

// Paths keep this share of each limit as room, so that the interior is never empty.
const ROOM = 0.02
// Below this share of the largest heat a step is shut: an interior point needs an interior.
const SHUT = 1e-6
// A smaller rate than this share of the largest heat a step is taken as this.
const SMALLEST_RATE = 1e-3

/**
 * Fills `top`, `rise`, `fall`, `low` and `high`: limits that agree, and the tube of paths that meet them.
 *
 * The lowest path falls from u0 as fast as the rate allows; a higher limit can always be met by staying low, so the
 * data conflict only where uMax lies below that path. There the fall, and nothing else, is widened until the path fits.
 */
export function findRateLimits(qp: BuildingQp, ws: Workspace): void {
  const peakKw = findTop(qp, ws)
  const { n, rateKw } = qp
  if (rateKw === Number.POSITIVE_INFINITY) {
    for (let k = 0; k < n; k++) {
      ws.rise[k] = rateKw
      ws.fall[k] = rateKw
      ws.low[k] = 0
      ws.high[k] = ws.top[k]
    }
    return
  }
  const rate = Math.max(rateKw, peakKw > 0 ? SMALLEST_RATE * peakKw : 1)
  findLowest(qp, ws, rate)
  findHighest(qp, ws, rate)
}

function findTop(qp: BuildingQp, ws: Workspace): number {
  let peakKw = 0
  for (let k = 0; k < qp.n; k++) peakKw = Math.max(peakKw, qp.uMax[k])
  for (let k = 0; k < qp.n; k++) ws.top[k] = qp.uMax[k] > SHUT * peakKw ? qp.uMax[k] : 0
  return peakKw
}

function findLowest(qp: BuildingQp, ws: Workspace, rate: number): void {
  let low = qp.u0
  for (let k = 0; k < qp.n; k++) {
    const before = low
    low = Math.min(Math.max(0, before - (1 - ROOM) * rate), (1 - ROOM) * ws.top[k])
    ws.rise[k] = rate
    ws.fall[k] = Math.max(rate, before - low + ROOM * rate)
    ws.low[k] = low
  }
}

function findHighest(qp: BuildingQp, { top, fall, high }: Workspace, rate: number): void {
  let before = qp.u0
  for (let k = 0; k < qp.n; k++) {
    before = Math.min((1 - ROOM) * top[k], before + (1 - ROOM) * rate)
    high[k] = before
  }
  for (let k = qp.n - 2; k >= 0; k--) high[k] = Math.min(high[k], high[k + 1] + fall[k + 1] - ROOM * rate)
}
