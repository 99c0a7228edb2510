import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../../src/core/domain/building-id.ts'
import type { Network } from '../../../../../src/core/domain/network.ts'
import type { EmissionTerms, Plant } from '../../../../../src/core/domain/plant.ts'
import { solveFleetQp } from '../../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { planFleet } from '../../../../../src/core/plan/plan-fleet.ts'
import type { PlanJob } from '../../../../../src/core/plan/plan-job.ts'
import { type PlantAhead, plantJob } from '../../../../../src/core/plan/production/plant-job.ts'

const N = 192
const flat = (value: number) => new Float64Array(N).fill(value)
/** Power is dear from 7 to 11 and from 17 to 21. */
const isDear = (k: number) => (k % 96 >= 28 && k % 96 < 44) || (k % 96 >= 68 && k % 96 < 84)
const spotEurPerMwh = flat(40).map((eur, k) => (isDear(k) ? 160 : eur))

const terms = { minKw: 0, startEur: 0, operationEurPerMwh: 0, outages: [] }
const plant: Plant = {
  units: [
    {
      ...terms,
      kind: 'back-pressure-chp',
      id: 'chp',
      capKw: 2000,
      powerToHeatRatio: 0.5,
      efficiency: 0.9,
      fuel: { eurPerMwh: 45, taxEurPerMwh: 0, co2KgPerMwh: 0 },
      bypassKw: 0,
      saleFeeEurPerMwh: 0,
    },
    {
      ...terms,
      kind: 'boiler',
      id: 'gas',
      capKw: 2000,
      efficiency: 0.9,
      fuel: { eurPerMwh: 50, taxEurPerMwh: 0, co2KgPerMwh: 200 },
    },
  ],
  stores: [],
}
const network: Network = {
  branches: [],
  peakEurPerKw: 0,
  uncontrolled: { kind: 'signature', covers: 'uncontrolled', baseKw: [1200], kwPerK: 0, belowC: 17 },
  supply: [{ outdoorC: 0, supplyC: 80 }],
  objective: 'system',
}
const noPrice: EmissionTerms = { eurPerT: 0, electricityEurPerT: 0 }

function house(i: number, eurPerKwh: Float64Array): PlanJob {
  return {
    building: parseBuildingId(`b-${i}`)!,
    madeAt: 0,
    start: 0,
    model: {
      airKwhPerK: 11,
      massKwhPerK: 400,
      couplingKwPerK: 80,
      airLossKwPerK: 2.4,
      massLossKwPerK: 1.6,
      apertureM2: 60,
      gainsKw: 12,
      heatToAirRatio: 0.65,
    },
    airC: 20.8,
    massC: 20.5,
    heatKw: 90,
    outdoorC: flat(-8),
    solarWm2: flat(0),
    gainsKw: flat(0),
    eurPerKwh,
    curveHeatKw: flat(100),
    minHeatKw: flat(10),
    maxHeatKw: flat(180),
    minC: flat(20.1),
    maxC: flat(22),
    warmEurPerKh: 3,
    earlierKw: undefined,
    rateKw: 90,
  }
}

async function planned(change: { objective?: 'system' | 'owner'; emissions?: EmissionTerms } = {}) {
  const ahead: PlantAhead = {
    start: 0,
    timeZone: 'UTC',
    spotEurPerMwh,
    outdoorC: flat(-8),
    gPerKwh: flat(0),
    steeredKw: new Map([['', flat(400)]]),
    anywayKw: new Map(),
    levelsKwh: new Map(),
  }
  const objective = change.objective ?? 'system'
  const around = plantJob(
    { plant, network: { ...network, objective }, emissions: change.emissions ?? noPrice },
    ahead,
  )
  const atSpot = spotEurPerMwh.map((eur) => eur / 1000)
  const price = objective === 'system' ? around.expected!.marginalEurPerKwh : atSpot
  const members = [1, 2, 3, 4].map((i) => ({ job: house(i, price), node: 0, weight: 1 }))
  const plan = await planFleet({ ...around, members, limits: [] }, solveFleetQp)
  const fleetKw = plan.flowKw[0]!.map((kw) => kw - 1200)
  const meanKw = (isCounted: (k: number) => boolean) => {
    const slots = [...fleetKw].filter((_, k) => isCounted(k))
    return slots.reduce((sum, kw) => sum + kw, 0) / slots.length
  }
  return { plan, around, dearKw: meanKw(isDear), cheapKw: meanKw((k) => !isDear(k)) }
}

describe('a fleet that a turbine heats', () => {
  it('takes its heat while power is dear, where one that pays spot shuns it', async () => {
    const forPlant = await planned()
    const forOwners = await planned({ objective: 'owner' })
    expect(forPlant.plan.certificate.gap).toBeLessThanOrEqual(1e-4)
    // Turbine 75 − 0.5·spot: −5 EUR/MWh while power is dear; 55 of gas else, for a turbine would cost as much.
    expect(forPlant.dearKw).toBeGreaterThan(1.2 * forPlant.cheapKw)
    expect(forOwners.dearKw).toBeLessThan(0.9 * forOwners.cheapKw)
  })

  it('answers to the margin that serving it leaves', async () => {
    const { plan, around } = await planned()
    const price = plan.nodeEurPerKwh[0]!
    for (const k of [10, 36, 60, 76, 120]) {
      const made = around.sources.map((source, j) => ({
        kw: plan.sourceKw[j]![k]!,
        capKw: source.capKw[k]!,
        margin: 4 * (source.eurPerKw[k]! + source.slope[k]! * plan.sourceKw[j]![k]!),
      }))
      for (const { kw, capKw, margin } of made) {
        if (kw > 0.01 * capKw && kw < 0.99 * capKw) expect(price[k]).toBeCloseTo(margin, 4)
      }
      expect(made.reduce((sum, { kw }) => sum + kw, 0)).toBeCloseTo(plan.flowKw[0]![k]!, 3)
    }
  })

  it('stays under a cap on emissions by what its buildings hold', async () => {
    const free = await planned()
    const emitted = ({ plan, around }: typeof free) =>
      around.sources.reduce(
        (sum, { kgPerKw }, j) => sum + plan.sourceKw[j]!.reduce((kg, kw, k) => kg + kw * kgPerKw[k]!, 0),
        0,
      )
    const perDay = (0.8 * emitted(free)) / 2
    const capped = await planned({ emissions: { ...noPrice, capKgPerDay: perDay } })
    expect(emitted(capped)).toBeLessThanOrEqual(2 * perDay * 1.001)
    expect(capped.plan.certificate.co2ExcessKg).toBeLessThan(0.001 * 2 * perDay)
  })

  it('pays for emissions before it burns', async () => {
    const dear = await planned({ emissions: { eurPerT: 150, electricityEurPerT: 0 } })
    const free = await planned()
    const gasKwh = ({ plan }: typeof free) => plan.sourceKw[2]!.reduce((sum, kw) => sum + kw / 4, 0)
    expect(gasKwh(dear)).toBeLessThan(0.6 * gasKwh(free))
  })
})
