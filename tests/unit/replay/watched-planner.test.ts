import { describe, expect, it } from 'vitest'
import type { Planner } from '../../../src/controller/ports.ts'
import type { PlanJob, Schedule } from '../../../src/core/plan/plan-job.ts'
import { watchPlanner } from '../../../src/replay/watched-planner.ts'

function plannerOf(plans: readonly Promise<Schedule>[]): Planner {
  const planFleet = () => Promise.reject(new Error('no fleet is planned here'))
  return { plan: () => plans, planFleet, solverMs: () => 0, stop: () => Promise.resolve() }
}

describe('a watched planner', () => {
  it('has nothing to wait for while no plan is being made', () => {
    expect(watchPlanner(plannerOf([])).next()).toBeUndefined()
  })

  it('wakes whoever waits with each plan, whether it is made or fails', async () => {
    const ends: { make: (plan: Schedule) => void; fail: (why: Error) => void }[] = []
    const plans = [0, 1].map(() => new Promise<Schedule>((make, fail) => ends.push({ make, fail })))
    const planner = watchPlanner(plannerOf(plans))
    const jobs: readonly PlanJob[] = []
    const given = Promise.allSettled(planner.plan(jobs))
    const first = planner.next()
    ends[0]?.fail(new Error('thread gone'))
    await expect(first).resolves.toBeUndefined()
    const second = planner.next()
    ends[1]?.make({} as Schedule)
    await expect(second).resolves.toBeUndefined()
    expect(planner.next()).toBeUndefined()
    expect((await given).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })
})
