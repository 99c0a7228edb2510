import { type BuildingQp, NO_LAG } from '../building-qp.ts'
import { hasFiniteScalars } from '../finite-qp.ts'

// A room that keeps all its heat has a largest eigenvalue of 1; rounding may add to it.
const LARGEST = 1 + 1e-6
// No room is as hot, nor warmed by as much in a step: next to such numbers those of all others are rounding.
const MOST_K = 1e3
const MOST = 1e9

/**
 * Whether the building can be planned with others: finite numbers that are of this world, and temperatures that do not
 * run away.
 */
export function isPlannable(qp: BuildingQp): boolean {
  const known = asked.get(qp)
  if (known !== undefined) return known
  const keeps = Math.abs(qp.emitter?.keep ?? 0)
  const isAble = isOfThisWorld(qp) && Math.max(keeps, spectralRadius(qp.a)) <= LARGEST
  asked.set(qp, isAble)
  return isAble
}

// It is asked at every door, and reads every number.
const asked = new WeakMap<BuildingQp, boolean>()

function isOfThisWorld(qp: BuildingQp): boolean {
  const {
    b,
    x0,
    u0,
    wr,
    w2Lo,
    w2Hi,
    terminal,
    d1,
    d2,
    lo,
    hi,
    price,
    uMax,
    w1Lo,
    w1Hi,
    emitter = NO_LAG,
  } = qp
  const scalars = [...b, u0, wr, w2Lo, w2Hi, ...terminal.p, ...terminal.P, ...Object.values(emitter)]
  return (
    hasFiniteScalars(qp) &&
    [...x0, ...terminal.r].every((c) => Math.abs(c) <= MOST_K) &&
    scalars.every((value) => Math.abs(value) <= MOST) &&
    [d1, d2, lo, hi].every((row) => isWithin(row, qp.n, MOST_K)) &&
    [price, uMax, w1Lo, w1Hi].every((row) => isWithin(row, qp.n, MOST)) &&
    (!qp.peak || isWithin(qp.peak.fixedKw, qp.n, MOST))
  )
}

/** Written so that NaN lands outside, and what is missing too. */
function isWithin(row: Float64Array, n: number, most: number): boolean {
  for (let k = 0; k < n; k++) if (!(Math.abs(row[k]) <= most)) return false
  return true
}

function spectralRadius([a11, a12, a21, a22]: BuildingQp['a']): number {
  const half = 0.5 * (a11 + a22)
  const determinant = a11 * a22 - a12 * a21
  const square = half * half - determinant
  return square >= 0 ? Math.abs(half) + Math.sqrt(square) : Math.sqrt(determinant)
}
