import { describe, expect, it } from 'vitest'
import { configuredBuildings, parseConfig } from '../../../src/config.ts'
import type { MemberOutlook } from '../../../src/controller/plan-member.ts'
import { yieldToHotWater } from '../../../src/controller/yield-to-hot-water.ts'
import { HOUR_MS } from '../../../src/core/domain/instant.ts'
import type { Belief } from '../../../src/core/state/belief.ts'
import { hotWaterKw } from '../../../src/core/state/hot-water.ts'
import { newBelief } from '../../../src/core/state/new-belief.ts'
import { productConfig } from '../../fixtures/product.ts'

const parsed = parseConfig(productConfig(['b-1']))
if (!parsed.ok) throw new Error('the configuration of this test is wrong')
const building = configuredBuildings(parsed.config)[0]!
const MIDNIGHT = Date.UTC(2026, 0, 14)
const N = 96
const flat = (value: number) => new Float64Array(N).fill(value)

const own: MemberOutlook = {
  start: MIDNIGHT,
  timeZone: 'UTC',
  outdoorC: flat(-5),
  solarWm2: flat(0),
  eurPerKwh: flat(0.1),
  curveHeatKw: flat(100),
  kwPerKUp: flat(4),
  kwPerKDown: flat(4),
  minHeatKw: flat(20),
  maxHeatKw: flat(150),
  hotWaterPeak: false,
}

function believing(coldestC: number | null): Belief {
  const belief = newBelief(building, MIDNIGHT)
  return { ...belief, comfort: { ...belief.comfort, coldestC } }
}

describe('room heating while hot water peaks', () => {
  it('gives up what hot water takes above its mean, in the hours of showers alone', () => {
    const belief = believing(21)
    const { maxHeatKw } = yieldToHotWater(belief, own, 20)
    const lowered = Array.from(maxHeatKw, (kw, k) => (kw < 150 ? k / 4 : -1)).filter((hour) => hour >= 0)
    expect([Math.min(...lowered), Math.max(...lowered)]).toEqual([7, 8.75])
    const mean = belief.hotWater.profileKw.reduce((sum, kw) => sum + kw, 0) / belief.hotWater.profileKw.length
    expect(maxHeatKw[28]).toBeCloseTo(100 - (hotWaterKw(belief, MIDNIGHT + 7 * HOUR_MS, 'UTC') - mean), 6)
  })

  it('is never asked below what the actuator can take away', () => {
    const { maxHeatKw } = yieldToHotWater(believing(21), { ...own, minHeatKw: flat(99) }, 20)
    expect(Math.min(...maxHeatKw)).toBe(99)
  })

  it.each([{ coldestC: 19.9 }, { coldestC: null }])(
    'does not yield where the coldest room is at $coldestC',
    ({ coldestC }) => {
      expect(yieldToHotWater(believing(coldestC), own, 20).maxHeatKw).toEqual(own.maxHeatKw)
    },
  )

  it('is told as the reason while it lasts', () => {
    const peakAt = (hour: number) => ({ ...own, start: MIDNIGHT + hour * HOUR_MS })
    expect(yieldToHotWater(believing(21), peakAt(7), 20).hotWaterPeak).toBe(true)
    expect(yieldToHotWater(believing(21), peakAt(14), 20).hotWaterPeak).toBe(false)
  })
})
