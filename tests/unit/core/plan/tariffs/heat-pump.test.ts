import { describe, expect, it } from 'vitest'
import type { HeatPumpTariff } from '../../../../../src/core/domain/tariff.ts'
import { buildingCop, heatPumpEurPerKwh } from '../../../../../src/core/plan/tariffs/heat-pump.ts'

const rated: HeatPumpTariff = {
  kind: 'heat-pump',
  feeEurPerMwh: 0,
  copByOutdoorC: [
    { outdoorC: -7, cop: 2.8, supplyC: 35 },
    { outdoorC: 7, cop: 4.2, supplyC: 35 },
  ],
}
const terms = { defrostLossRatio: 0, backupEfficiency: 0.95, minRunMinutes: 0, minOffMinutes: 0 }

describe('a building’s heat pump', () => {
  // Carnot's limit goes with (supply + 273.15)/(supply − outdoor): at −7 °C 308.15/42 for 35 °C, 328.15/62 for 55 °C.
  it.each([
    { outdoorC: -7, supplyC: 35, cop: 2.8 },
    { outdoorC: -7, supplyC: 55, cop: (2.8 * (328.15 / 62)) / (308.15 / 42) },
    { outdoorC: 0, supplyC: 35, cop: 3.5 },
    { outdoorC: 7, supplyC: 28, cop: (4.2 * (301.15 / 21)) / (308.15 / 28) },
    // A heating rod is never worse than one.
    { outdoorC: -40, supplyC: 90, cop: Math.max(1, (2.8 * (363.15 / 130)) / (308.15 / 75)) },
  ])('gives $cop at $outdoorC °C outdoors and $supplyC °C of supply', ({ outdoorC, supplyC, cop }) => {
    expect(buildingCop(rated, outdoorC, supplyC)).toBeCloseTo(cop, 9)
  })

  it('holds at its own curve where no supply temperature is named', () => {
    const plain = { ...rated, copByOutdoorC: [{ outdoorC: 0, cop: 3 }] }
    expect(buildingCop(plain, -10, 60)).toBe(3)
  })

  it('loses to defrosting around 0 °C and nowhere else', () => {
    const frosty = { ...rated, pump: { ...terms, defrostLossRatio: 0.14 } }
    const kept = [-12, -7, -3.5, 0, 3.5, 7].map((c) => buildingCop(frosty, c, 35) / buildingCop(rated, c, 35))
    expect(kept).toEqual([1, 1, 0.93, 0.86, 0.93, 1].map((ratio) => expect.closeTo(ratio, 9)))
  })

  it('asks for the backup’s electricity beyond its capacity', () => {
    const small = {
      ...rated,
      pump: {
        ...terms,
        capacity: [
          { outdoorC: -20, kw: 40 },
          { outdoorC: 0, kw: 60 },
        ],
      },
    }
    const at = (loadKw: number) =>
      heatPumpEurPerKwh(small, {
        at: 0,
        spotEurPerMwh: 95,
        outdoorC: -10,
        supplyC: 35,
        loadKw,
        timeZone: 'UTC',
      })
    expect(at(51)).toBeCloseTo(0.1, 9)
    expect(at(49)).toBeCloseTo(0.095 / buildingCop(rated, -10, 35), 9)
  })
})
