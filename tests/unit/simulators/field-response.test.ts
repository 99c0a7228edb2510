import { expect, it } from 'vitest'
import { restoreBuilding } from '../../../simulators/building.ts'
import type { BuildingSpec } from '../../../simulators/building-spec.ts'
import { drawFleet } from '../../../simulators/fleet.ts'
import type { SimulatedBuilding } from '../../../simulators/simulated-building.ts'
import { LAPPEENRANTA, mean, report, runFor, settledBuilding, steadyWeather } from './january.ts'

function twin(spec: BuildingSpec, building: SimulatedBuilding): SimulatedBuilding {
  return restoreBuilding(spec, LAPPEENRANTA, building.snapshot())
}

function meanDropK(plain: SimulatedBuilding, steered: SimulatedBuilding): number {
  return mean(plain.truth().zoneC) - mean(steered.truth().zoneC)
}

it('keeps a heavy Gothenburg block within 0.5 K while 0.1 kWh/m² goes in and out (A2)', () => {
  const blocks = drawFleet({ seed: 7, count: 24, mix: { 'concrete-block': 1 } }).filter(
    (spec) => spec.isHeavy,
  )
  expect(blocks.length).toBeGreaterThan(2)
  for (const spec of blocks) {
    const { swingKwhM2, roomK } = chargeAndDischarge(spec)
    report(`${spec.id} stores ${swingKwhM2.toFixed(3)} kWh/m², rooms within ±${roomK.toFixed(2)} K`)
    expect(swingKwhM2).toBeGreaterThan(0.095)
    expect(swingKwhM2).toBeLessThan(0.11)
    expect(roomK).toBeLessThan(0.5)
  }
})

/** Two cycles of 21 h: half of each above the block's own heat, half below, tracked by the supply's offset. */
function chargeAndDischarge(spec: BuildingSpec): { swingKwhM2: number; roomK: number } {
  const weather = steadyWeather(0)
  const plain = settledBuilding(spec, weather)
  const steered = twin(spec, plain)
  const surplusWm2 = () =>
    ((steered.truth().spaceHeatKw - plain.truth().spaceHeatKw) / spec.floorAreaM2) * 1000
  let offsetK = 0
  let [stored, low, high, roomK] = [0, 0, 0, 0]
  for (let i = 0; i < 2 * 1260; i += 10) {
    // A quarter of a cycle first, so that the swing is the same on both sides.
    const wantedWm2 = Math.floor((i + 315) / 630) % 2 === 0 ? 11 : -11
    offsetK = Math.max(-20, Math.min(10, offsetK + 0.15 * (wantedWm2 - surplusWm2())))
    runFor(plain, 10, weather)
    runFor(steered, 10, weather, { supplyOffsetK: offsetK })
    stored += surplusWm2() / 6000
    low = Math.min(low, stored)
    high = Math.max(high, stored)
    roomK = Math.max(roomK, Math.abs(meanDropK(plain, steered)))
  }
  return { swingKwhM2: high - low, roomK }
}

it('cools the rooms of a fleet by 0.2 to 1 K when the supply is 5 to 20 K lower for two hours (A4)', () => {
  // The trial's winter, 2014-15 in Espoo, was about 0 °C.
  const weather = steadyWeather(0)
  const fleet = drawFleet({ seed: 3, count: 16 })
  const settled = fleet.map((spec) => settledBuilding(spec, weather))
  for (const supplyOffsetK of [-5, -10, -15, -20]) {
    const drops = fleet.map((spec, i) => {
      const plain = twin(spec, settled[i])
      const steered = twin(spec, settled[i])
      runFor(plain, 120, weather)
      runFor(steered, 120, weather, { supplyOffsetK })
      return meanDropK(plain, steered)
    })
    const spread = `${Math.min(...drops).toFixed(2)} to ${Math.max(...drops).toFixed(2)}`
    report(`supply ${supplyOffsetK} K for 2 h: rooms -${mean(drops).toFixed(2)} K (buildings ${spread})`)
    expect(mean(drops)).toBeGreaterThan(0.2)
    expect(mean(drops)).toBeLessThan(1)
    expect(Math.max(...drops)).toBeLessThan(2)
  }
})
