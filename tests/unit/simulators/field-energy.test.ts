import { expect, it } from 'vitest'
import type { BuildingSpec } from '../../../simulators/building-spec.ts'
import { drawFleet } from '../../../simulators/fleet.ts'
import { januaryWeather, report, runFor, settledBuilding } from './january.ts'

it.each([
  { kind: 'concrete-block', spaceLow: 90, spaceHigh: 190, returnLow: 33, returnHigh: 52 },
  { kind: 'insulated-block', spaceLow: 18, spaceHigh: 70, returnLow: 25, returnHigh: 42 },
  { kind: 'school', spaceLow: 60, spaceHigh: 170, returnLow: 30, returnHigh: 52 },
  { kind: 'row-house', spaceLow: 90, spaceHigh: 200, returnLow: 33, returnHigh: 52 },
] as const)(
  'uses and returns heat as a $kind does',
  ({ kind, spaceLow, spaceHigh, returnLow, returnHigh }) => {
    for (const spec of drawFleet({ seed: 17, count: 3, mix: { [kind]: 1 } })) {
      const year = yearOf(spec)
      report(
        `${spec.id}: space ${year.spaceKwhM2.toFixed(0)}, hot water ${year.dhwKwhM2.toFixed(0)} kWh/m² a, return ${year.returnC.toFixed(1)} °C`,
      )
      expect(year.spaceKwhM2).toBeGreaterThan(spaceLow)
      expect(year.spaceKwhM2).toBeLessThan(spaceHigh)
      expect(year.dhwKwhM2).toBeLessThan(60)
      expect(year.returnC).toBeGreaterThan(returnLow)
      expect(year.returnC).toBeLessThan(returnHigh)
    }
  },
)

/** Nine January days, taken to a year by degree-days: 4 500 Kd a year against 23 Kd a January day. */
function yearOf(spec: BuildingSpec): { spaceKwhM2: number; dhwKwhM2: number; returnC: number } {
  const building = settledBuilding(spec, januaryWeather)
  const before = building.truth()
  let [flow, flowC] = [0, 0]
  for (let hour = 0; hour < 9 * 24; hour++) {
    runFor(building, 60, januaryWeather)
    const { primaryFlowM3h, primaryReturnC } = building.truth()
    flow += primaryFlowM3h
    flowC += primaryFlowM3h * primaryReturnC
  }
  const after = building.truth()
  const perM2Day = 1 / spec.floorAreaM2 / 9
  return {
    spaceKwhM2: (after.spaceHeatKwh - before.spaceHeatKwh) * perM2Day * (4500 / 23),
    dhwKwhM2: (after.dhwKwh - before.dhwKwh) * perM2Day * 365,
    returnC: flowC / flow,
  }
}
