import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import type { Member } from '../../../../src/controller/member.ts'
import type { PlanWith } from '../../../../src/controller/orders/judge-order.ts'
import { createUndisturbed } from '../../../../src/controller/orders/undisturbed.ts'
import { HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { AcceptedOrder } from '../../../../src/core/domain/order.ts'
import type { PlanJob } from '../../../../src/core/plan/plan-job.ts'
import { createManualClock } from '../../simulators/manual-clock.ts'
import { jobOf, membersOf, SLOTS, START } from './planned-fleet.ts'

let recorder: DuckdbRecorder
let members: readonly Member[]
let jobs: PlanJob[]

beforeEach(async () => {
  const clock = createManualClock(START)
  const log = pino({ level: 'silent' })
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  members = await membersOf(['a', 'b'], recorder, START)
  jobs = []
})
afterEach(() => recorder.stop())

/** Plans every building at 40 kW, and keeps what it was asked. */
const planWith: PlanWith = async (demand, now) => {
  jobs = members.map((member) => demand.jobOf(member, jobOf(member, now)))
  const schedules = jobs.map((job) => scheduleOf(job, 40))
  return { start: now, schedules, flowKw: () => new Float64Array(SLOTS).fill(80) }
}

function scheduleOf(job: PlanJob, kw: number) {
  const { building, madeAt, start, curveHeatKw, eurPerKwh } = job
  const heatKw = new Float64Array(SLOTS).fill(kw)
  const figures = { outcome: 'solved', gap: 0, iterations: 1, underKh: 0, overKh: 0 } as const
  return { building, madeAt, start, heatKw, curveHeatKw, eurPerKwh, indoorC: job.minC, ...figures }
}

const look = () =>
  createUndisturbed({ members, planWith, meteredKw: (schedules) => schedules[0]!.heatKw.map((kw) => 2 * kw) })

function order(change: Partial<AcceptedOrder> = {}): AcceptedOrder {
  const series = new Float64Array(SLOTS)
  return {
    ...{ id: 'o-1', kind: 'reduce', kw: 10, from: START, until: START + HOUR_MS },
    ...{ placedAt: START, placedBy: 'test', state: 'running', marginRatio: 0 },
    baseline: { start: START, flowKw: series, meteredKw: series },
    promised: { kw: 10, flowKw: series, reboundKw: 0, reboundKwh: 0, underKh: 0 },
    measured: { start: START, meteredKw: series },
    ...change,
  } as AcceptedOrder
}

describe('what would be without orders', () => {
  it('is not looked at where no order is counted from it', async () => {
    const undisturbed = look()
    const over = order({ until: START - HOUR_MS })
    const farAhead = order({ from: START + 7 * HOUR_MS, until: START + 9 * HOUR_MS })
    await undisturbed.look([order({ kind: 'cap' }), over, farAhead], START)
    expect(undisturbed.flows(undefined)).toBeUndefined()
    expect(jobs).toEqual([])
  })

  it('is planned from rooms as they would be: what an order took away is put back', async () => {
    const undisturbed = look()
    await undisturbed.look([order()], START)
    expect(undisturbed.flows(undefined)?.meteredKw[0]).toBe(80)
    expect(jobs[0]?.airC).toBe(jobOf(members[0]!, START).airC)
    for (const [i, member] of members.entries()) {
      member.plan = { ...scheduleOf(jobs[i]!, i === 0 ? 20 : 40), reason: { code: 'steady', text: '' } }
    }
    await undisturbed.look([order()], START + SLOT_MS)
    const [cut, spared] = jobs
    expect(cut!.airC - jobOf(members[0]!, START + SLOT_MS).airC).toBeGreaterThan(0.05)
    expect(spared!.airC).toBeCloseTo(jobOf(members[1]!, START + SLOT_MS).airC, 9)
  })

  it('is forgotten with the last order, and where no plan comes about the last one serves on', async () => {
    let isBroken = false
    const undisturbed = createUndisturbed({
      members,
      planWith: async (demand, now) => (isBroken ? undefined : planWith(demand, now)),
      meteredKw: (schedules) => schedules[0]!.heatKw,
    })
    await undisturbed.look([order()], START)
    isBroken = true
    await undisturbed.look([order()], START + SLOT_MS)
    expect(undisturbed.flows(undefined)?.start).toBe(START)
    await undisturbed.look([], START + 2 * SLOT_MS)
    expect(undisturbed.flows(undefined)).toBeUndefined()
  })
})
