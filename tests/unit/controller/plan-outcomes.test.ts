import { beforeEach, describe, expect, it } from 'vitest'
import { createPlanOutcomes, type PlanOutcomes } from '../../../src/controller/plan-outcomes.ts'
import { solveFleetQp } from '../../../src/core/math/fleet/solve-fleet-qp.ts'
import type { FleetCertificate, FleetMishap, FleetPlan } from '../../../src/core/plan/fleet-job.ts'
import { planFleet } from '../../../src/core/plan/plan-fleet.ts'
import { streetJob } from '../adapters/workers/street-job.ts'

const job = streetJob(2)
const plan = await planFleet(job, solveFleetQp)
const planned = (change: Partial<FleetCertificate>, mishaps?: readonly FleetMishap[]): FleetPlan => {
  const made = { ...plan, certificate: { ...plan.certificate, ...change } }
  return mishaps ? { ...made, mishaps } : made
}

let outcomes: PlanOutcomes
const said: [string, unknown][] = []
beforeEach(() => {
  said.length = 0
  outcomes = createPlanOutcomes({
    note: (error, what) => said.push([what, String(error)]),
    warn: (what, facts) => said.push([what, facts]),
  })
})

describe('how plans of the fleet come out', () => {
  it('is counted and not worth a word where they are proven', () => {
    expect(outcomes.made(job, plan)).toBe(true)
    expect(outcomes.byOutcome).toEqual({ proven: 1, unproven: 0, 'not-finite': 0, failed: 0 })
    expect([Math.max(...Object.values(outcomes.byFault)), said]).toEqual([0, []])
  })

  it('is no plan to go by where there are no numbers', () => {
    expect(outcomes.made(job, planned({ status: 'not-finite' }))).toBe(false)
    outcomes.failed(new Error('it died'))
    expect(outcomes.byOutcome).toMatchObject({ proven: 0, 'not-finite': 1, failed: 1 })
    expect(said.map(([what]) => what)).toEqual(['fleet not planned', 'fleet not planned'])
  })

  it('is said with how far it is from proven', () => {
    expect(outcomes.made(job, planned({ status: 'max-iterations', gap: 0.02 }))).toBe(true)
    expect(outcomes.byOutcome.unproven).toBe(1)
    expect(said).toMatchObject([['fleet plan not proven', { gap: 0.02 }]])
  })

  it.each([
    {
      fault: 'left-out',
      change: { excluded: plan.schedules.map(({ building }) => building) },
      says: 'buildings left out of the fleet plan',
      facts: { buildings: 2, named: ['b-0', 'b-1'] },
    },
    {
      fault: 'cap-broken',
      change: { violation: [0, 0.2, 0.5] },
      says: 'cap cannot be kept',
      facts: { excessRatio: 0.5, places: 2 },
    },
  ] as const)('is counted as $fault and named', ({ fault, change, says, facts }) => {
    outcomes.made(job, planned(change))
    expect(outcomes.byFault[fault]).toBe(1)
    expect(said).toEqual([[says, facts]])
  })

  it('takes rounding for no broken cap, but a plan over its emissions for one', () => {
    outcomes.made(job, planned({ violation: [9e-4] }))
    outcomes.made(job, planned({ co2ExcessKg: 1 }))
    expect(said).toEqual([])
    outcomes.made({ ...job, co2CapKg: 100 }, planned({ co2ExcessKg: 1 }))
    expect(outcomes.byFault['co2-cap-broken']).toBe(1)
  })

  it('tells of threads that were lost, and only counts who found no proof', () => {
    outcomes.made(job, planned({}, [{ what: 'shard-unproven', detail: 'a gap' }]))
    expect(said).toEqual([])
    outcomes.made(job, planned({}, [{ what: 'shard-silent', detail: 'no answer' }]))
    expect(said).toEqual([
      ['fleet planned without its threads', { mishap: 'shard-silent', detail: 'no answer' }],
    ])
    expect(outcomes.byFault).toMatchObject({ 'shard-unproven': 1, 'shard-silent': 1 })
  })
})
