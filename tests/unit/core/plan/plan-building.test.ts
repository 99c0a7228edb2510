import { describe, expect, it } from 'vitest'
import type { ThermalModel } from '../../../../src/core/domain/building.ts'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { planBuilding } from '../../../../src/core/plan/plan-building.ts'
import type { PlanJob } from '../../../../src/core/plan/plan-job.ts'
import { discretise } from '../../../../src/core/thermal/discretise.ts'

const MODEL: ThermalModel = {
  airKwhPerK: 11,
  massKwhPerK: 400,
  couplingKwPerK: 80,
  airLossKwPerK: 2.4,
  massLossKwPerK: 1.6,
  apertureM2: 60,
  gainsKw: 12,
  heatToAirRatio: 0.65,
}
const N = 192
const workspace = createWorkspace(N)
const flat = (value: number) => new Float64Array(N).fill(value)

function job(change: Partial<PlanJob> = {}): PlanJob {
  return {
    building: parseBuildingId('b-1')!,
    madeAt: 0,
    start: 0,
    model: MODEL,
    airC: 21,
    massC: 20.5,
    heatKw: 90,
    outdoorC: flat(-8),
    solarWm2: flat(0),
    gainsKw: flat(0),
    eurPerKwh: flat(0.1),
    curveHeatKw: flat(100),
    minHeatKw: flat(10),
    maxHeatKw: flat(180),
    minC: flat(20.1),
    maxC: flat(22.5),
    warmEurPerKh: 10,
    earlierKw: undefined,
    rateKw: 90,
    ...change,
  }
}

const costEur = (heatKw: Float64Array, eurPerKwh: Float64Array) =>
  heatKw.reduce((sum, kw, k) => sum + 0.25 * kw * eurPerKwh[k], 0)

describe('the plan of one building', () => {
  it('keeps the band, the reach and the rate', () => {
    const plan = planBuilding(job(), workspace)
    expect(plan.outcome).toBe('solved')
    expect(plan.gap).toBeLessThanOrEqual(1e-4)
    for (let k = 0; k < N; k++) {
      expect(plan.heatKw[k]).toBeGreaterThanOrEqual(10 - 1e-6)
      expect(plan.heatKw[k]).toBeLessThanOrEqual(180 + 1e-6)
      expect(Math.abs(plan.heatKw[k] - (k > 0 ? plan.heatKw[k - 1] : 90))).toBeLessThanOrEqual(90 + 1e-6)
      expect(plan.indoorC[k]).toBeGreaterThan(20.1 - 0.01)
    }
  })

  it('says what its own heat does to the rooms', () => {
    const given = job({ airC: 20.6 })
    const plan = planBuilding(given, workspace)
    const m = discretise(MODEL, 0.25)
    let [air, mass] = [given.airC, given.massC]
    for (let k = 0; k < N; k++) {
      const next = m.a11 * air + m.a12 * mass + m.bHeat1 * plan.heatKw[k] + m.eOut1 * -8 + m.gAir1 * 12
      mass = m.a21 * air + m.a22 * mass + m.bHeat2 * plan.heatKw[k] + m.eOut2 * -8 + m.gAir2 * 12
      air = next
      expect(plan.indoorC[k]).toBeCloseTo(air, 6)
    }
  })

  it('stores before a dear morning and coasts through it', () => {
    const eurPerKwh = flat(0.08)
    eurPerKwh.fill(0.8, 96, 108)
    const plan = planBuilding(job({ eurPerKwh }), workspace)
    const steady = planBuilding(job(), workspace)
    const mean = (values: Float64Array, from: number, to: number) =>
      values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from)
    expect(mean(plan.heatKw, 96, 108)).toBeLessThan(0.5 * mean(steady.heatKw, 96, 108))
    expect(mean(plan.heatKw, 72, 95)).toBeGreaterThan(1.1 * mean(steady.heatKw, 72, 95))
    expect(costEur(plan.heatKw, eurPerKwh)).toBeLessThan(costEur(steady.heatKw, eurPerKwh))
    expect(Math.min(...plan.indoorC)).toBeGreaterThan(20.05)
  })

  it('never buys a cold room, however mad the price', () => {
    const eurPerKwh = flat(0.1)
    eurPerKwh.fill(5, 20, 80)
    const plan = planBuilding(job({ eurPerKwh }), workspace)
    expect(Math.min(...plan.indoorC)).toBeGreaterThan(20)
  })

  it('does not overheat for negative prices', () => {
    const eurPerKwh = flat(0.1)
    eurPerKwh.fill(-0.5, 40, 60)
    const plan = planBuilding(job({ eurPerKwh }), workspace)
    expect(plan.outcome).not.toBe('not-solved')
    expect(Math.max(...plan.indoorC)).toBeLessThan(22.7)
  })

  it('rests on flat prices: no swing that earns nothing', () => {
    const plan = planBuilding(job({ airC: 20.4, massC: 19.9 }), workspace)
    const late = plan.heatKw.slice(48, 150)
    expect(Math.max(...late) - Math.min(...late)).toBeLessThan(25)
  })

  it('warms a room that is already too cold as fast as it can, and says by how much it stays below', () => {
    const plan = planBuilding(job({ airC: 17, massC: 17 }), workspace)
    expect(plan.outcome).toBe('band-broken')
    expect(plan.underKh).toBeGreaterThan(1)
    expect(plan.heatKw[2]).toBeGreaterThan(170)
    expect(Math.max(...plan.indoorC)).toBeGreaterThan(19)
  })

  it('takes as little as it can of a room that is already too warm', () => {
    const plan = planBuilding(job({ airC: 25, massC: 25 }), workspace)
    expect(plan.heatKw[1]).toBeLessThan(20)
    expect(plan.overKh).toBeGreaterThan(1)
  })

  it('says so where nothing can be calculated', () => {
    const plan = planBuilding(job({ airC: Number.NaN }), workspace)
    expect(plan.outcome).toBe('not-solved')
    expect(plan.heatKw).toEqual(flat(100))
  })

  it('plans the next two days much alike with twice the horizon', () => {
    const day = (k: number) => 0.1 + 0.05 * Math.sin((2 * Math.PI * k) / 96)
    const short = planBuilding(
      job({ eurPerKwh: Float64Array.from({ length: N }, (_, k) => day(k)) }),
      workspace,
    )
    const long2 = (value: number) => new Float64Array(2 * N).fill(value)
    const long = planBuilding(
      {
        ...job(),
        eurPerKwh: Float64Array.from({ length: 2 * N }, (_, k) => day(k)),
        outdoorC: long2(-8),
        solarWm2: long2(0),
        gainsKw: long2(0),
        curveHeatKw: long2(100),
        minHeatKw: long2(10),
        maxHeatKw: long2(180),
        minC: long2(20.1),
        maxC: long2(22.5),
      },
      createWorkspace(2 * N),
    )
    const first = short.eurPerKwh.slice(0, 96)
    const [a, b] = [costEur(short.heatKw.slice(0, 96), first), costEur(long.heatKw.slice(0, 96), first)]
    expect(Math.abs(a - b) / b).toBeLessThan(0.01)
  })
})
