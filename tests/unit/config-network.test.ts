import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config.ts'

const boiler = (id: string) =>
  `{ kind: boiler, id: ${id}, capKw: 900, efficiency: 0.9, fuel: { eurPerMwh: 90 } }`

describe('a plant and its network', () => {
  it('are read with what holds where nothing is said', () => {
    const outcome = parseConfig(`simulated: {}
plant: { units: [${boiler('oil')}], stores: [{ id: tank, capacityKwh: 9000, chargeKw: 500, dischargeKw: 700 }] }
network: { branches: [{ id: west }, { id: east, parent: west, capKw: 80, delayMinutes: 10 }] }
emissions: { eurPerT: 70 }`)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
    expect(outcome.config.plant?.stores[0]).toMatchObject({ lossRatioPerDay: 0.01 })
    expect(outcome.config.network).toMatchObject({ objective: 'system', peakEurPerKw: 0 })
    expect(outcome.config.emissions).toEqual({ eurPerT: 70, electricityEurPerT: 0 })
  })

  it.each([
    ['a lost parent', 'network: { branches: [{ id: a, parent: b }] }', 'network.branches.0.parent'],
    [
      'a ring',
      'network: { branches: [{ id: c }, { id: a, parent: b }, { id: b, parent: a }] }',
      'network.branches.1.parent',
    ],
    ['a branch twice', 'network: { branches: [{ id: a }, { id: a }] }', 'network.branches.1.id'],
    ['a unit twice', `plant: { units: [${boiler('oil')}, ${boiler('oil')}] }`, 'plant.units.1.id'],
    [
      'a store on no branch',
      `plant: { units: [${boiler('oil')}], stores: [{ id: t, capacityKwh: 1, chargeKw: 1, dischargeKw: 1, branch: x }] }`,
      'plant.stores.0.branch',
    ],
    ['a cap on emissions of no plant', 'emissions: { capKgPerDay: 5 }', 'emissions.capKgPerDay'],
    [
      'an outage that ends before it begins',
      `plant: { units: [${boiler('oil').replace('900', '900, outages: [{ from: "2026-01-02T00:00Z", until: "2026-01-01T00:00Z" }]')}] }`,
      'plant.units.0.outages.0.until',
    ],
    [
      'a signature of 23 hours',
      `network: { uncontrolled: { kind: signature, kwPerK: 3, baseKw: [${Array(23).fill(1).join(', ')}] } }`,
      'network.uncontrolled.baseKw',
    ],
    [
      'a meter that is a building',
      `buildings: [{ id: b-1, kind: school, floorAreaM2: 900, builtYear: 1990, persons: 9, maxHeatKw: 90, curve: [{ outdoorC: -26, supplyC: 65 }, { outdoorC: 20, supplyC: 20 }] }]
network: { meter: b-1 }`,
      'network.meter',
    ],
    ['a meter with the name of the controller', 'network: { meter: controller }', 'network.meter'],
    ['emissions from nowhere', 'co2: { service: fingrid, zone: SE3 }', 'co2.zone'],
  ])('with %s are refused and the place named', (_, text, place) => {
    const outcome = parseConfig(`simulated: {}\n${text}`)
    expect(outcome.ok ? [] : outcome.faults.map((fault) => fault.place)).toContain(place)
  })
})
