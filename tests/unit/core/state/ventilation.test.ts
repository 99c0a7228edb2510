import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { Readings } from '../../../../src/core/domain/telemetry.ts'
import type { Belief, VentilationBelief } from '../../../../src/core/state/belief.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { splitHeat } from '../../../../src/core/state/split-heat.ts'
import { learnVentilation, ventilationKw } from '../../../../src/core/state/ventilation.ts'
import { weekHour } from '../../../../src/core/thermal/week-profile.ts'
import { block } from './pretend.ts'

const building = parseBuildingId('b-1')!
const MONDAY = Date.UTC(2026, 0, 5)
const past = { totalKw: null, spaceKw: null, hotWaterKw: null, source: 'none', at: 0 } as const

describe('heat of air handling', () => {
  it.each([
    { of: 'its own meter', readings: { heatKw: 100, ventHeatKw: 30 }, ventKw: 30 },
    { of: 'what the other meters leave', readings: { heatKw: 100, spaceHeatKw: 50, dhwKw: 15 }, ventKw: 35 },
    { of: 'no meter that tells it', readings: { heatKw: 100, dhwKw: 15 }, ventKw: undefined },
    { of: 'no whole to leave it of', readings: { spaceHeatKw: 50, dhwKw: 15 }, ventKw: undefined },
  ])('is $ventKw kW by $of', ({ readings, ventKw }: { readings: Readings; ventKw: number | undefined }) => {
    const sample = { building, at: MONDAY, intervalS: 900, readings }
    expect(splitHeat(past, sample, 10).ventKw).toBe(ventKw)
  })

  it('is learned by the hour of the week and follows the cold', () => {
    let ventilation: VentilationBelief | undefined
    for (let hour = 0; hour < 21 * 24; hour++) {
      const hour168 = weekHour(MONDAY + hour * HOUR_MS, 'UTC')
      const isOpen = hour168 < 5 * 24 && hour168 % 24 >= 6 && hour168 % 24 < 16
      ventilation = learnVentilation(ventilation, hour168, isOpen ? 56 : 0, -10)
    }
    const belief: Belief = { ...newBelief(block, 0), ventilation }
    const kwAt = (hours: number, outdoorC: number) =>
      ventilationKw(belief, outdoorC, { at: MONDAY + hours * HOUR_MS, timeZone: 'UTC' })
    expect(kwAt(10, -10)).toBeCloseTo(56, -1)
    expect(kwAt(10, 4)).toBeCloseTo(28, -1)
    expect(kwAt(10, 25)).toBe(0)
    expect(kwAt(22, -10)).toBeLessThan(3)
    expect(kwAt(5 * 24 + 10, -10)).toBeLessThan(20)
  })

  it('is nothing where nobody told', () => {
    expect(ventilationKw(newBelief(block, 0), -20, { at: MONDAY, timeZone: 'UTC' })).toBe(0)
  })
})
