import type { Building } from '../domain/building.ts'

/** What the building's own curve asks of the supply at `outdoorC`, within its limits, °C. */
export function curveSupplyC(building: Building, outdoorC: number): number {
  const { curve } = building
  const after = curve.findIndex((point) => point.outdoorC >= outdoorC)
  let supplyC: number
  if (curve.length === 0) supplyC = 40 - outdoorC
  else if (after === 0) supplyC = curve[0].supplyC
  else if (after < 0) supplyC = curve[curve.length - 1].supplyC
  else supplyC = between(curve[after - 1], curve[after], outdoorC)
  return Math.max(building.supplyMinC, Math.min(building.supplyMaxC, supplyC))
}

function between(low: Building['curve'][number], high: Building['curve'][number], outdoorC: number): number {
  const share = (outdoorC - low.outdoorC) / (high.outdoorC - low.outdoorC)
  return low.supplyC + share * (high.supplyC - low.supplyC)
}
