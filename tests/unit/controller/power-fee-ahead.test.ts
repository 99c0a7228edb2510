import { describe, expect, it } from 'vitest'
import { configuredBuildings, parseConfig } from '../../../src/config.ts'
import { besideSpaceHeat } from '../../../src/controller/member-demand.ts'
import { withPowerFee } from '../../../src/controller/power-fee-ahead.ts'
import type { PowerFee } from '../../../src/core/domain/tariff.ts'
import type { PlanJob } from '../../../src/core/plan/plan-job.ts'
import { newBelief } from '../../../src/core/state/new-belief.ts'
import { newTimeline } from '../../../src/core/state/timeline.ts'
import { productConfig } from '../../fixtures/product.ts'

const parsed = parseConfig(productConfig(['b-1']))
if (!parsed.ok) throw new Error('the configuration of this test is wrong')
const building = configuredBuildings(parsed.config)[0]!
const start = Date.UTC(2026, 0, 14)
const SLOTS = 192
const flat = (value: number) => new Float64Array(SLOTS).fill(value)
const outlook = { start, slots: SLOTS, timeZone: 'UTC', outdoorC: flat(-5) }
const timeline = newTimeline(newBelief(building, start))
const besideKw = besideSpaceHeat({ timeline }, outlook)
const curveHeatKw = flat(100).map((kw, k) => (k % 96 < 24 ? 0.8 * kw : kw))

const job: PlanJob = {
  ...{ building: building.id, madeAt: start, start, airC: 21, massC: 20.5, heatKw: 90, curveHeatKw },
  model: {
    ...{ airKwhPerK: 11, massKwhPerK: 400, couplingKwPerK: 80, airLossKwPerK: 2.4, massLossKwPerK: 1.6 },
    ...{ apertureM2: 60, gainsKw: 12, heatToAirRatio: 0.65 },
  },
  ...{ outdoorC: flat(-5), solarWm2: flat(0), gainsKw: flat(0), eurPerKwh: flat(0.1), minC: flat(20) },
  ...{ minHeatKw: flat(10), maxHeatKw: flat(180), maxC: flat(22), warmEurPerKh: 3, rateKw: 90 },
  earlierKw: undefined,
}

const fee: PowerFee = { on: 'hour', eurPerKwMonth: 5, billedMonths: 12, peakSoFarKw: 80 }
const paying = (powerFee: PowerFee | undefined) => {
  const tariff = { kind: 'flat' as const, eurPerMwh: 90, powerFee }
  return withPowerFee(job, { building: { ...building, tariff }, timeline }, outlook)
}

describe('what a plan is told of a fee on power', () => {
  it('is the fee for as long as a peak is billed, beside what the same meter sees', () => {
    expect(paying(fee).powerFee).toEqual({ eurPerKw: 60, soFarKw: 80, besideKw })
    expect(Math.max(...besideKw)).toBeGreaterThan(0)
  })

  it('is the same for the day, its heat on the curve counting by the day’s mean', () => {
    const { powerFee } = paying({ ...fee, on: 'day' })
    expect(powerFee).toMatchObject({ eurPerKw: 60, soFarKw: 80 })
    const counted = curveHeatKw.map((kw, k) => kw + powerFee!.besideKw[k]!)
    const mean = curveHeatKw.reduce((sum, kw, k) => sum + (kw + besideKw[k]!) / SLOTS, 0)
    for (const kw of counted) expect(kw).toBeCloseTo(mean, 6)
  })

  it.each([
    { what: 'no fee', powerFee: undefined },
    { what: 'one of nothing', powerFee: { ...fee, eurPerKwMonth: 0 } },
    { what: 'months that do not count', powerFee: { ...fee, months: [6, 7] } },
  ])('is nothing where there is $what', ({ powerFee }) => {
    expect(paying(powerFee)).toBe(job)
  })
})
