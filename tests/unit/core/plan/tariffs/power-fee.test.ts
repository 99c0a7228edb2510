import { describe, expect, it } from 'vitest'
import type { PowerFee } from '../../../../../src/core/domain/tariff.ts'
import { billedPeakKw, powerEurPerKwh, powerFeeEur } from '../../../../../src/core/plan/tariffs/power-fee.ts'

const timeZone = 'Europe/Helsinki'
// Midnight of Monday 8 January 2024 in Helsinki.
const start = Date.parse('2024-01-07T22:00:00Z')
// Helen XL: 7.65 EUR/kW a month on the largest daily mean.
const daily: PowerFee = { on: 'day', eurPerKwMonth: 7.65, billedMonths: 12, peakSoFarKw: 0 }
const hourly: PowerFee = { ...daily, on: 'hour' }

/** Two days: 100 kW, and 140 kW from 7 to 9 of the second. */
const heatKw = Float64Array.from({ length: 192 }, (_, k) => (k >= 96 + 28 && k < 96 + 36 ? 140 : 100))
const load = { start, heatKw, timeZone }

describe('a fee on power', () => {
  it.each([
    { name: 'the largest hour', fee: hourly, kw: 140 },
    { name: 'the largest mean of a day', fee: daily, kw: 100 + (40 * 2) / 24 },
    { name: 'no hour of a month that does not count', fee: { ...hourly, months: [11, 12] }, kw: 0 },
  ])('is charged on $name', ({ fee, kw }) => {
    expect(billedPeakKw(fee, load)).toBeCloseTo(kw, 9)
    expect(powerFeeEur(fee, load)).toBeCloseTo((kw * 7.65 * 2) / (365.25 / 12), 6)
  })

  it('goes on for the peak that is billed already', () => {
    expect(powerFeeEur({ ...hourly, peakSoFarKw: 200 }, load)).toBeCloseTo(
      (200 * 7.65 * 2) / (365.25 / 12),
      6,
    )
  })
})

describe('its slope, for planning', () => {
  it('is one price within a day where the day’s mean counts: shifting within it earns nothing', () => {
    const price = powerEurPerKwh(daily, load)
    expect(new Set(price.subarray(0, 96)).size).toBe(1)
    expect(new Set(price.subarray(96)).size).toBe(1)
    expect(price[96]).toBeGreaterThan(price[0]!)
  })

  it('makes the peak’s hours dear where the hour counts', () => {
    const price = powerEurPerKwh(hourly, load)
    expect(price[96 + 28]).toBeGreaterThan(10 * price[0]!)
    // Together the hours carry no more than the fee of a kilowatt for as long as it is billed.
    const worth = price.reduce((sum, eur) => sum + eur * 0.25, 0)
    expect(worth).toBeLessThanOrEqual(7.65 * 12)
    expect(worth).toBeGreaterThan(0.9 * 7.65 * 12)
  })

  it('is what the bill changes by, where one hour stands out', () => {
    const alone = Float64Array.from({ length: 96 }, (_, k) => (k >= 28 && k < 32 ? 300 : 60))
    const price = powerEurPerKwh(hourly, { start, heatKw: alone, timeZone })
    const more = alone.map((kw, k) => (k === 30 ? kw + 4 : kw))
    const risen = billedPeakKw(hourly, { start, heatKw: more, timeZone }) - 300
    expect(price[30]! * 4 * 0.25).toBeCloseTo(risen * 7.65 * 12, 0)
  })

  it('is next to nothing while the billed peak is far away', () => {
    const price = powerEurPerKwh({ ...hourly, peakSoFarKw: 400 }, load)
    expect(Math.max(...price)).toBeLessThan(0.001)
  })

  it('is nothing for a building that takes no heat', () => {
    expect(powerEurPerKwh(hourly, { start, heatKw: new Float64Array(8), timeZone })).toEqual(
      new Float64Array(8),
    )
  })
})
