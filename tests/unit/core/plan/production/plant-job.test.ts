import { describe, expect, it } from 'vitest'
import type { Network } from '../../../../../src/core/domain/network.ts'
import type { EmissionTerms, Plant } from '../../../../../src/core/domain/plant.ts'
import { type PlantAhead, plantJob } from '../../../../../src/core/plan/production/plant-job.ts'

const START = Date.UTC(2026, 0, 10)
const slots = 192
const level = (value: number) => new Float64Array(slots).fill(value)
const network: Network = {
  branches: [{ id: 'east', lossRatio: 0, delayMinutes: 30 }],
  capKw: 20_000,
  peakEurPerKw: 2,
  uncontrolled: { kind: 'share', ratio: 0.9 },
  supply: [{ outdoorC: 0, supplyC: 80 }],
  objective: 'system',
}
const unit = { minKw: 0, startEur: 0, operationEurPerMwh: 0, outages: [] }
const plant: Plant = {
  units: [
    {
      ...unit,
      kind: 'back-pressure-chp',
      id: 'chp',
      capKw: 8000,
      minKw: 3000,
      powerToHeatRatio: 0.5,
      efficiency: 0.9,
      fuel: { eurPerMwh: 27, taxEurPerMwh: 0, co2KgPerMwh: 0 },
      bypassKw: 0,
      saleFeeEurPerMwh: 0,
    },
    {
      ...unit,
      kind: 'boiler',
      id: 'oil',
      capKw: 10_000,
      efficiency: 0.9,
      fuel: { eurPerMwh: 90, taxEurPerMwh: 0, co2KgPerMwh: 270 },
    },
  ],
  stores: [{ id: 'tank', capacityKwh: 30_000, chargeKw: 4000, dischargeKw: 5000, lossRatioPerDay: 0.01 }],
}
const emissions: EmissionTerms = { eurPerT: 0, electricityEurPerT: 0, capKgPerDay: 1000 }
const ahead: PlantAhead = {
  start: START,
  timeZone: 'Europe/Helsinki',
  spotEurPerMwh: Float64Array.from({ length: slots }, (_, k) => (k < 96 ? 60 : 500)),
  outdoorC: level(-5),
  gPerKwh: level(60),
  steeredKw: new Map([['east', Float64Array.from({ length: slots }, (_, k) => (k % 96 < 30 ? 600 : 1000))]]),
  anywayKw: new Map([['east', level(120)]]),
  levelsKwh: new Map([['tank', 10_000]]),
}

describe('the plant’s part in the fleet’s problem', () => {
  it('has sources, nodes with their fixed flow, a store as a member, caps and prices', () => {
    const job = plantJob({ plant, network, emissions }, ahead)
    expect(job.sources.map((source) => source.unit)).toEqual(['chp', 'chp', 'oil'])
    expect(job.nodeOf.get('east')).toBe(1)
    expect(job.nodes[1]).toMatchObject({ parent: 0, delaySteps: 2 })
    // Nine tenths of all heat; on the branch hot water, beside what is planned.
    expect(job.nodes.map(({ fixedKw }) => fixedKw[40])).toEqual(
      [9000, 120].map((kw) => expect.closeTo(kw, 6)),
    )
    expect(job.stores).toMatchObject([{ node: 0, store: { id: 'tank', fixedKw: -5000 } }])
    expect(job.stores[0]!.store.qp.uMax[0]).toBe(9000)
    expect(job.objective).toBe('system')
    expect(job).toMatchObject({ peakEurPerKw: 2, co2CapKg: 2000 })
    expect(job.nodes[0]!.capKw[0]).toBe(20_000)
  })

  it('knows what heat costs where everybody stays on the curves: the turbine’s, or the peak boiler’s', () => {
    const { expectedKw, expected } = plantJob({ plant, network, emissions }, ahead)
    expect([expectedKw[0], expectedKw[40]]).toEqual([6000, 10_000].map((kw) => expect.closeTo(kw, 6)))
    const price = [0, 40, 96, 140].map((k) => expected!.marginalEurPerKwh[k])
    expect(price).toEqual([0.015, 0.0997, -0.205, 0.0997].map((eur) => expect.closeTo(eur, 3)))
  })

  it('lets owners pay by their own tariffs, and only tells what production costs', () => {
    const job = plantJob({ plant, network: { ...network, objective: 'owner' }, emissions }, ahead)
    expect(job).toMatchObject({ objective: 'owner', stores: [], peakEurPerKw: 2 })
    expect(job.expected?.sourceKw).toHaveLength(3)
  })

  it('says what a reader must know', () => {
    const chp = {
      ...plant.units[0]!,
      outages: [{ from: START, until: START + 3_600_000, availableRatio: 0.25 }],
    }
    const { notes } = plantJob(
      { plant: { ...plant, units: [chp] }, network, emissions },
      { ...ahead, gPerKwh: undefined, levelsKwh: new Map() },
    )
    expect(notes).toEqual([
      'chp is out of order for 0.8 h of its full heat',
      'chp is planned under its least load of 3000 kW for 1 h: not runnable as it stands',
      'tank is taken to be half full: nobody told its level',
      'emissions of electricity are not known and counted as none',
    ])
  })

  it('is a network of caps alone where there is no plant', () => {
    const job = plantJob({ network, emissions: { eurPerT: 0, electricityEurPerT: 0 } }, ahead)
    expect(job).toMatchObject({ objective: 'owner', sources: [], stores: [], expected: undefined, notes: [] })
    expect(job.co2CapKg).toBe(Number.POSITIVE_INFINITY)
  })
})
