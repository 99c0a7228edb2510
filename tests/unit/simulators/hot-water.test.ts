import { describe, expect, it } from 'vitest'
import { streamKey } from '../../../simulators/chance.ts'
import { expectedDrawKw, noShowers, stepHotWater } from '../../../simulators/hot-water.ts'

const key = streamKey(3, 'hot-water')

function drawsKw(expectedKw: number, minutes: number): number[] {
  const state = { showers: noShowers(), drawKw: 0 }
  return Array.from({ length: minutes }, (_, minute) => {
    stepHotWater(state, expectedKw, key, minute)
    return state.drawKw
  })
}

describe('hot water', () => {
  it('adds up to its daily heat over a week, more at the weekend', () => {
    let week = 0
    for (let hour = 0; hour < 168; hour++) week += expectedDrawKw(100, Math.floor(hour / 24), hour % 24)
    expect(week).toBeCloseTo(700, 6)
    expect(expectedDrawKw(100, 6, 7)).toBeGreaterThan(expectedDrawKw(100, 0, 7))
  })

  it('peaks at seven in the morning, at twice the mean', () => {
    const day = Array.from({ length: 24 }, (_, hour) => expectedDrawKw(24, 0, hour))
    expect(day.indexOf(Math.max(...day))).toBe(7)
    expect(Math.max(...day)).toBeGreaterThan(1.8)
  })

  it('draws the expected heat in the mean, in pulses much larger than it', () => {
    const draws = drawsKw(6, 40_000)
    const mean = draws.reduce((sum, kw) => sum + kw, 0) / draws.length
    expect(Math.abs(mean - 6)).toBeLessThan(0.3)
    expect(draws.filter((kw) => kw === 0).length).toBeGreaterThan(20_000)
    expect(Math.max(...draws)).toBeGreaterThan(40)
  })

  it('showers last six minutes', () => {
    const draws = drawsKw(0.4, 20_000)
    const starts = draws.flatMap((kw, i) => (kw === 22 && draws[i - 1] === 0 ? [i] : []))
    expect(starts.length).toBeGreaterThan(10)
    const alone = starts.filter((i) => draws[i + 6] === 0)
    for (const i of alone) expect(Math.min(...draws.slice(i, i + 6))).toBeGreaterThanOrEqual(22)
  })
})
