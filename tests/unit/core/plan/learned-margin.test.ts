import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import {
  type LearnedMargin,
  learnFromMiss,
  learnStray,
  marginK,
  NEW_MARGIN,
} from '../../../../src/core/plan/learned-margin.ts'

/** Weeks of a level that swings by `swingK` every four hours. */
function strayed(swingK: number): LearnedMargin {
  let margin = NEW_MARGIN
  for (let h = 0; h < 2000; h++) {
    const c = 21 + (Math.floor(h / 4) % 2) * swingK
    margin = learnStray(margin, h * HOUR_MS, c)
  }
  return margin
}

describe('the margin above the lower edge', () => {
  it('begins where the prior has it', () => {
    expect(marginK(NEW_MARGIN)).toBeCloseTo(0.35, 9)
  })

  it('is small in a calm building and large in one that strays', () => {
    expect(marginK(strayed(0))).toBeCloseTo(0.15, 2)
    expect(marginK(strayed(0.3))).toBeCloseTo(0.45, 2)
  })

  it('does not take a gap for a stray', () => {
    const before = learnStray(NEW_MARGIN, 0, 21)
    const after = learnStray(before, 40 * HOUR_MS, 15)
    expect(after.strayK2).toBe(NEW_MARGIN.strayK2)
  })

  it('comes to rest where one quarter-hour in two hundred is under the edge', () => {
    // A level that lies evenly within ±0.5 K about what is planned.
    let margin: LearnedMargin = NEW_MARGIN
    let misses = 0
    const slots = 40_000
    for (let k = 0; k < slots; k++) {
      const strayK = ((k * 0.618_033_988_75) % 1) - 0.5
      const isUnder = strayK + marginK(margin) < 0
      if (isUnder && k >= slots / 2) misses++
      margin = learnFromMiss(margin, isUnder)
    }
    expect(misses / (slots / 2)).toBeGreaterThan(0.0025)
    expect(misses / (slots / 2)).toBeLessThan(0.0075)
    expect(marginK(margin)).toBeGreaterThan(0.4)
  })

  it('stays within its bounds, and comes back at once', () => {
    let margin: LearnedMargin = NEW_MARGIN
    for (let k = 0; k < 500; k++) margin = learnFromMiss(margin, true)
    expect(marginK(margin)).toBeCloseTo(0.8, 9)
    for (let k = 0; k < 40_000; k++) margin = learnFromMiss(margin, false)
    expect(marginK(margin)).toBeCloseTo(0.15, 9)
    expect(marginK(learnFromMiss(margin, true))).toBeGreaterThan(0.19)
  })
})
