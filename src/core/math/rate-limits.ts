import type { BuildingQp } from './building-qp.ts'
import type { BuildingWorkspace } from './building-workspace.ts'

// Paths keep this share of each limit as room, so that the interior is never empty.
const ROOM = 0.02
// Below this share of the largest heat a step is shut: an interior point needs an interior.
const SHUT = 1e-6
// A smaller rate than this share of the largest heat a step is taken as this.
const SMALLEST_RATE = 1e-3
const START = 0.4

/**
 * Fills `top`, `rise`, `fall` and `start`: the limits made consistent, and a path strictly inside them.
 *
 * The lowest path falls from u0 as fast as the rate allows; a higher limit can always be met by staying low, so the
 * data conflict only where uMax lies below that path. There the fall, and nothing else, is widened until the path fits.
 */
export function findRateLimits(qp: BuildingQp, ws: BuildingWorkspace): void {
  const peakKw = findTop(qp, ws)
  const { n, rateKw } = qp
  if (rateKw === Number.POSITIVE_INFINITY) {
    ws.rise.fill(rateKw, 0, n)
    ws.fall.fill(rateKw, 0, n)
    for (let k = 0; k < n; k++) ws.start[k] = START * ws.top[k]
    return
  }
  const rate = Math.max(rateKw, SMALLEST_RATE * peakKw)
  widenFall(qp, ws, rate)
  layStart(qp, ws, rate)
}

function findTop(qp: BuildingQp, ws: BuildingWorkspace): number {
  let peakKw = 0
  for (let k = 0; k < qp.n; k++) peakKw = Math.max(peakKw, qp.uMax[k])
  for (let k = 0; k < qp.n; k++) ws.top[k] = qp.uMax[k] > SHUT * peakKw ? qp.uMax[k] : 0
  return peakKw
}

/** Leaves the lowest path in `start`. */
function widenFall(qp: BuildingQp, ws: BuildingWorkspace, rate: number): void {
  let low = Math.max(0, qp.u0)
  for (let k = 0; k < qp.n; k++) {
    const before = low
    low = Math.min(Math.max(0, before - (1 - ROOM) * rate), (1 - ROOM) * ws.top[k])
    ws.rise[k] = rate
    ws.fall[k] = Math.max(rate, before - low + ROOM * rate)
    ws.start[k] = low
  }
}

/** Puts `start` between the lowest path and the highest from which every later limit can still be met. */
function layStart(qp: BuildingQp, ws: BuildingWorkspace, rate: number): void {
  const { n } = qp
  const { top, fall, start, u } = ws
  let high = Math.max(0, qp.u0)
  for (let k = 0; k < n; k++) {
    high = Math.min((1 - ROOM) * top[k], high + (1 - ROOM) * rate)
    u[k] = high
  }
  for (let k = n - 2; k >= 0; k--) u[k] = Math.min(u[k], u[k + 1] + fall[k + 1] - ROOM * rate)
  for (let k = 0; k < n; k++) start[k] += START * (u[k] - start[k])
}
