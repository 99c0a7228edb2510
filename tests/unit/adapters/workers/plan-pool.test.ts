import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlanPool } from '../../../../src/adapters/workers/plan-pool.ts'
import type { Planner } from '../../../../src/controller/ports.ts'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import type { FleetJob } from '../../../../src/core/plan/fleet-job.ts'
import type { PlanJob } from '../../../../src/core/plan/plan-job.ts'

const N = 48
const flat = (value: number) => new Float64Array(N).fill(value)

function job(i: number): PlanJob {
  return {
    building: parseBuildingId(`b-${i}`)!,
    ...{ madeAt: 0, start: 0, airC: 20.6 + 0.01 * (i % 20), massC: 20.3, heatKw: 60 },
    model: {
      airKwhPerK: 9 + (i % 7),
      massKwhPerK: 300 + 40 * (i % 5),
      couplingKwPerK: 70,
      airLossKwPerK: 2.2,
      massLossKwPerK: 1.5,
      apertureM2: 60,
      gainsKw: 12,
      heatToAirRatio: 0.65,
    },
    ...{ outdoorC: flat(-8), solarWm2: flat(0), gainsKw: flat(0), eurPerKwh: flat(0.06) },
    ...{
      curveHeatKw: flat(95),
      minHeatKw: flat(10),
      maxHeatKw: flat(180),
      minC: flat(20.1),
      maxC: flat(22.5),
    },
    ...{ warmEurPerKh: 10, earlierKw: undefined, rateKw: 90 },
  }
}

/** A street under a cap that binds. */
function fleet(size: number): FleetJob {
  const nodes = [{ parent: -1, fixedKw: flat(0), capKw: flat(80 * size), lossRatio: 0, delaySteps: 0 }]
  return {
    members: Array.from({ length: size }, (_, i) => ({ job: job(i), node: 0, weight: 1 })),
    ...{ nodes, stores: [], sources: [], limits: [], peakEurPerKw: 0 },
    ...{ co2CapKg: Number.POSITIVE_INFINITY, objective: 'owner' },
  }
}

describe('the planner of threads', () => {
  let planner: Planner
  beforeAll(() => {
    planner = createPlanPool(2)
  })
  afterAll(() => planner.stop())

  it.each([6, 230])('plans a fleet of %s as one, certified, while this thread is free', async (size) => {
    let turns = 0
    const ticking = setInterval(() => turns++, 1)
    const { schedules, certificate, flowKw } = await planner.planFleet(fleet(size))
    clearInterval(ticking)
    expect(certificate).toMatchObject({ status: 'solved', excluded: [] })
    expect(certificate.gap).toBeLessThanOrEqual(1e-4)
    expect(certificate.violation[0]).toBeLessThanOrEqual(1e-6)
    expect(schedules).toHaveLength(size)
    expect(schedules.map(({ building }) => building)).toEqual(
      fleet(size).members.map(({ job }) => job.building),
    )
    const sum = schedules.reduce((kw, { heatKw }) => kw + heatKw[7], 0)
    expect(flowKw[0][7]).toBeCloseTo(sum, 4)
    expect(turns).toBeGreaterThan(0)
  })

  it('rejects what its thread died of, and plans on in another', async () => {
    const broken: FleetJob = { ...fleet(3), nodes: [] }
    await expect(planner.planFleet(broken)).rejects.toMatchObject({ name: 'PlannerError' })
    expect((await planner.planFleet(fleet(3))).certificate.status).toBe('solved')
  })

  it('plans buildings one by one as well', async () => {
    const plans = await Promise.all(planner.plan([job(1), job(2)]))
    expect(plans.map(({ outcome }) => outcome)).toEqual(['solved', 'solved'])
    expect(planner.solverMs()).toBeGreaterThan(0)
  })
})
