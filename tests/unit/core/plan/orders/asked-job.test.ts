import { describe, expect, it } from 'vitest'
import { type Asked, askedJob } from '../../../../../src/core/plan/orders/asked-job.ts'
import type { PlanJob } from '../../../../../src/core/plan/plan-job.ts'
import { priorModel } from '../../../../../src/core/thermal/prior-model.ts'
import { buildingId } from '../../../../contract/recorder.ts'
import { at, hoursWhere, SLOTS, START, standingOrder } from './standing-order.ts'

const slots = (value: number) => new Float64Array(SLOTS).fill(value)
const job: PlanJob = {
  building: buildingId('b-1'),
  madeAt: START,
  start: START,
  model: priorModel({ kind: 'concrete-block', floorAreaM2: 2000, builtYear: 1975 }),
  airC: 21.5,
  massC: 21.5,
  heatKw: 30,
  outdoorC: slots(-5),
  solarWm2: slots(0),
  gainsKw: slots(0),
  eurPerKwh: slots(0.1),
  curveHeatKw: slots(50),
  minHeatKw: slots(10),
  maxHeatKw: slots(80),
  minC: slots(20.5),
  maxC: slots(23),
  warmEurPerKh: 1,
  earlierKw: undefined,
  rateKw: 40,
}
const asked: Asked = {
  orders: [standingOrder()],
  isProtectedAt: () => false,
  sparing: { sparedRatio: 0, weight: 1 },
  undisturbedC: () => 21.5,
  safeC: 18.9,
  heldUntil: undefined,
  reboundMs: 0,
}
const asking = (marginRatio: number): Asked => ({ ...asked, orders: [standingOrder({ marginRatio })] })
const DURING = [2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 3.75]

describe('the job of a building that an order stands for', () => {
  it('is as it was where the order needs no margin', () => expect(askedJob(job, asked)).toEqual(job))

  it('may use up the margin that plans keep above the band, and gets it back in some hours', () => {
    const own = askedJob(job, asking(1))
    const half = askedJob(job, asking(0.5))
    expect(hoursWhere(half.minC, (c) => Math.abs(c - 20.325) < 1e-9)).toEqual(DURING)
    expect(hoursWhere(own.minC, (c) => Math.abs(c - 20.15) < 1e-9)).toEqual(DURING)
    const after = Array.from(own.minC.subarray(16, 29))
    expect(after).toEqual(after.toSorted((a, b) => a - b))
    expect(after[0]).toBeGreaterThan(20.15)
    expect(after.at(-1)).toBe(20.5)
    expect({ ...own, minC: job.minC }).toEqual(job)
  })

  it('has all of the margin ready once the order runs, whatever was thought enough before', () => {
    const running = { ...job, madeAt: standingOrder().from + 1 }
    expect(askedJob(running, asking(0)).minC).toEqual(askedJob(job, asking(1)).minC)
  })

  it('is as it was where more heat is wanted of it', () => {
    expect(askedJob(job, { ...asked, orders: [standingOrder({ kind: 'increase' })] })).toEqual(job)
  })

  it('keeps more of its warmth the more it gave before', () => {
    const { minC } = askedJob(job, { ...asking(1), sparing: { sparedRatio: 0.5, weight: 2 } })
    expect(hoursWhere(minC, (c) => Math.abs(c - (20.15 + 21.5) / 2) < 1e-9)).toEqual(DURING)
  })

  it('is not raised where its rooms are under the band already', () => {
    const { minC } = askedJob(job, {
      ...asked,
      undisturbedC: () => 19.8,
      sparing: { sparedRatio: 0.9, weight: 4 },
    })
    expect(minC).toEqual(askedJob(job, asked).minC)
  })

  it('goes no lower than what is safe', () => {
    const { minC } = askedJob(job, { ...asking(1), safeC: 20.4 })
    expect(hoursWhere(minC, (c) => c === 20.4)).toEqual(DURING)
    expect(askedJob(job, { ...asking(1), safeC: 20.9 }).minC).toEqual(job.minC)
  })

  it('goes down to what is safe in an emergency, whatever it gave', () => {
    const emergency = {
      ...asked,
      orders: [standingOrder({ kind: 'emergency', kw: 0 })],
      sparing: { sparedRatio: 0.9, weight: 4 },
    }
    expect(hoursWhere(askedJob(job, emergency).minC, (c) => c === 18.9)).toEqual(DURING)
  })
})

describe('a protected building', () => {
  const isProtectedAt = () => true

  it('takes what its curve takes while others give', () => {
    const own = askedJob(job, { ...asked, isProtectedAt })
    expect(hoursWhere(own.minHeatKw, (kw) => kw === 50)).toEqual(DURING)
    expect(own.maxHeatKw).toEqual(job.maxHeatKw)
    expect(own.minC).toEqual(job.minC)
  })

  it('goes on with its own plan where that takes less', () => {
    const own = askedJob({ ...job, earlierKw: slots(35) }, { ...asked, isProtectedAt })
    expect(hoursWhere(own.minHeatKw, (kw) => kw === 35)).toEqual(DURING)
  })

  it('is not made to take more than its curve', () => {
    const orders = [standingOrder({ kind: 'increase' })]
    const own = askedJob(job, { ...asked, orders, isProtectedAt })
    expect(hoursWhere(own.maxHeatKw, (kw) => kw === 50)).toEqual(DURING)
    expect(own.minHeatKw).toEqual(job.minHeatKw)
  })

  it('is not cooled in an emergency', () => {
    const orders = [standingOrder({ kind: 'emergency', kw: 0 })]
    const own = askedJob(job, { ...asked, orders, isProtectedAt })
    expect(own.minC).toEqual(job.minC)
    expect(hoursWhere(own.minHeatKw, (kw) => kw === 50)).toEqual(DURING)
  })

  it('is not held back while others’ heat comes back', () => {
    const own = askedJob(job, { ...asked, isProtectedAt, reboundMs: 3_600_000 })
    expect(hoursWhere(own.minHeatKw, (kw) => kw === 50)).toEqual([...DURING, 4, 4.25, 4.5, 4.75])
  })

  it('may be one for some hours only', () => {
    const own = askedJob(job, { ...asked, isProtectedAt: (when) => when < at(3) })
    expect(hoursWhere(own.minHeatKw, (kw) => kw === 50)).toEqual([2, 2.25, 2.5, 2.75])
  })

  it('is asked for no more than its actuator can', () => {
    const weak = { ...job, maxHeatKw: slots(45) }
    const own = askedJob(weak, { ...asked, isProtectedAt })
    expect(hoursWhere(own.minHeatKw, (kw) => kw === 45)).toEqual(DURING)
  })
})

describe('a building whose turn to return has not come', () => {
  const after = { ...job, start: at(4), madeAt: at(4) }

  it('takes no more than it does until then', () => {
    const own = askedJob(after, { ...asked, heldUntil: at(4.4) })
    expect(Array.from(own.maxHeatKw.subarray(0, 3))).toEqual([30, 30, 80])
    expect(own.minHeatKw).toEqual(job.minHeatKw)
  })

  it('takes no less where the order had raised it', () => {
    const orders = [standingOrder({ kind: 'increase' })]
    const own = askedJob({ ...after, heatKw: 70 }, { ...asked, orders, heldUntil: at(4.2) })
    expect(Array.from(own.minHeatKw.subarray(0, 2))).toEqual([70, 10])
    expect(own.maxHeatKw).toEqual(job.maxHeatKw)
  })
})
