import { type BuildingQp, NO_LAG } from './building-qp.ts'

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
  const { a, b, x0, u0, wr, w2Lo, w2Hi, terminal, rateKw, emitter = NO_LAG } = qp
  const { p, P, r } = terminal
  const scalars = [...a, ...b, ...x0, u0, wr, w2Lo, w2Hi, ...p, ...P, ...r, ...Object.values(emitter)]
  if (qp.peak) scalars.push(qp.peak.eurPerKw, qp.peak.soFarKw)
  return scalars.every(Number.isFinite) && !Number.isNaN(rateKw)
}
