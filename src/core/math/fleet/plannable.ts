import type { BuildingQp } from '../building-qp.ts'
import { isFiniteQp } from '../finite-qp.ts'

// A room that keeps all its heat has a largest eigenvalue of 1; rounding may add to it.
const LARGEST = 1 + 1e-6

/** Whether the building can be planned with others: finite numbers, and temperatures that do not run away. */
export function isPlannable(qp: BuildingQp): boolean {
  return isFiniteQp(qp) && spectralRadius(qp.a) <= LARGEST
}

function spectralRadius([a11, a12, a21, a22]: BuildingQp['a']): number {
  const half = 0.5 * (a11 + a22)
  const determinant = a11 * a22 - a12 * a21
  const square = half * half - determinant
  return square >= 0 ? Math.abs(half) + Math.sqrt(square) : Math.sqrt(determinant)
}
