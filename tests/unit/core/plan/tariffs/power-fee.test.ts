import { describe, expect, it } from 'vitest'
import type { PowerFee } from '../../../../../src/core/domain/tariff.ts'
import { billedPeakKw, countedBesideKw, powerFeeEur } from '../../../../../src/core/plan/tariffs/power-fee.ts'

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

describe('what counts beside space heat', () => {
  const besideKw = heatKw.map((_, k) => (k % 96 < 8 ? 20 : 5))
  const meanOf = (values: Float64Array) => values.reduce((sum, kw) => sum + kw, 0) / values.length

  it('is what the same meter sees, where the hour counts', () => {
    expect(countedBesideKw(hourly, load, besideKw)).toBe(besideKw)
  })

  it('makes heat as the curve has it count by its day’s mean, where the day counts', () => {
    const counted = countedBesideKw(daily, load, besideKw)
    const days = [0, 96].map((k) => {
      return meanOf(heatKw.subarray(k, k + 96)) + meanOf(besideKw.subarray(k, k + 96))
    })
    counted.forEach((kw, k) => {
      expect(heatKw[k]! + kw).toBeCloseTo(days[k < 96 ? 0 : 1]!, 9)
    })
  })

  it('never makes a day count for less than is billed, however a plan spreads its heat', () => {
    const counted = countedBesideKw(daily, load, besideKw)
    for (let seed = 1; seed <= 20; seed++) {
      const planKw = heatKw.map((kw, k) => kw * (1 + 0.5 * Math.sin(seed * (k + 1))))
      const most = planKw.reduce((peak, kw, k) => Math.max(peak, kw + counted[k]!), 0)
      const billed = billedPeakKw(daily, { ...load, heatKw: planKw.map((kw, k) => kw + besideKw[k]!) })
      expect(most).toBeGreaterThanOrEqual(billed - 1e-9)
    }
  })

  it('is no number of a plan’s that a month without a fee could spoil', () => {
    const counted = countedBesideKw({ ...daily, months: [7] }, load, besideKw)
    expect(counted.every((kw, k) => kw === -heatKw[k]!)).toBe(true)
  })
})
