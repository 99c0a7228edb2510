import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { planBuilding } from '../../../../src/core/plan/plan-building.ts'
import type { PlanJob } from '../../../../src/core/plan/plan-job.ts'

const N = 192
const workspace = createWorkspace(N)
const flat = (value: number) => new Float64Array(N).fill(value)
/** Hot water in the mornings, and heat that is dear by day. */
const besideKw = flat(4).map((kw, k) => (k % 96 >= 26 && k % 96 < 34 ? 40 : kw))
const eurPerKwh = flat(0.06).map((eur, k) => (k % 96 >= 24 && k % 96 < 80 ? 0.12 : eur))

function job(change: Partial<PlanJob> = {}): PlanJob {
  return {
    building: parseBuildingId('b-1')!,
    madeAt: 0,
    start: 0,
    model: {
      airKwhPerK: 11,
      massKwhPerK: 400,
      couplingKwPerK: 80,
      airLossKwPerK: 2.4,
      massLossKwPerK: 1.6,
      apertureM2: 60,
      gainsKw: 12,
      heatToAirRatio: 0.65,
    },
    airC: 20.6,
    massC: 20.3,
    heatKw: 90,
    outdoorC: flat(-8),
    solarWm2: flat(0),
    gainsKw: flat(0),
    eurPerKwh,
    curveHeatKw: flat(100),
    minHeatKw: flat(10),
    maxHeatKw: flat(180),
    minC: flat(20.1),
    maxC: flat(22.5),
    warmEurPerKh: 3,
    earlierKw: undefined,
    rateKw: 90,
    ...change,
  }
}

const peakKw = (heatKw: Float64Array) => heatKw.reduce((most, kw, k) => Math.max(most, kw + besideKw[k]!), 0)

describe('a fee on the largest hour', () => {
  const fee = { eurPerKw: 90, soFarKw: 0, besideKw }
  const without = planBuilding(job(), workspace)
  const withFee = planBuilding(job({ powerFee: fee }), workspace)

  it('spreads heat about hot water, as evenly as the rooms allow', () => {
    expect(withFee.outcome).toBe('solved')
    expect(peakKw(withFee.heatKw)).toBeLessThan(0.75 * peakKw(without.heatKw))
    // What is left of the peak is needed: the mean of all heat is hardly below it.
    const mean = withFee.heatKw.reduce((sum, kw, k) => sum + (kw + besideKw[k]!) / N, 0)
    expect(peakKw(withFee.heatKw)).toBeLessThan(1.15 * mean)
  })

  it('never buys a cold room, however high it is', () => {
    for (const eurPerKw of [90, 900, 20_000]) {
      const { underKh, gap } = planBuilding(job({ powerFee: { ...fee, eurPerKw } }), workspace)
      expect(underKh).toBeLessThanOrEqual(without.underKh + 0.05)
      expect(gap).toBeLessThan(1e-3)
    }
  })

  it('is felt only beyond the peak that is billed already', () => {
    const far = planBuilding(job({ powerFee: { ...fee, soFarKw: 400 } }), workspace)
    const differences = far.heatKw.map((kw, k) => Math.abs(kw - without.heatKw[k]!))
    expect(Math.max(...differences)).toBeLessThan(2)
    const near = planBuilding(job({ powerFee: { ...fee, soFarKw: 130 } }), workspace)
    expect(peakKw(near.heatKw)).toBeLessThan(131)
    expect(peakKw(near.heatKw)).toBeGreaterThan(peakKw(withFee.heatKw))
  })
})
