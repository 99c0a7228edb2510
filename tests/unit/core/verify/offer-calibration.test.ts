import { describe, expect, it } from 'vitest'
import { hashedNormal } from '../../../../src/core/domain/chance.ts'
import {
  calibrated,
  calibrationFactor,
  type OfferCalibration,
  PRIOR_CALIBRATION,
} from '../../../../src/core/verify/offer-calibration.ts'

function after(deviations: readonly number[]): OfferCalibration {
  return deviations.reduce(calibrated, PRIOR_CALIBRATION)
}
const factor = (deviations: readonly number[]) => calibrationFactor(after(deviations))

/** Orders whose deliveries scatter so many times as widely as was expected, about what was aimed at. */
const scattered = (times: number, count: number) =>
  Array.from({ length: count }, (_, k) => times * hashedNormal(7, k))

describe('how sure offers are, learned from what was delivered', () => {
  it('starts from what the models say', () => {
    expect(calibrationFactor(PRIOR_CALIBRATION)).toBe(1)
  })

  it.each([0.6, 1, 1.6, 2.2])('finds the scatter of a thousand orders: %d times the expected', (times) => {
    expect(factor(scattered(times, 1000)) / times).toBeCloseTo(1, 0)
    expect(Math.abs(factor(scattered(times, 1000)) / times - 1)).toBeLessThan(0.25)
  })

  it('is moved by one order, however it failed, by less than a fifth', () => {
    for (const wild of [-2, -50, -1e12]) {
      expect(factor([wild])).toBeGreaterThan(1)
      expect(factor([wild])).toBeLessThan(1.2)
      const usual = scattered(1, 40)
      expect(factor([...usual, wild]) / factor(usual)).toBeLessThan(1.2)
    }
  })

  it('widens the margin while orders go on falling short, and narrows it while they do not', () => {
    const short = [5, 10, 20].map((count) => factor(Array<number>(count).fill(-2)))
    const more = [5, 10, 20].map((count) => factor(Array<number>(count).fill(0.5)))
    expect(short).toEqual([...short].sort((a, b) => a - b))
    expect(more).toEqual([...more].sort((a, b) => b - a))
    expect(short[0]).toBeGreaterThan(1)
    expect(more[0]).toBeLessThan(1)
  })

  it('never promises on less than half of the expected doubt, nor demands more than three times it', () => {
    expect(factor(Array<number>(5000).fill(9))).toBe(0.5)
    expect(factor(Array<number>(5000).fill(-90))).toBe(3)
  })

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])('learns nothing of %d', (deviations) => {
    expect(calibrated(PRIOR_CALIBRATION, deviations)).toBe(PRIOR_CALIBRATION)
  })
})
