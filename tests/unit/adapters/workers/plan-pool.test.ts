import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlanPool } from '../../../../src/adapters/workers/plan-pool.ts'
import type { Planner } from '../../../../src/controller/ports.ts'
import type { FleetJob } from '../../../../src/core/plan/fleet-job.ts'
import { houseJob, streetJob } from './street-job.ts'

describe('the planner of threads', () => {
  let planner: Planner
  beforeAll(() => {
    planner = createPlanPool(2)
  })
  afterAll(() => planner.stop())

  it.each([6, 230])('plans a fleet of %s as one, certified, while this thread is free', async (size) => {
    let turns = 0
    const ticking = setInterval(() => turns++, 1)
    const { schedules, certificate, flowKw } = await planner.planFleet(streetJob(size))
    clearInterval(ticking)
    expect(certificate).toMatchObject({ status: 'solved', excluded: [] })
    expect(certificate.gap).toBeLessThanOrEqual(1e-4)
    expect(certificate.violation[0]).toBeLessThanOrEqual(1e-6)
    expect(schedules).toHaveLength(size)
    expect(schedules.map(({ building }) => building)).toEqual(
      streetJob(size).members.map(({ job }) => job.building),
    )
    const sum = schedules.reduce((kw, { heatKw }) => kw + heatKw[7], 0)
    expect(flowKw[0][7]).toBeCloseTo(sum, 4)
    expect(turns).toBeGreaterThan(0)
  })

  it('rejects what its thread died of, and plans on in another', async () => {
    const broken: FleetJob = { ...streetJob(3), nodes: [] }
    await expect(planner.planFleet(broken)).rejects.toMatchObject({ name: 'PlannerError' })
    expect((await planner.planFleet(streetJob(3))).certificate.status).toBe('solved')
  })

  it('plans buildings one by one as well', async () => {
    const plans = await Promise.all(planner.plan([houseJob(1), houseJob(2)]))
    expect(plans.map(({ outcome }) => outcome)).toEqual(['solved', 'solved'])
    expect(planner.solverMs()).toBeGreaterThan(0)
  })
})
