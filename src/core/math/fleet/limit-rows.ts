import { type Barrier, createBarrier, curvature } from './barrier.ts'
import type { Limit } from './gates.ts'

/**
 * A limit on a flow f that may be broken at a price:  min price · s  s.t.  s ≥ 0,  side (kw − f) + s ≥ 0.
 * The excess s leaves the equations; what is left bends and tilts the cost of f.
 */
export interface LimitRow {
  readonly limit: Limit
  /** s ≥ 0 and side (kw − f) + s ≥ 0; the second's multiplier is what the limit adds to the price. */
  readonly positive: Barrier
  readonly kept: Barrier
}

// A limit's first multiplier, as a share of its price at most.
const MOST_SHARE = 0.5
// Its least first room, as a share of the flow.
const LEAST_ROOM = 0.02

/** A row near which f starts, with about the multiplier `pull` wherever it holds. */
export function createLimitRow(
  limit: Limit,
  { z: f, anyway }: { readonly z: Float64Array; readonly anyway: Float64Array },
  pull: Float64Array,
  sizeKw: number,
): LimitRow {
  const n = f.length
  const row = { limit, positive: createBarrier(n), kept: createBarrier(n) }
  for (let k = 0; k < n; k++) {
    if (!Number.isFinite(limit.kw[k])) continue
    const room = limit.side * (limit.kw[k] - f[k])
    const z = Math.min(MOST_SHARE * limit.eurPerKw, pull[k])
    const least = LEAST_ROOM * sizeKw
    // Broken whatever is planned: the excess is there from the start.
    if (limit.side > 0 && room < 0 && anyway[k] > limit.kw[k]) {
      placeCentral(row, k, room, least * z)
      continue
    }
    // Both products alike: the excess takes what its own, larger, multiplier leaves it.
    const s = Math.max(least - room, (z * Math.max(least, room)) / (limit.eurPerKw - z))
    row.positive.g[k] = s
    row.positive.z[k] = limit.eurPerKw - z
    row.kept.g[k] = s + room
    row.kept.z[k] = z
  }
  return row
}

/** Puts both products of step k at tau, at the flow with this room. */
export function placeCentral(
  { limit, positive, kept }: LimitRow,
  k: number,
  room: number,
  tau: number,
): void {
  const s = centralExcess(limit.eurPerKw, room, tau)
  positive.g[k] = s
  positive.z[k] = tau / s
  kept.g[k] = s + room
  kept.z[k] = tau / (s + room)
}

/** The s > 0 with tau / s + tau / (s + room) = price. */
export function centralExcess(price: number, room: number, tau: number): number {
  const m = (2 * tau) / price
  return Math.max(1e-12 * (1 + Math.abs(room)), 0.5 * (m - room + Math.sqrt(room * room + m * m)))
}

/** Adds the row's curvature and slope in f. */
export function addLimitRow(row: LimitRow, bend: Float64Array, slope: Float64Array): void {
  const { limit, positive, kept } = row
  for (let k = 0; k < bend.length; k++) {
    if (kept.z[k] === 0) continue
    const s5 = curvature(positive, k)
    const s6 = curvature(kept, k)
    const tilt = -limit.eurPerKw + positive.c[k] + kept.c[k]
    bend[k] += (s6 * s5) / (s5 + s6)
    slope[k] += limit.side * (kept.c[k] - (s6 * tilt) / (s5 + s6))
  }
}

/** The excess's part of a direction in which f changes by df. */
export function directLimitRow({ limit, positive, kept }: LimitRow, df: Float64Array): void {
  for (let k = 0; k < df.length; k++) {
    if (kept.z[k] === 0) continue
    const s6 = curvature(kept, k)
    const tilt = -limit.eurPerKw + positive.c[k] + kept.c[k]
    const ds = (tilt + s6 * limit.side * df[k]) / (curvature(positive, k) + s6)
    positive.dg[k] = ds
    kept.dg[k] = ds - limit.side * df[k]
  }
}
