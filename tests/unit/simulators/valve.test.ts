import { describe, expect, it } from 'vitest'
import { valveFlowRatio, valveOpening } from '../../../simulators/valve.ts'

const valve = { settingC: 21, bandK: 2, lagMin: 20, stuckAtRatio: null }

describe('a thermostatic valve', () => {
  it.each([
    { feltC: 18, opening: 1 },
    { feltC: 20, opening: 1 },
    { feltC: 20.5, opening: 0.75 },
    { feltC: 21, opening: 0.5 },
    { feltC: 21.8, opening: 0.1 },
    { feltC: 22, opening: 0 },
    { feltC: 25, opening: 0 },
  ])('stands at $opening at $feltC °C', ({ feltC, opening }) => {
    expect(valveOpening(valve, feltC)).toBeCloseTo(opening, 9)
  })

  it.each([15, 21, 27])('stays where it is stuck at %d °C', (feltC) => {
    expect(valveOpening({ ...valve, stuckAtRatio: 0.7 }, feltC)).toBe(0.7)
  })

  it('lets through more than its share of the stroke, nothing when shut and all when open', () => {
    expect(valveFlowRatio(0)).toBe(0)
    expect(valveFlowRatio(1)).toBeCloseTo(1, 12)
    for (const opening of [0.1, 0.3, 0.5, 0.9]) expect(valveFlowRatio(opening)).toBeGreaterThan(opening)
  })
})
