import { afterEach, describe, expect, it } from 'vitest'
import type { Building } from '../../src/core/domain/building.ts'
import { HOUR_MS } from '../../src/core/domain/instant.ts'
import { buildingId } from '../contract/recorder.ts'
import { MODEL, NOON, type Street, type StreetSetup, startStreet } from '../fixtures/frosty-street.ts'

let street: Street
afterEach(() => street.stop())

async function lived(setup: StreetSetup, minutes = 45): Promise<Street> {
  street = await startStreet(setup)
  await street.live(minutes)
  return street
}

/** Where a number is none, by its path. */
function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  if (value instanceof Map) return notFinite(Object.fromEntries(value), path)
  return Object.entries(value).flatMap(([key, inner]) => notFinite(inner, `${path}.${key}`))
}

/** All that an operator is shown, and all that buildings were told. */
function shown({ controller, sent, clock }: Street) {
  const { desk } = controller
  return {
    fleet: desk.fleet(),
    buildings: desk.fleet().buildings.map(({ id }) => ({ ...desk.building(id), model: undefined })),
    plan: desk.plan(),
    forecast: desk.forecast(),
    offers: desk.flexibility(),
    commitments: desk.commitments(),
    ledger: desk.ledger(),
    sent,
    at: clock.now(),
  }
}

function expectSound(): void {
  expect(notFinite(shown(street))).toEqual([])
  expect(street.said.filter((what) => what === 'turn failed' || what === 'fleet not planned')).toEqual([])
  const together = street.controller.desk.plan().together
  expect(together?.status).toBe('solved')
  expect(together?.gap).toBeLessThanOrEqual(1e-4)
}

const steeredBy = (id: string) => street.controller.desk.building(buildingId(id))?.steeredBy
const NORTH = (building: Building): Building => ({ ...building, branch: 'north' })

describe('a fleet of', () => {
  it('nobody makes its turns, and has nobody to ask', async () => {
    await lived({ ids: [] })
    expect(notFinite(shown(street))).toEqual([])
    expect(street.said).toEqual([])
    expect(street.controller.desk.health()).toMatchObject({ reasons: [] })
    expect(street.controller.desk.plan().together).toBeNull()
    const order = { kind: 'reduce', kw: 5, from: NOON + HOUR_MS, until: NOON + 2 * HOUR_MS } as const
    expect(await street.controller.desk.placeOrder(order, 'test')).toMatchObject({
      ...{ ok: false, order: { refusal: { code: 'nobody-to-ask' } } },
    })
  })

  it.each([
    { of: 'one', setup: { ids: ['b-1'] } },
    { of: 'one on a branch', setup: { ids: ['b-1'], building: NORTH, yaml: network(500) } },
    { of: 'three under equal prices', setup: { eurPerMwh: () => 60 } },
    { of: 'three under prices of nothing', setup: { eurPerMwh: () => 0 } },
    { of: 'three at −500 EUR/MWh', setup: { eurPerMwh: () => -500 } },
    { of: 'three at +5000 EUR/MWh', setup: { eurPerMwh: () => 5000 } },
    {
      of: 'three between −500 and +5000 EUR/MWh by the hour, on a branch',
      setup: {
        ...{ building: NORTH, yaml: network(500) },
        eurPerMwh: (at: number) => (Math.floor(at / HOUR_MS) % 3 === 0 ? -500 : 5000),
      },
    },
  ])('$of is planned, certified, and told to nobody without a number', async ({ setup }) => {
    await lived(setup)
    expectSound()
    expect(street.said).toEqual([])
    expect(street.sent.length).toBeGreaterThan(0)
  })
})

function network(capKw: number): string {
  return `network: { branches: [{ id: north, capKw: ${capKw} }] }`
}

