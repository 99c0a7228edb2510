import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import type { Network } from '../../../../src/core/domain/network.ts'
import type { Plant } from '../../../../src/core/domain/plant.ts'
import type { FlowLimit } from '../../../../src/core/math/fleet/fleet-qp.ts'
import { solveFleetQp } from '../../../../src/core/math/fleet/solve-fleet-qp.ts'
import type { FleetPlan } from '../../../../src/core/plan/fleet-job.ts'
import { planFleet } from '../../../../src/core/plan/plan-fleet.ts'
import type { PlanJob } from '../../../../src/core/plan/plan-job.ts'
import { plantJob } from '../../../../src/core/plan/production/plant-job.ts'

const N = 96
const flat = (value: number) => new Float64Array(N).fill(value)
const terms = { minKw: 0, startEur: 0, operationEurPerMwh: 1, outages: [], capKw: 400 }
const fuel = { eurPerMwh: 40, taxEurPerMwh: 5, co2KgPerMwh: 200 }
/** One unit of each kind, and a tank. */
const plant: Plant = {
  units: [
    {
      ...{ ...terms, kind: 'back-pressure-chp', id: 'chp', powerToHeatRatio: 0.5, efficiency: 0.9 },
      ...{ fuel, bypassKw: 100, saleFeeEurPerMwh: 2 },
    },
    {
      ...{ ...terms, kind: 'extraction-chp', id: 'tap', powerLossRatio: 0.15, powerToHeatRatio: 0.6 },
      ...{ electricEfficiency: 0.42, fuel, saleFeeEurPerMwh: 2 },
    },
    {
      ...{ ...terms, kind: 'heat-pump', id: 'pump', feeEurPerMwh: 30 },
      rated: [{ sourceC: 5, supplyC: 70, cop: 3 }],
    },
    { ...terms, kind: 'electric-boiler', id: 'kettle', efficiency: 0.98, feeEurPerMwh: 30 },
    { ...terms, kind: 'boiler', id: 'gas', efficiency: 0.9, fuel },
    { ...terms, kind: 'waste-heat', id: 'servers', eurPerMwh: 12 },
  ],
  stores: [{ id: 'tank', capacityKwh: 1000, chargeKw: 100, dischargeKw: 100, lossRatioPerDay: 0.02 }],
}
const network: Network = {
  ...{ branches: [], peakEurPerKw: 2, supply: [{ outdoorC: 0, supplyC: 80 }], objective: 'system' },
  uncontrolled: { kind: 'signature', covers: 'uncontrolled', baseKw: [300], kwPerK: 0, belowC: 17 },
}

function house(i: number, eurPerKwh: Float64Array, change: Partial<PlanJob> = {}): PlanJob {
  return {
    building: parseBuildingId(`b-${i}`)!,
    ...{ madeAt: 0, start: 0, airC: 20.8, massC: 20.5, heatKw: 90 },
    model: {
      ...{ airKwhPerK: 11, massKwhPerK: 400, couplingKwPerK: 80, airLossKwPerK: 2.4, massLossKwPerK: 1.6 },
      ...{ apertureM2: 60, gainsKw: 12, heatToAirRatio: 0.65 },
    },
    ...{ outdoorC: flat(-8), solarWm2: flat(0), gainsKw: flat(0), eurPerKwh, curveHeatKw: flat(100) },
    ...{ minHeatKw: flat(10), maxHeatKw: flat(180), minC: flat(20.1), maxC: flat(22) },
    ...{ warmEurPerKh: 3, earlierKw: undefined, rateKw: 90 },
    ...change,
  }
}

interface Asked {
  readonly spot?: (k: number) => number
  readonly capKw?: number
  readonly houses?: readonly Partial<PlanJob>[]
  readonly limits?: readonly FlowLimit[]
  readonly objective?: Network['objective']
  readonly isPlantOut?: boolean
}

async function planned(asked: Asked): Promise<FleetPlan> {
  const {
    spot = () => 60,
    capKw,
    houses = [{}, {}, {}],
    limits = [],
    objective = 'system',
    isPlantOut,
  } = asked
  const spotEurPerMwh = Float64Array.from({ length: N }, (_, k) => spot(k))
  const outages = [{ from: 0, until: 1e12, availableRatio: 0 }]
  const units = isPlantOut ? plant.units.map((unit) => ({ ...unit, outages })) : plant.units
  const around = plantJob(
    {
      plant: { ...plant, units },
      network: { ...network, objective, ...(capKw !== undefined && { capKw }) },
      emissions: { eurPerT: 70, electricityEurPerT: 0 },
    },
    {
      ...{ start: 0, timeZone: 'UTC', spotEurPerMwh, outdoorC: flat(-8), gPerKwh: flat(100) },
      ...{ steeredKw: new Map([['', flat(300)]]), anywayKw: new Map(), levelsKwh: new Map() },
    },
  )
  const price =
    objective === 'system' ? around.expected!.marginalEurPerKwh : spotEurPerMwh.map((eur) => eur / 1000)
  const members = houses.map((change, i) => ({ job: house(i, price, change), node: 0, weight: 1 }))
  return planFleet({ ...around, members, limits }, solveFleetQp)
}

