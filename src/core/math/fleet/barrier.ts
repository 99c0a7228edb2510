/**
 * Inequalities g ≥ 0 with multipliers z ≥ 0, one a step, as an interior point keeps them. Newton with a centring term
 * c gives dz = c − z − z dg/g: z/g is curvature, and c takes the place of z in slopes. A multiplier of zero marks an
 * inequality that is absent.
 */
export type Barrier = ReturnType<typeof createBarrier>

export function createBarrier(n: number) {
  const row = () => new Float64Array(n)
  return { n, g: row().fill(1), z: row(), c: row(), dg: row(), dz: row() }
}

export function curvature({ g, z }: Barrier, k: number): number {
  return z[k] / g[k]
}

export function countPresent({ z }: Barrier): number {
  let count = 0
  for (const value of z) if (value > 0) count++
  return count
}

/** Σ z g. */
export function complementarity({ n, g, z }: Barrier): number {
  let sum = 0
  for (let k = 0; k < n; k++) if (z[k] > 0) sum += z[k] * g[k]
  return sum
}

/** Completes the direction from dg; returns the largest −dg/g or −dz/z. */
export function completeDirection({ n, g, z, c, dg, dz }: Barrier): number {
  let steepest = 0
  for (let k = 0; k < n; k++) {
    if (z[k] === 0) continue
    dz[k] = c[k] - z[k] * (1 + dg[k] / g[k])
    steepest = Math.max(steepest, -dg[k] / g[k], -dz[k] / z[k])
  }
  return steepest
}

/** Leaves Mehrotra's second-order terms of the affine direction of which `trust` is kept, with the centring target in c. */
export function aimBarrier({ n, g, z, c, dg, dz }: Barrier, target: number, trust: number): void {
  for (let k = 0; k < n; k++) if (z[k] > 0) c[k] = (target - trust * dg[k] * dz[k]) / g[k]
}

/** Takes the step, and forgets the centring that led to it. */
export function advanceBarrier({ n, g, z, c, dg, dz }: Barrier, step: number): void {
  c.fill(0)
  for (let k = 0; k < n; k++) {
    if (z[k] === 0) continue
    g[k] += step * dg[k]
    z[k] += step * dz[k]
  }
}
