import { afterEach, describe, expect, it } from 'vitest'
import { createPlanPool } from '../../src/adapters/workers/plan-pool.ts'
import type { Planner } from '../../src/controller/ports.ts'
import { type Street, startStreet } from '../fixtures/frosty-street.ts'
import {
  FAULTY_FLEET,
  FAULTY_SHARD,
  type ThreadFaults,
  threadFaults,
} from '../fixtures/workers/thread-faults.ts'

const IDS = ['b-1', 'b-2', 'b-3', 'b-4']

let street: Street
let planner: Planner
let faults: ThreadFaults
afterEach(async () => {
  await street.stop()
  await planner.stop()
  faults.remove()
})

async function startWithFleetFaults(baseMs = 30_000) {
  faults = threadFaults('FLEET_FAULTS')
  planner = createPlanPool(1, { fleetFile: FAULTY_FLEET, patience: { baseMs, perBuildingMs: 0 } })
  street = await startStreet({ ids: IDS, planner })
}

/** Who steers each building. */
const steered = () => street.controller.desk.fleet().buildings.map(({ steeredBy }) => steeredBy)

describe('a controller whose fleet thread fails', () => {
  it.each([
    { how: 'exit', baseMs: 30_000 },
    { how: 'throw', baseMs: 30_000 },
    { how: 'hang', baseMs: 1500 },
  ] as const)('goes on with the last good plan ($how), says so, and plans again', async ({ how, baseMs }) => {
    await startWithFleetFaults(baseMs)
    await street.live(30)
    expect(steered()).toEqual(Array(4).fill('lease'))
    const { gap } = street.controller.desk.plan().together!
    expect(gap).toBeLessThanOrEqual(1e-4)
    const before = street.sent.length
    faults.tell(how)
    await street.live(15)
    expect(faults.left).toBe(0)
    expect(street.said).toEqual(['fleet not planned'])
    expect(street.controller.desk.health().reasons).toContain('fleet not planned')
    expect(await street.metric('fleet_plans_total{outcome="failed"}')).toBe('1')
    expect(street.controller.desk.plan().together).toBeNull()
    expect(steered()).toEqual(Array(4).fill('lease'))
    expect(street.sent.length).toBeGreaterThanOrEqual(before + 4)
    await street.live(15)
    expect(street.said).toHaveLength(1)
    expect(street.controller.desk.health().reasons).toEqual([])
    expect(street.controller.desk.plan().together).toMatchObject({ status: 'solved', excluded: [] })
  })

  it('lets its buildings return to their curves where it fails for hours, one after the other plan', async () => {
    await startWithFleetFaults()
    await street.live(30)
    for (let turn = 0; turn < 8; turn++) {
      faults.tell('exit')
      await street.live(15)
    }
    expect(steered()).toEqual(Array(4).fill('lease'))
    faults.tell('throw')
    await street.live(15)
    expect(steered()).toEqual(Array(4).fill('curve'))
    expect(street.sent.slice(-4).map(({ mode, reason }) => [mode, reason.code])).toEqual(
      Array(4).fill(['release', 'not-understood']),
    )
    await street.live(15)
    expect(steered()).toEqual(Array(4).fill('lease'))
    expect(await street.metric('fleet_plans_total{outcome="failed"}')).toBe('9')
  })

  it('refuses an order that it cannot judge, and counts that too', async () => {
    await startWithFleetFaults()
    await street.live(30)
    faults.tell('exit')
    const now = street.clock.now()
    const asked = { kind: 'reduce', kw: 10, from: now, until: now + 3_600_000 } as const
    const placed = await street.controller.desk.placeOrder(asked, 'test')
    expect(placed).toMatchObject({ ok: false, order: { refusal: { code: 'not-planned' } } })
    expect((await street.controller.desk.placeOrder(asked, 'test')).ok).toBe(true)
  })
})

describe('a controller whose fleet is shared among threads', () => {
  it('plans without one that dies, says so while it lasts, and counts it', async () => {
    faults = threadFaults('SHARD_FAULTS')
    planner = createPlanPool(2, { shardFile: FAULTY_SHARD, worthSharing: 2 })
    const network = 'network: { branches: [{ id: north, capKw: 500 }] }'
    const branch = 'north'
    street = await startStreet({
      ...{ ids: IDS, planner, yaml: network, building: (building) => ({ ...building, branch }) },
    })
    await street.live(30)
    faults.tell('exit')
    await street.live(15)
    expect(faults.left).toBe(0)
    expect(street.said).toEqual(['fleet planned without its threads'])
    expect(street.controller.desk.health().reasons).toEqual(['fleet planned without its threads'])
    expect(street.controller.desk.plan().together).toMatchObject({ status: 'solved', excluded: [] })
    expect(await street.metric('fleet_plan_faults_total{fault="shard-died"}')).toBe('1')
    expect(await street.metric('fleet_plans_total{outcome="failed"}')).toBe('0')
    await street.live(15)
    expect(street.controller.desk.health().reasons).toEqual([])
  })
})
