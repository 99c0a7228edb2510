import type { BuildingQp } from './building-qp.ts'

/** Whether every number of the problem is finite; only the rate may be Infinity. */
export function isFiniteQp(qp: BuildingQp): boolean {
  if (!hasFiniteScalars(qp)) return false
  // Zero times anything but a finite number is NaN, and stays NaN in a sum.
  let zero = 0
  for (let k = 0; k < qp.n; k++) {
    zero += 0 * qp.price[k] + 0 * qp.uMax[k] + 0 * qp.d1[k] + 0 * qp.d2[k]
    zero += 0 * qp.lo[k] + 0 * qp.hi[k] + 0 * qp.w1Lo[k] + 0 * qp.w1Hi[k]
  }
  for (let k = 0; qp.peak && k < qp.n; k++) zero += 0 * qp.peak.fixedKw[k]
  return zero === 0
}

export function hasFiniteScalars(qp: BuildingQp): boolean {
  const { a, b, x0, u0, wr, w2Lo, w2Hi, terminal, rateKw, emitter, peak } = qp
  const { p, P, r } = terminal
  if (!allFinite(a) || !allFinite(b) || !allFinite(x0) || !allFinite([u0, wr, w2Lo, w2Hi])) return false
  if (!allFinite(p) || !allFinite(P) || !allFinite(r) || Number.isNaN(rateKw)) return false
  if (emitter && !allFinite(Object.values(emitter))) return false
  return !peak || (Number.isFinite(peak.eurPerKw) && Number.isFinite(peak.soFarKw))
}

function allFinite(values: readonly number[]): boolean {
  return values.every(Number.isFinite)
}
