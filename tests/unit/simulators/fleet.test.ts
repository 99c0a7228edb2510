import { describe, expect, it } from 'vitest'
import { drawFleet, installerView } from '../../../simulators/fleet.ts'
import { parseBuildingId } from '../../../src/core/domain/building-id.ts'

const terms = { comfort: { minC: 20, maxC: 23 }, tariff: { kind: 'spot', feeEurPerMwh: 0 } } as const

describe('a drawn fleet', () => {
  it('is the same for the same seed, another for another, and plain data', () => {
    const fleet = drawFleet({ seed: 5, count: 20 })
    expect(drawFleet({ seed: 5, count: 20 })).toEqual(fleet)
    expect(drawFleet({ seed: 6, count: 20 })).not.toEqual(fleet)
    expect(JSON.parse(JSON.stringify(fleet))).toEqual(fleet)
  })

  it('keeps the shares of its mix to one building, with ids a topic can bear', () => {
    const fleet = drawFleet({ seed: 5, count: 20 })
    const count = (kind: string) => fleet.filter((spec) => spec.kind === kind).length
    expect(count('concrete-block')).toBe(10)
    expect(count('row-house')).toBe(3)
    expect(count('heat-pump-block')).toBe(2)
    expect(new Set(fleet.map((spec) => spec.id)).size).toBe(20)
    for (const spec of fleet) expect(parseBuildingId(spec.id)).toBe(spec.id)
  })

  it('stays within what such buildings are', () => {
    for (const spec of drawFleet({ seed: 9, count: 60 })) {
      expect(spec.floorAreaM2).toBeGreaterThanOrEqual(790)
      expect(spec.floorAreaM2).toBeLessThanOrEqual(8010)
      expect(spec.zones.length).toBeGreaterThanOrEqual(6)
      expect(spec.zones.length).toBeLessThanOrEqual(14)
      const supplies = spec.substation.curve.map((point) => point.supplyC)
      expect(supplies).toEqual([...supplies].sort((a, b) => b - a))
      expect(supplies[0]).toBeLessThanOrEqual(spec.substation.supplyMaxC + 6)
    }
  })

  it('stands on its branches by their shares, the same buildings as without', () => {
    const fleet = drawFleet({ seed: 5, count: 20, branches: { north: 3, south: 1 } })
    const blocksOn = (name: string) =>
      fleet.filter(({ kind, branch }) => kind === 'concrete-block' && branch === name).length
    expect([blocksOn('north'), blocksOn('south')]).toEqual([8, 2])
    expect(fleet.every(({ branch }) => branch === 'north' || branch === 'south')).toBe(true)
    expect(fleet.map(({ branch: _, ...spec }) => spec)).toEqual(drawFleet({ seed: 5, count: 20 }))
    expect(installerView(fleet[0]!, terms).branch).toBe(fleet[0]?.branch)
  })

  it('has as many zones as asked, and meters without indoor sensors only where asked', () => {
    const mix = { 'concrete-block': 1 }
    expect(drawFleet({ seed: 1, count: 4, zones: 3 }).every((spec) => spec.zones.length === 3)).toBe(true)
    const blind = (meterOnlyShare?: number) =>
      drawFleet({ seed: 1, count: 20, mix, meterOnlyShare }).filter((spec) => !spec.sensors.hasIndoor).length
    expect([blind(), blind(0.1), blind(1)]).toEqual([0, 2, 20])
  })

  it('has very heavy blocks among its concrete ones, and none elsewhere', () => {
    const fleet = drawFleet({ seed: 4, count: 200 })
    const heavy = fleet.filter((spec) => spec.isHeavy)
    expect(heavy.length).toBeGreaterThan(10)
    expect(heavy.length).toBeLessThan(45)
    expect(heavy.every((spec) => spec.kind === 'concrete-block')).toBe(true)
  })
})

describe('the installer', () => {
  it('writes down what he can see, and no model', () => {
    const spec = drawFleet({ seed: 5, count: 1 })[0]
    const building = installerView(spec, terms)
    expect(building).toMatchObject({
      id: spec.id,
      kind: spec.kind,
      floorAreaM2: spec.floorAreaM2,
      comfort: terms.comfort,
      curve: spec.substation.curve,
      actuator: { kind: 'supplyOffsetK', min: -20, max: 10, step: 0.5, deadband: 1, writesPerDay: 12 },
      hasIndoorSensor: true,
    })
    expect(building.model).toBeUndefined()
    expect(building.maxHeatKw / building.floorAreaM2).toBeGreaterThan(0.04)
    expect(building.maxHeatKw / building.floorAreaM2).toBeLessThan(0.12)
  })
})
