import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import type { HeatSource } from '../../../../src/core/math/fleet/fleet-qp.ts'
import { solveFleetQp } from '../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import type { FleetJob, FleetPlan } from '../../../../src/core/plan/fleet-job.ts'
import { planBuilding } from '../../../../src/core/plan/plan-building.ts'
import { planFleet } from '../../../../src/core/plan/plan-fleet.ts'
import type { PlanJob } from '../../../../src/core/plan/plan-job.ts'
import { storeQp } from '../../../../src/core/plan/production/store-qp.ts'

const N = 96
const flat = (value: number) => new Float64Array(N).fill(value)
const step = (before: number, within: number) =>
  Float64Array.from({ length: N }, (_, k) => (k % 48 < 16 ? within : before))

function job(i: number, change: Partial<PlanJob> = {}): PlanJob {
  return {
    building: parseBuildingId(`b-${i}`)!,
    ...{ madeAt: 0, start: 0, airC: 20.8, massC: 20.4, heatKw: 60 + 5 * i },
    model: {
      airKwhPerK: 9 + i,
      massKwhPerK: 300 + 40 * i,
      couplingKwPerK: 70,
      airLossKwPerK: 2.2,
      massLossKwPerK: 1.5,
      apertureM2: 60,
      gainsKw: 12,
      heatToAirRatio: 0.65,
    },
    ...{ outdoorC: flat(-8), solarWm2: flat(0), gainsKw: flat(0), eurPerKwh: step(0.06, 0.12) },
    ...{
      curveHeatKw: flat(95),
      minHeatKw: flat(10),
      maxHeatKw: flat(180),
      minC: flat(20.1),
      maxC: flat(22.5),
    },
    ...{ warmEurPerKh: 10, earlierKw: undefined, rateKw: 90 },
    ...change,
  }
}

function source(capKw: number, eurPerKwh: number): HeatSource {
  return { capKw: flat(capKw), eurPerKw: flat(eurPerKwh / 4), slope: flat(0), kgPerKw: flat(0.05) }
}

function fleet(change: Partial<FleetJob> = {}): FleetJob {
  return {
    members: [0, 1, 2].map((i) => ({ job: job(i), node: 0, weight: 1 })),
    stores: [],
    nodes: [
      { parent: -1, fixedKw: flat(0), capKw: flat(Number.POSITIVE_INFINITY), lossRatio: 0, delaySteps: 0 },
    ],
    ...{ sources: [], limits: [], peakEurPerKw: 0, co2CapKg: Number.POSITIVE_INFINITY, objective: 'owner' },
    ...change,
  }
}

const plan = (change?: Partial<FleetJob>) => planFleet(fleet(change), solveFleetQp)
const heatOf = ({ schedules }: FleetPlan, k: number) =>
  schedules.reduce((sum, { heatKw }) => sum + heatKw[k], 0)

