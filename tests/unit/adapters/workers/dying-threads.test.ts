import { afterEach, describe, expect, it } from 'vitest'
import { createPlanPool, type PlanPoolParts } from '../../../../src/adapters/workers/plan-pool.ts'
import type { Planner } from '../../../../src/controller/ports.ts'
import type { FleetPlan } from '../../../../src/core/plan/fleet-job.ts'
import {
  FAULTY_FLEET,
  FAULTY_SHARD,
  type ThreadFaults,
  threadFaults,
} from '../../../fixtures/workers/thread-faults.ts'
import { streetJob } from './street-job.ts'

/** Enough to be shared among threads. */
const SHARED = 230

let planner: Planner
let faults: ThreadFaults
afterEach(async () => {
  await planner.stop()
  faults.remove()
})

/** Threads that fail where they are told to. */
function start(of: 'SHARD_FAULTS' | 'FLEET_FAULTS', threads: number, patience?: PlanPoolParts['patience']) {
  faults = threadFaults(of)
  const file = of === 'SHARD_FAULTS' ? { shardFile: FAULTY_SHARD } : { fleetFile: FAULTY_FLEET }
  planner = createPlanPool(threads, patience ? { ...file, patience } : file)
}

function expectCertified({ certificate, schedules }: FleetPlan, size = SHARED): void {
  expect(certificate).toMatchObject({ status: 'solved', excluded: [] })
  expect(certificate.gap).toBeLessThanOrEqual(1e-4)
  expect(certificate.violation[0]).toBeLessThanOrEqual(1e-6)
  expect(schedules).toHaveLength(size)
  expect(schedules.every(({ heatKw }) => heatKw.every(Number.isFinite))).toBe(true)
}

describe('a thread that keeps a share of the fleet', () => {
  it.each(['exit', 'throw'] as const)(
    'may die in the middle of a solve (%s): the plan is made all the same, and says so',
    async (how) => {
      start('SHARD_FAULTS', 3)
      faults.tell(how)
      const made = await planner.planFleet(streetJob(SHARED))
      expect(faults.left).toBe(0)
      expectCertified(made)
      expect(made.mishaps).toMatchObject([{ what: 'shard-died', detail: expect.stringMatching(/thread/) }])
      const next = await planner.planFleet(streetJob(SHARED))
      expectCertified(next)
      expect(next.mishaps).toBeUndefined()
    },
  )

  it('may die together with all others', async () => {
    start('SHARD_FAULTS', 2)
    faults.tell('exit', 'exit')
    const made = await planner.planFleet(streetJob(SHARED))
    expectCertified(made)
    expect(made.mishaps).toMatchObject([{ what: 'shard-died' }])
  })

  it('may die again and again: after two losses in a row a plan is made without, then they are tried anew', async () => {
    start('SHARD_FAULTS', 2)
    const what: (string | undefined)[] = []
    for (const fault of ['exit', 'throw', undefined, 'exit', undefined, undefined, undefined] as const) {
      if (fault) faults.tell(fault)
      const made = await planner.planFleet(streetJob(SHARED))
      expectCertified(made)
      what.push(made.mishaps?.map((mishap) => mishap.what).join())
    }
    expect(faults.left).toBe(0)
    expect(what).toEqual(['shard-died', 'shard-died', undefined, 'shard-died', ...Array(3).fill(undefined)])
  })

  it('may say nothing more: after its time the plan is made without it', async () => {
    start('SHARD_FAULTS', 2, { baseMs: 6000, perBuildingMs: 0 })
    faults.tell('hang')
    const made = await planner.planFleet(streetJob(SHARED))
    expectCertified(made)
    expect(made.mishaps).toMatchObject([{ what: 'shard-silent', detail: expect.stringContaining(' ms') }])
    const next = await planner.planFleet(streetJob(SHARED))
    expectCertified(next)
    expect(next.mishaps).toBeUndefined()
  })
})

describe('threads that sweep a city', () => {
  it('plan it as well as it is planned as a whole, also again', async () => {
    faults = threadFaults('SHARD_FAULTS')
    planner = createPlanPool(2)
    const whole = await planner.planFleet(streetJob(SHARED))
    await planner.stop()
    planner = createPlanPool(2, { worthSweeping: 100 })
    const swept = await planner.planFleet(streetJob(SHARED))
    expectCertified(swept)
    expect(swept.mishaps).toBeUndefined()
    const [ours, theirs] = [swept.certificate, whole.certificate]
    expect(ours.lowerEur).toBeLessThanOrEqual(theirs.upperEur)
    expect(theirs.lowerEur).toBeLessThanOrEqual(ours.upperEur)
    const again = { ...streetJob(SHARED), earlierEurPerKwh: swept.nodeEurPerKwh }
    expectCertified(await planner.planFleet(again))
  })

  it('may die in the middle of it: the plan is made all the same, and says so', async () => {
    faults = threadFaults('SHARD_FAULTS')
    planner = createPlanPool(2, { shardFile: FAULTY_SHARD, worthSweeping: 100 })
    faults.tell('exit')
    const made = await planner.planFleet(streetJob(SHARED))
    expect(faults.left).toBe(0)
    expectCertified(made)
    expect(made.mishaps).toMatchObject([{ what: 'shard-died' }])
    expect((await planner.planFleet(streetJob(SHARED))).mishaps).toBeUndefined()
  })
})

describe('the thread that plans the fleet', () => {
  it.each(['exit', 'throw'] as const)(
    'may die (%s), also repeatedly: who asked is told, and the next is another',
    async (how) => {
      start('FLEET_FAULTS', 1)
      for (let n = 0; n < 2; n++) {
        faults.tell(how)
        await expect(planner.planFleet(streetJob(3))).rejects.toMatchObject({
          name: 'PlannerError',
          why: 'died',
        })
      }
      expectCertified(await planner.planFleet(streetJob(3)), 3)
    },
  )

  it('may say nothing more: who asked is told after its time, and the next is another', async () => {
    start('FLEET_FAULTS', 1, { baseMs: 2000, perBuildingMs: 0 })
    faults.tell('hang')
    await expect(planner.planFleet(streetJob(3))).rejects.toMatchObject({ why: 'silent' })
    expectCertified(await planner.planFleet(streetJob(3)), 3)
  })

  it('is given up with all that it was asked where the planner ends', async () => {
    start('FLEET_FAULTS', 1)
    faults.tell('hang')
    const asked = [planner.planFleet(streetJob(3)), planner.planFleet(streetJob(2))]
    const told = Promise.all(asked.map((plan) => expect(plan).rejects.toMatchObject({ why: 'died' })))
    await planner.stop()
    await told
    await expect(planner.planFleet(streetJob(3))).rejects.toMatchObject({ why: 'stopped' })
  })
})
