import type { CurvePoint } from '../../domain/building.ts'

/** Supply temperature of the network at an outdoor one, on lines between the points, flat beyond them, °C. */
export function networkSupplyC(points: readonly CurvePoint[], outdoorC: number): number {
  const above = points.findIndex((point) => point.outdoorC > outdoorC)
  if (above === 0) return points[0].supplyC
  if (above < 0) return points[points.length - 1].supplyC
  const [left, right] = [points[above - 1], points[above]]
  const share = (outdoorC - left.outdoorC) / (right.outdoorC - left.outdoorC)
  return left.supplyC + share * (right.supplyC - left.supplyC)
}