describe('the plan of a fleet', () => {
  it('is that of each building alone where nothing ties them together', async () => {
    const together = await plan()
    const workspace = createWorkspace(N)
    expect(together.schedules).toEqual([0, 1, 2].map((i) => planBuilding(job(i), workspace)))
    expect(together.certificate).toMatchObject({ status: 'solved', excluded: [], violation: [0] })
    expect(together.certificate.gap).toBeLessThanOrEqual(1e-4)
  })

  it('keeps a cap that the buildings alone would break, and says what it costs', async () => {
    const alone = await plan()
    const worst = Math.max(...alone.flowKw[0])
    const capKw = flat(0.75 * worst)
    const capped = await plan({ nodes: [{ ...fleet().nodes[0], capKw }] })
    expect(capped.certificate.status).toBe('solved')
    expect(capped.certificate.gap).toBeLessThanOrEqual(1e-4)
    expect(capped.certificate.violation[0]).toBeLessThanOrEqual(1e-6)
    for (let k = 0; k < N; k++) expect(heatOf(capped, k)).toBeLessThanOrEqual(capKw[k] * (1 + 1e-6))
    expect(capped.certificate.upperEur).toBeGreaterThan(alone.certificate.upperEur)
    expect(Math.max(...capped.nodeEurPerKwh[0])).toBeGreaterThan(0.01)
  })

  it('serves the network by merit, and calls the dearest source that runs the marginal price', async () => {
    const sources = [source(150, 0.02), source(400, 0.09)]
    const served = await plan({
      objective: 'system',
      sources,
      nodes: [{ ...fleet().nodes[0], fixedKw: flat(60) }],
    })
    expect(served.certificate.status).toBe('solved')
    for (let k = 0; k < N; k++) {
      const made = served.sourceKw[0][k] + served.sourceKw[1][k]
      expect(made).toBeCloseTo(heatOf(served, k) + 60, 4)
      expect(served.nodeEurPerKwh[0][k]).toBeGreaterThan(0.02 * 0.95)
      expect(served.nodeEurPerKwh[0][k]).toBeLessThan(0.09 * 1.1)
    }
  })

  it('lets an owner pay his own price while a plant stands by', async () => {
    const [alone, beside] = [await plan(), await plan({ sources: [source(50, 0.5)] })]
    expect(beside.schedules).toEqual(alone.schedules)
  })

  it('takes less from who counts more', async () => {
    const capKw = flat(200)
    const nodes = [{ ...fleet().nodes[0], capKw }]
    const twins = (weight: number) =>
      [1, weight].map((w, i) => ({
        job: job(0, { building: parseBuildingId(`t-${i}`)! }),
        node: 0,
        weight: w,
      }))
    const { schedules } = await plan({ nodes, members: [...twins(4), { job: job(2), node: 0, weight: 1 }] })
    expect(schedules[0].underKh).toBeGreaterThan(2 * schedules[1].underKh)
  })

  describe('of which some pay for their largest quarter-hour', () => {
    const powerFee = { eurPerKw: 90, soFarKw: 0, besideKw: flat(4) }
    const payers = (paying: readonly number[]) =>
      [0, 1, 2].map((i) => ({ job: job(i, paying.includes(i) ? { powerFee } : {}), node: 0, weight: 1 }))
    const under = (capKw: number) => [{ ...fleet().nodes[0], capKw: flat(capKw) }]
    const peaks = ({ schedules }: FleetPlan) => schedules.map(({ heatKw }) => Math.max(...heatKw))

    it('lowers the peak of who pays, under a cap that all keep', async () => {
      const nodes = under(320)
      const [free, paid] = [await plan({ nodes }), await plan({ nodes, members: payers([0, 1]) })]
      expect(paid.certificate.status).toBe('solved')
      expect(paid.certificate.gap).toBeLessThanOrEqual(1e-4)
      expect(paid.certificate.violation[0]).toBeLessThanOrEqual(1e-6)
      for (const i of [0, 1]) {
        expect(peaks(paid)[i]).toBeLessThan(0.9 * peaks(free)[i])
        expect(paid.schedules[i].underKh).toBeLessThan(0.05)
      }
      const fees = 90 * (peaks(paid)[0] + peaks(paid)[1] + 8)
      expect(paid.certificate.upperEur).toBeGreaterThan(fees + free.certificate.upperEur - 1)
    })

    it('keeps a scarce cap all the same, and lets nobody freeze for who pays', async () => {
      const nodes = under(200)
      const [free, paid] = [await plan({ nodes }), await plan({ nodes, members: payers([0, 1]) })]
      expect(paid.certificate.status).toBe('solved')
      expect(paid.certificate.violation[0]).toBeLessThanOrEqual(1e-6)
      paid.schedules.forEach(({ underKh }, i) => {
        expect(underKh).toBeGreaterThan(0.8 * free.schedules[i].underKh)
        expect(underKh).toBeLessThan(1.2 * free.schedules[i].underKh)
      })
    })

    it('counts no fee where the costs of the plant count', async () => {
      const system = { objective: 'system' as const, sources: [source(400, 0.09)] }
      expect(await plan({ ...system, members: payers([0, 2]) })).toEqual(await plan(system))
    })
  })

  it('leaves out a building whose model has gone mad, names it and counts its curve', async () => {
    const mad = [Number.NaN, -11].map((airKwhPerK, i) => ({
      job: job(7 + i, { model: { ...job(0).model, airKwhPerK } }),
      node: 0,
      weight: 1,
    }))
    const { schedules, certificate, flowKw } = await plan({ members: [...fleet().members, ...mad] })
    expect(certificate.excluded).toEqual(['b-7', 'b-8'])
    expect(schedules.slice(3).map(({ outcome }) => outcome)).toEqual(['not-solved', 'not-solved'])
    expect(schedules[3].heatKw).toEqual(flat(95))
    const sane = schedules.slice(0, 3).reduce((sum, { heatKw }) => sum + heatKw[5], 0)
    expect(flowKw[0][5]).toBeCloseTo(sane + 2 * 95, 6)
    expect(certificate.status).toBe('solved')
  })

  it('fills a store in cheap hours for dear ones', async () => {
    const kind = { id: 't', capacityKwh: 2000, chargeKw: 150, dischargeKw: 150, lossRatioPerDay: 0.02 }
    const eurPerKwh = step(0.02, 0.2)
    const dearAt = eurPerKwh.map((eur) => eur / 4)
    const store = storeQp(kind, 1000, eurPerKwh)
    const sources = [{ ...source(1000, 0), eurPerKw: dearAt, slope: flat(1e-6) }]
    const { stores, certificate } = await plan({ objective: 'system', sources, stores: [{ store, node: 0 }] })
    expect(certificate.status).toBe('solved')
    const charge = (k: number) => stores[0].u[k] - kind.dischargeKw
    const mean = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => charge(from + i)).reduce((a, b) => a + b) / (to - from)
    expect(mean(30, 47)).toBeGreaterThan(20)
    expect(mean(48, 63)).toBeLessThan(-20)
  })

  it('plans no building at all, and one', async () => {
    const sources = [source(100, 0.05)]
    const nodes = [{ ...fleet().nodes[0], fixedKw: flat(40) }]
    const none = await plan({ members: [], objective: 'system', sources, nodes })
    expect(none.certificate).toMatchObject({ status: 'solved', violation: [0] })
    expect(none.sourceKw[0][3]).toBeCloseTo(40, 6)
    const one = await plan({ members: fleet().members.slice(0, 1), objective: 'system', sources, nodes })
    expect(one.certificate.status).toBe('solved')
    expect((await plan({ members: [] })).certificate).toMatchObject({ status: 'solved', gap: 0 })
  })

  it('gives no plan, and says so, where the fleet itself has numbers that are none', async () => {
    const { certificate, schedules } = await plan({ peakEurPerKw: Number.NaN })
    expect(certificate).toMatchObject({ status: 'not-finite', gap: Number.POSITIVE_INFINITY, excluded: [] })
    expect(schedules[0].heatKw).toEqual(flat(95))
  })
})
