import { describe, expect, it } from 'vitest'
import type { Tariff } from '../../../../../src/core/domain/tariff.ts'
import { bill, type Metered } from '../../../../../src/core/plan/tariffs/bill.ts'
import { planningEurPerKwh } from '../../../../../src/core/plan/tariffs/planning-price.ts'
import { whoGains } from '../../../../../src/core/plan/tariffs/who-gains.ts'

const timeZone = 'Europe/Helsinki'
const start = Date.parse('2024-01-07T22:00:00Z')
const slots = 96
const level = (value: number) => new Float64Array(slots).fill(value)

/** A day at 100 kW and 2 m³/h that come back at 45 °C. */
const metered: Metered = {
  start,
  timeZone,
  heatKw: level(100),
  primary: { flowM3h: level(2), flowReturn: level(90) },
  spotEurPerMwh: level(60),
  outdoorC: level(-5),
  supplyC: level(50),
}
const full: Tariff = {
  kind: 'flat',
  eurPerMwh: 80,
  powerFee: { on: 'day', eurPerKwMonth: 6, billedMonths: 12, peakSoFarKw: 0 },
  returnFee: { neutralC: 50, bandK: 0, percentPerK: 1, mostPercent: 20 },
  flowFee: { eurPerM3: 0.1 },
}

describe('a bill', () => {
  it('has energy, power, return and flow as parts', () => {
    const parts = bill(full, metered)
    expect(parts.energyEur).toBeCloseTo(2400 * 0.08, 9)
    expect(parts.powerEur).toBeCloseTo((600 * 12) / 365.25, 9)
    expect(parts.returnEur).toBeCloseTo(-0.05 * 192, 9)
    expect(parts.flowEur).toBeCloseTo(4.8, 9)
    expect(parts.totalEur).toBeCloseTo(192 + 7200 / 365.25 - 9.6 + 4.8, 9)
    expect(parts.billedPeakKw).toBeCloseTo(100, 9)
  })

  it('is for electricity where a heat pump of the building makes the heat', () => {
    const tariff: Tariff = { kind: 'heat-pump', feeEurPerMwh: 40, copByOutdoorC: [{ outdoorC: 0, cop: 3 }] }
    expect(bill(tariff, { ...metered, electricKw: level(40) }).totalEur).toBeCloseTo(960 * 0.1, 9)
    expect(bill(tariff, metered).totalEur).toBeCloseTo((2400 * 0.1) / 3, 9)
  })

  it('charges nothing for what nobody metered', () => {
    expect(bill(full, { ...metered, primary: undefined })).toMatchObject({ returnEur: 0, flowEur: 0 })
  })
})

describe('the price that plans go by', () => {
  const ahead = {
    start,
    timeZone,
    spotEurPerMwh: level(60),
    outdoorC: level(-5),
    supplyC: level(50),
    loadKw: level(100),
  }

  it('adds the slopes of all fees to the price of energy, but that on power, which is none of an hour', () => {
    const primary = { supplyC: 95, returnC: 45 }
    const price = planningEurPerKwh(full, { ...ahead, primary })
    expect(price[10]).toBeCloseTo(0.08 * 0.95 + 0.1 / 58.15, 2)
  })

  it('is the bill’s change for one more kilowatt-hour of energy', () => {
    const tariff: Tariff = { kind: 'spot', feeEurPerMwh: 12 }
    const more = { ...metered, heatKw: metered.heatKw.map((kw, k) => (k === 7 ? kw + 4 : kw)) }
    const change = bill(tariff, more).totalEur - bill(tariff, metered).totalEur
    expect(planningEurPerKwh(tariff, ahead)[7]).toBeCloseTo(change, 9)
  })

  it('holds what the emissions of electricity are charged, through the heat pump too', () => {
    const carbonEurPerMwh = level(9)
    const tariff: Tariff = { kind: 'heat-pump', feeEurPerMwh: 0, copByOutdoorC: [{ outdoorC: 0, cop: 3 }] }
    expect(planningEurPerKwh(tariff, { ...ahead, carbonEurPerMwh })[0]).toBeCloseTo(0.023, 9)
    const district: Tariff = { kind: 'flat', eurPerMwh: 80 }
    expect(planningEurPerKwh(district, { ...ahead, carbonEurPerMwh })[0]).toBeCloseTo(0.08, 9)
  })
})

describe('who gains', () => {
  it.each([
    // Shaved within the day under a fee on the day's mean: production is cheaper, the bill is not.
    { after: { productionEur: 900, billsEur: 2000 }, gains: [100, 100, 0, 'utility'] },
    { after: { productionEur: 900, billsEur: 1960 }, gains: [100, 60, 40, 'both'] },
    // The bill falls by more than production does: the utility pays for it.
    { after: { productionEur: 990, billsEur: 1900 }, gains: [10, -90, 100, 'owner'] },
    { after: { productionEur: 1000, billsEur: 2000 }, gains: [0, 0, 0, 'nobody'] },
  ])('says $gains.3 of $after', ({ after, gains }) => {
    const { togetherEur, utilityEur, ownerEur, gainer } = whoGains(
      { productionEur: 1000, billsEur: 2000 },
      after,
    )
    expect([togetherEur, utilityEur, ownerEur, gainer]).toEqual(gains)
  })
})
