import type { CurvePoint } from '../src/core/domain/building.ts'

/** Supply temperature of a curve whose points run from cold to warm; flat beyond its ends. */
export function curveSupplyC(curve: readonly CurvePoint[], outdoorC: number): number {
  const first = curve[0]!
  if (outdoorC <= first.outdoorC) return first.supplyC
  for (let i = 1; i < curve.length; i++) {
    const right = curve[i]!
    if (outdoorC > right.outdoorC) continue
    const left = curve[i - 1]!
    const share = (outdoorC - left.outdoorC) / (right.outdoorC - left.outdoorC)
    return left.supplyC + share * (right.supplyC - left.supplyC)
  }
  return curve[curve.length - 1]!.supplyC
}

/** Kelvin of supply a kelvin of outdoor temperature, over the whole curve. */
export function curveSlope(curve: readonly CurvePoint[]): number {
  const first = curve[0]!
  const last = curve[curve.length - 1]!
  return (first.supplyC - last.supplyC) / (last.outdoorC - first.outdoorC)
}
