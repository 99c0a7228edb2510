import { describe, expect, it } from 'vitest'
import { createBuilding } from '../../../simulators/building.ts'
import { drawFleet } from '../../../simulators/fleet.ts'
import { januaryWeather, LAPPEENRANTA, runFor, settledBuilding, steadyWeather } from './january.ts'

const fleet = drawFleet({ seed: 31, count: 12 })
const district = fleet.filter((spec) => spec.heatPump === null)

describe('what a gateway publishes', () => {
  it('is the meter, both sides of the substation and the rooms', () => {
    for (const spec of district) {
      const building = createBuilding(spec, LAPPEENRANTA)
      runFor(building, 15, januaryWeather)
      const { at, intervalS, readings } = building.read()
      expect(at).toBe(LAPPEENRANTA.start + 900_000)
      expect(intervalS).toBe(900)
      expect(Object.keys(readings)).toEqual(
        expect.arrayContaining([
          'heatKw', 'energyKwh', 'primarySupplyC', 'primaryReturnC', 'supplyC', 'returnC', 'curveSupplyC',
          'outdoorC', 'zones',
        ]), // biome-ignore format: a table
      )
      expect(readings.spaceHeatKw === undefined).toBe(!spec.sensors.hasSubMeters)
    }
  })

  it('tells of a heat pump its electricity, COP and source', () => {
    const spec = fleet.find((one) => one.heatPump !== null)
    if (!spec) throw new Error('the fleet has no heat pump')
    const building = settledBuilding(spec, steadyWeather(-5))
    building.read()
    runFor(building, 60, steadyWeather(-5))
    const { electricKw = 0, heatKw = 0, copRatio = 0, heatSource, primarySupplyC } = building.read().readings
    expect(heatKw / electricKw).toBeGreaterThan(1)
    expect(copRatio).toBeGreaterThan(1)
    expect(copRatio).toBeLessThan(4)
    expect(['heat-pump', 'heat-pump+electric', 'electric', 'off']).toContain(heatSource)
    expect(primarySupplyC).toBeUndefined()
  })

  it('shows the meter in whole kilowatt-hours, which never run ahead or backwards', () => {
    const building = createBuilding(district[0], LAPPEENRANTA)
    const first = building.read().readings.energyKwh ?? Number.NaN
    let register = first
    for (let i = 0; i < 200; i++) {
      runFor(building, 15, januaryWeather)
      const { energyKwh = Number.NaN, heatKw = Number.NaN } = building.read().readings
      expect(energyKwh % 1).toBe(0)
      expect(heatKw).toBeCloseTo((energyKwh - register) * 4, 3)
      expect(building.truth().energyKwh - (energyKwh - first)).toBeGreaterThanOrEqual(0)
      expect(building.truth().energyKwh - (energyKwh - first)).toBeLessThan(1)
      register = energyKwh
    }
  })

  it('has rooms in tenths, off by a lasting bias of at most 0.3 K and a little noise', () => {
    const building = createBuilding(district[0], LAPPEENRANTA)
    const errors = new Map<string, number[]>()
    for (let i = 0; i < 100; i++) {
      runFor(building, 15, januaryWeather)
      const { zoneC } = building.truth()
      const zones = building.read().readings.zones ?? {}
      district[0].zones.forEach((zone, z) => {
        const sensed = zones[zone.id]?.indoorC
        if (sensed === undefined) return
        expect(Math.abs(sensed * 10 - Math.round(sensed * 10))).toBeLessThan(1e-9)
        errors.set(zone.id, [...(errors.get(zone.id) ?? []), sensed - zoneC[z]])
      })
    }
    for (const zone of district[0].zones) {
      const list = errors.get(zone.id) ?? []
      expect(list.reduce((sum, error) => sum + error, 0) / list.length).toBeCloseTo(zone.sensorBiasK, 1)
      expect(Math.max(...list) - Math.min(...list)).toBeLessThan(0.6)
      expect(Math.abs(zone.sensorBiasK)).toBeLessThanOrEqual(0.3)
    }
  })

  it('misses a room now and then, an hour at a time', () => {
    let [missed, asked] = [0, 0]
    for (const spec of district) {
      const building = createBuilding(spec, LAPPEENRANTA)
      for (let hour = 0; hour < 72; hour++) {
        runFor(building, 60, januaryWeather)
        const seen = Object.keys(building.read().readings.zones ?? {}).length
        asked += spec.zones.length
        missed += spec.zones.length - seen
      }
    }
    expect(missed / asked).toBeGreaterThan(0.0002)
    expect(missed / asked).toBeLessThan(0.008)
  })

  it('says nothing of rooms where there is only a meter', () => {
    const [spec] = drawFleet({ seed: 1, count: 1, mix: { 'concrete-block': 1 }, meterOnlyShare: 1 })
    const building = createBuilding(spec, LAPPEENRANTA)
    runFor(building, 15, januaryWeather)
    expect(building.read().readings).not.toHaveProperty('zones')
    expect(building.read().readings).not.toHaveProperty('indoorC')
  })

  it('gives no power for an interval of no length', () => {
    const building = createBuilding(district[0], LAPPEENRANTA)
    runFor(building, 15, januaryWeather)
    building.read()
    expect(building.read()).toMatchObject({ intervalS: 0, readings: { heatKw: undefined } })
  })
})