function expectCertified({
  schedules,
  flowKw,
  sourceKw,
  nodeEurPerKwh,
  stores,
  certificate,
}: FleetPlan): void {
  expect(certificate.status).toBe('solved')
  expect(certificate.gap).toBeLessThanOrEqual(1e-4)
  expect(certificate.lowerEur).toBeLessThanOrEqual(
    certificate.upperEur + 1e-9 * Math.abs(certificate.upperEur),
  )
  const rows = [...flowKw, ...sourceKw, ...nodeEurPerKwh, ...stores.flatMap(({ u, ti }) => [u, ti])]
  for (const row of [...rows, ...schedules.map(({ heatKw }) => heatKw)]) {
    expect(row.every(Number.isFinite)).toBe(true)
  }
}

const everywhere = (side: FlowLimit['side'], kw: number): FlowLimit => ({
  node: 0,
  side,
  kw: flat(kw),
  eurPerKw: 0.2,
})

describe.each(['system', 'owner'] as const)('a plan for the %s', (objective) => {
  it.each<Asked & { of: string }>([
    { of: 'a price of −500 EUR/MWh', spot: () => -500 },
    { of: 'a price of +5000 EUR/MWh', spot: () => 5000 },
    { of: 'both by turns', spot: (k) => (k % 8 < 4 ? -500 : 5000) },
    { of: 'equal prices', spot: () => 45 },
    { of: 'prices of nothing', spot: () => 0 },
    { of: 'nobody', houses: [] },
    { of: 'one', houses: [{}] },
    { of: 'rooms of 5 and of 35 °C', houses: [{ airC: 5, massC: 5 }, { airC: 35, massC: 34 }, {}] },
    {
      of: 'orders that contradict each other',
      limits: [everywhere('at-most', 350), everywhere('at-least', 800)],
    },
    { of: 'an order of the past', limits: [everywhere('at-most', Number.POSITIVE_INFINITY)] },
    { of: 'a plant that stands still', isPlantOut: true },
  ])('is certified, of $of', async (asked) => expectCertified(await planned({ ...asked, objective })))

  it('breaks a cap that nothing can keep, says by how much, and takes from homes what there is', async () => {
    const plan = await planned({ objective, capKw: 200 })
    expectCertified(plan)
    expect(plan.certificate.violation[0]).toBeGreaterThan(0.3)
    const free = await planned({ objective })
    const heat = ({ schedules }: FleetPlan) => schedules.reduce((sum, { heatKw }) => sum + heatKw[60], 0)
    expect(heat(plan)).toBeLessThan(heat(free))
    expect(plan.schedules.every(({ outcome }) => outcome === 'band-broken')).toBe(true)
  })

  it.each<{ how: string; change: Partial<PlanJob> }>([
    { how: 'has no number in it', change: { airC: Number.NaN } },
    { how: 'is a million degrees warm', change: { airC: 1e6 } },
    {
      how: 'has a curve without end',
      change: { curveHeatKw: flat(Number.POSITIVE_INFINITY), massC: Number.NaN },
    },
    { how: 'has gains beyond all measure', change: { gainsKw: flat(1e200) } },
  ])('leaves out a house that $how, and counts it by what its actuator can take', async ({ change }) => {
    const plan = await planned({ objective, houses: [{}, change, {}] })
    expectCertified({ ...plan, schedules: plan.schedules.filter((_, i) => i !== 1) })
    expect(plan.certificate.excluded).toEqual(['b-1'])
    expect(plan.schedules[1].outcome).toBe('not-solved')
    const others = plan.schedules[0].heatKw[9] + plan.schedules[2].heatKw[9]
    const curveKw = Math.min(180, change.curveHeatKw?.[9] ?? 100)
    const storedKw = plan.stores.reduce((sum, { u }) => sum + u[9] - 100, 0)
    expect(plan.flowKw[0][9]).toBeCloseTo(300 + others + curveKw + storedKw, 6)
  })
})
