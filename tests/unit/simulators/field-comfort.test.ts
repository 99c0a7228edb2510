import { expect, it } from 'vitest'
import type { BuildingSpec } from '../../../simulators/building-spec.ts'
import { drawFleet } from '../../../simulators/fleet.ts'
import { januaryWeather, mean, report, runFor, settledBuilding, steadyWeather } from './january.ts'

it('overheats concrete blocks as found as the survey of Finnish blocks did (A17)', () => {
  const blocks = drawFleet({ seed: 15, count: 40, mix: { 'concrete-block': 1 } })
  const rooms = blocks.flatMap((spec) => hourlyRooms(spec))
  const percent = (is: (roomC: number) => boolean) => (100 * rooms.filter(is).length) / rooms.length
  const [above23, above24, below21] = [percent((c) => c > 23), percent((c) => c > 24), percent((c) => c < 21)]
  report(`> 23 °C ${above23.toFixed(1)} %, > 24 °C ${above24.toFixed(1)} %, < 21 °C ${below21.toFixed(1)} %`)
  expect(above23).toBeGreaterThan(30)
  expect(above23).toBeLessThan(50)
  expect(above24).toBeGreaterThan(10)
  expect(above24).toBeLessThan(24)
  expect(below21).toBeGreaterThan(3)
  expect(below21).toBeLessThan(10)
})

function hourlyRooms(spec: BuildingSpec): number[] {
  const building = settledBuilding(spec, januaryWeather)
  const rooms: number[] = []
  for (let hour = 0; hour < 8 * 24; hour++) {
    runFor(building, 60, januaryWeather)
    rooms.push(...building.truth().zoneC)
  }
  return rooms
}

it('lets dwellings of one block differ by some kelvin', () => {
  const spreads = drawFleet({ seed: 5, count: 16, mix: { 'concrete-block': 1 } }).map((spec) => {
    const zoneC = [...settledBuilding(spec, januaryWeather).truth().zoneC]
    return Math.max(...zoneC) - Math.min(...zoneC)
  })
  report(`warmest less coldest dwelling: ${mean(spreads).toFixed(1)} K`)
  expect(mean(spreads)).toBeGreaterThan(1.5)
  expect(mean(spreads)).toBeLessThan(6)
})

it('leaves no room under 18 °C after three days of -26 °C but behind a stuck valve', () => {
  for (const spec of drawFleet({ seed: 13, count: 24 })) {
    const building = settledBuilding(spec, steadyWeather(-10))
    runFor(building, 3 * 1440, steadyWeather(-26))
    const { zoneC } = building.truth()
    spec.zones.forEach((zone, i) => {
      if (zone.valve.stuckAtRatio === null) expect(zoneC[i], `${spec.id} ${zone.id}`).toBeGreaterThan(18)
    })
  }
})