describe('a building whose model went mad', () => {
  const mad = { ...MODEL, airKwhPerK: Number.NaN }
  it.each([
    { how: 'no number', model: mad },
    { how: 'a negative capacity', model: { ...MODEL, massKwhPerK: -240 } },
    { how: 'no capacity', model: { ...MODEL, airKwhPerK: 0 } },
    { how: 'a loss that gains', model: { ...MODEL, airLossKwPerK: -4 } },
    { how: 'numbers beyond all measure', model: { ...MODEL, gainsKw: 1e200 } },
    { how: 'a million kilowatts of people', model: { ...MODEL, gainsKw: 1e6 } },
  ])('($how) is left on its curve, named and counted; all others are planned', async ({ model }) => {
    const building = (one: Building) => NORTH(one.id === 'b-2' ? { ...one, model } : one)
    await lived({ building, yaml: network(170) })
    expectSound()
    expect(street.said).toContain('buildings left out of the fleet plan')
    expect(street.controller.desk.plan().together?.excluded).toEqual(['b-2'])
    expect(street.controller.desk.health().reasons).toEqual(['buildings left out of the fleet plan'])
    expect(Number(await street.metric('fleet_plan_faults_total{fault="left-out"}'))).toBeGreaterThan(0)
    expect(['b-1', 'b-2', 'b-3'].map(steeredBy)).toEqual(['lease', 'curve', 'lease'])
  })
})

describe('a cap that nothing can keep', () => {
  it('is come as near to as warm homes allow, said and counted', async () => {
    await lived({ building: NORTH, yaml: network(20) }, 150)
    expectSound()
    expect(street.said).toContain('cap cannot be kept')
    expect(street.controller.desk.health().reasons).toContain('cap cannot be kept')
    expect(Number(await street.metric('fleet_plan_faults_total{fault="cap-broken"}'))).toBeGreaterThan(0)
    for (const { heatKw } of street.controller.desk.fleet().buildings) expect(heatKw).toBeLessThan(30)
  })

  it('cools no home that is near 18 °C', async () => {
    await lived({ building: NORTH, yaml: network(20), roomC: () => 18.3 }, 240)
    expectSound()
    expect(street.said).toContain('cap cannot be kept')
    for (const { coldestC } of street.controller.desk.fleet().buildings)
      expect(coldestC).toBeGreaterThan(18.2)
  })
})

describe('a room at', () => {
  it('5 °C is heated, one at 35 °C is not, and the others are planned', async () => {
    const roomC = (id: string) => ({ 'b-1': 5, 'b-2': 35 })[id] ?? 20.6
    await lived({ roomC, building: NORTH, yaml: network(170) })
    expect(notFinite(shown(street))).toEqual([])
    expect(street.said).not.toContain('fleet not planned')
    expect(street.controller.desk.plan().together).toMatchObject({ status: 'solved', excluded: [] })
    const last = (id: string) => street.sent.findLast(({ building }) => building === id)
    expect(last('b-1')?.steps[0]?.supplyOffsetK ?? 0).toBeGreaterThanOrEqual(0)
    expect(last('b-2')?.steps[0]?.supplyOffsetK).toBeLessThan(0)
    expect(steeredBy('b-3')).toBe('lease')
  })
})

describe('half of the fleet that falls silent in the middle of an order', () => {
  it('is released, the order goes on among the others, and every plan is certified', async () => {
    street = await startStreet({ ids: ['b-1', 'b-2', 'b-3', 'b-4'] })
    await street.live(30)
    const from = street.clock.now()
    const order = { kind: 'reduce', kw: 8, from, until: from + 4 * HOUR_MS } as const
    const placed = await street.controller.desk.placeOrder(order, 'test')
    expect(placed.ok).toBe(true)
    await street.live(30)
    for (let turn = 0; turn < 6; turn++) {
      await street.live(15, ['b-1', 'b-2'])
      expectSound()
    }
    expect(['b-1', 'b-2', 'b-3', 'b-4'].map(steeredBy)).toEqual(['lease', 'lease', 'lost', 'lost'])
    expect(street.controller.desk.orders()).toMatchObject([{ id: placed.order.id, state: 'running' }])
    await street.live(180)
    expect(['releasing', 'done']).toContain(street.controller.desk.orders()[0]?.state)
    const { silent = [] } = street.controller.desk.settlement(placed.order.id) ?? {}
    expect(silent.map(({ building }) => building)).toEqual(['b-3', 'b-4'])
    expectSound()
  })
})
