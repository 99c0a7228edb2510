import { describe, expect, it } from 'vitest'
import { createBuilding, restoreBuilding } from '../../../simulators/building.ts'
import { drawFleet } from '../../../simulators/fleet.ts'
import type { Command } from '../../../simulators/simulated-building.ts'
import { januaryWeather, LAPPEENRANTA, mean, runFor, settledBuilding, steadyWeather } from './january.ts'

const fleet = drawFleet({ seed: 21, count: 10 })
const block = fleet[0]

/** The parts of a snapshot that only chance and the clock decide. */
function livesOf(snapshot: string): unknown {
  const { state } = JSON.parse(snapshot)
  return [state.hotWater, state.zones.map((zone: { presence: number }) => zone.presence)]
}

describe('a simulated building', () => {
  it('loses no heat and makes none: what came in left or is stored', () => {
    for (const spec of fleet) {
      const building = settledBuilding(spec, januaryWeather)
      for (let i = 0; i < 1440; i++) {
        const before = building.truth().storedKwh
        runFor(building, 1, januaryWeather, { supplyOffsetK: i % 400 < 200 ? 6 : -6 })
        const { spaceHeatKw, ventHeatKw, gainsKw, lossKw, storedKwh } = building.truth()
        const balanceKw = spaceHeatKw + ventHeatKw + gainsKw - lossKw - (storedKwh - before) * 60
        expect(Math.abs(balanceKw), spec.id).toBeLessThan(1e-6)
      }
    }
  })

  it('meters what it took, space heating, fresh air and hot water together', () => {
    for (const spec of fleet.filter((one) => one.heatPump === null)) {
      const building = createBuilding(spec, LAPPEENRANTA)
      let sum = 0
      for (let i = 0; i < 600; i++) {
        runFor(building, 1, januaryWeather)
        const { heatKw, spaceHeatKw, ventHeatKw, dhwKw } = building.truth()
        expect(heatKw).toBeCloseTo(spaceHeatKw + ventHeatKw + dhwKw, 9)
        sum += heatKw / 60
      }
      expect(building.truth().energyKwh).toBeCloseTo(sum, 6)
    }
  })

  it('goes on from a snapshot to the bit', () => {
    for (const spec of fleet) {
      const plain = createBuilding(spec, LAPPEENRANTA)
      runFor(plain, 1507, januaryWeather)
      plain.read()
      runFor(plain, 7, januaryWeather)
      const restored = restoreBuilding(spec, LAPPEENRANTA, plain.snapshot())
      expect(restored.read()).toEqual(restoreBuilding(spec, LAPPEENRANTA, plain.snapshot()).read())
      const again = restoreBuilding(spec, LAPPEENRANTA, plain.snapshot())
      runFor(plain, 1000, januaryWeather, { supplyOffsetK: -3 })
      runFor(again, 1000, januaryWeather, { supplyOffsetK: -3 })
      expect(again.snapshot()).toBe(plain.snapshot())
      expect(again.read()).toEqual(plain.read())
    }
  })

  it('refuses the snapshot of a building with other rooms', () => {
    const other = fleet.find((spec) => spec.zones.length !== block.zones.length) ?? block
    const snapshot = createBuilding(other, LAPPEENRANTA).snapshot()
    expect(() => restoreBuilding(block, LAPPEENRANTA, snapshot)).toThrow(/another building/)
  })

  it('has the same people and showers whatever it is told', () => {
    const commands: (Command | undefined)[] = [
      undefined,
      { supplyOffsetK: -20 },
      { heatLimitKw: 0 },
      { supplyC: 70 },
    ]
    const lives = commands.map((command) => {
      const building = createBuilding(block, LAPPEENRANTA)
      const days = [1, 2, 3].map(() => {
        runFor(building, 1440, januaryWeather, command)
        return livesOf(building.snapshot())
      })
      return days
    })
    for (const life of lives) expect(life).toEqual(lives[0])
  })

  it('lives by whole minutes, wherever between two it was started', () => {
    const odd = createBuilding(block, { ...LAPPEENRANTA, start: LAPPEENRANTA.start + 17_345 })
    const even = createBuilding(block, LAPPEENRANTA)
    runFor(odd, 600, januaryWeather)
    runFor(even, 600, januaryWeather)
    expect(odd.snapshot()).toBe(even.snapshot())
  })

  it('comes in between where chance is off, without people that come and go', () => {
    const noisy = fleet.map((spec) => mean(settledBuilding(spec, januaryWeather).truth().zoneC))
    const calm = fleet.map((spec) =>
      mean(settledBuilding(spec, januaryWeather, { noise: false }).truth().zoneC),
    )
    expect(Math.abs(mean(noisy) - mean(calm))).toBeLessThan(0.3)
    const once = createBuilding(block, { ...LAPPEENRANTA, noise: false })
    runFor(once, 900, steadyWeather(-5))
    expect(once.read().readings.zones?.['z01']?.indoorC).toBe(once.truth().zoneC[0])
  })
})

describe('a command', () => {
  it.each([
    { name: 'a lower supply', command: { supplyOffsetK: -8 }, sign: -1 },
    { name: 'a higher supply', command: { supplyOffsetK: 8 }, sign: 1 },
    { name: 'a heat limit', command: { heatLimitKw: 20 }, sign: -1 },
    { name: 'a cooler room', command: { roomSetpointC: 19 }, sign: -1 },
    { name: 'a supply temperature', command: { supplyC: 35 }, sign: -1 },
  ])('of $name moves the rooms of every building its way, and back', ({ command, sign }) => {
    const weather = steadyWeather(-8)
    for (const spec of fleet.slice(0, 5)) {
      const plain = settledBuilding(spec, weather, { noise: false })
      const steered = restoreBuilding(spec, { ...LAPPEENRANTA, noise: false }, plain.snapshot())
      runFor(plain, 240, weather)
      runFor(steered, 240, weather, command)
      const movedK = mean(steered.truth().zoneC) - mean(plain.truth().zoneC)
      expect(sign * movedK, spec.id).toBeGreaterThan(0.02)
      if (command.heatLimitKw !== undefined) expect(steered.truth().spaceHeatKw).toBeLessThan(20.5)
      runFor(plain, 4 * 1440, weather)
      runFor(steered, 4 * 1440, weather)
      const leftK = mean(steered.truth().zoneC) - mean(plain.truth().zoneC)
      expect(Math.abs(leftK), spec.id).toBeLessThan(0.5 * Math.abs(movedK) + 0.02)
    }
  })

  it('brings a rebound when its cut ends: the valves are open and take more than before', () => {
    const weather = steadyWeather(-8)
    const rebounds = fleet.map((spec) => {
      const plain = settledBuilding(spec, weather, { noise: false })
      const steered = restoreBuilding(spec, { ...LAPPEENRANTA, noise: false }, plain.snapshot())
      runFor(plain, 240, weather)
      runFor(steered, 180, weather, { supplyOffsetK: -12 })
      runFor(steered, 60, weather)
      return steered.truth().spaceHeatKw / plain.truth().spaceHeatKw
    })
    expect(Math.min(...rebounds)).toBeGreaterThan(1)
    expect(mean(rebounds)).toBeGreaterThan(1.03)
  })
})
