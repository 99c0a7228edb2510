import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import { syntheticPrices } from '../../../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../../../src/adapters/synthetic/synthetic-weather.ts'
import { configuredBuildings, parseConfig } from '../../../../src/config.ts'
import { type Controller, createController } from '../../../../src/controller/controller.ts'
import type { Planner } from '../../../../src/controller/ports.ts'
import { LOOK_MS } from '../../../../src/controller/tracking/tracking.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import type { OrderRequest } from '../../../../src/core/domain/order.ts'
import { solveFleetQp } from '../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { planBuilding } from '../../../../src/core/plan/plan-building.ts'
import { planFleet } from '../../../../src/core/plan/plan-fleet.ts'
import { productConfig } from '../../../fixtures/product.ts'
import { createManualClock, type ManualClock } from '../../simulators/manual-clock.ts'

const START = Date.UTC(2026, 0, 14, 14, 48)
/** When dear hours begin, and plans take heat away. */
const BEGINS = START + 87 * MINUTE_MS
const IDS = ['b-1', 'b-2', 'b-3', 'b-4', 'b-5', 'b-6']
const PER_K = 2
const log = pino({ level: 'silent' })
const silent = () => undefined
const workspace = createWorkspace(4 * 96)
const planner: Planner = {
  plan: (jobs) => jobs.map(async (job) => planBuilding(job, workspace)),
  planFleet: async (job) => planFleet(job, solveFleetQp),
  solverMs: () => 0,
  stop: async () => undefined,
}

/** A house as its controller sees it: what it was last told, and whether it hears. */
interface House {
  readonly id: string
  offsetK: number
  seq: number
  mode: string
  isAway: boolean
}

let clock: ManualClock
let recorder: DuckdbRecorder
let controller: Controller
let houses: Map<string, House>
const warnings: object[] = []

beforeEach(async () => {
  clock = createManualClock(START)
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  houses = new Map(IDS.map((id) => [id, { id, offsetK: 0, seq: 0, mode: '', isAway: false }]))
  warnings.length = 0
  controller = await start()
  for (let minutes = 60; minutes >= 0; minutes -= 15) await tellAll(START - minutes * MINUTE_MS)
  await go(START + 16 * MINUTE_MS)
})
afterEach(async () => {
  await controller.stop()
  await recorder.stop()
})

async function start(): Promise<Controller> {
  const parsed = parseConfig(productConfig(IDS))
  if (!parsed.ok) throw new Error('the configuration of this test is wrong')
  const weather = syntheticWeather({ seed: 1, latitude: 61, longitude: 28 })
  const made = await createController({
    buildings: configuredBuildings(parsed.config),
    clock,
    recorder,
    planner,
    prices: syntheticPrices({ seed: 1, weather }),
    weather,
    log: { debug: silent, info: silent, error: silent, warn: (facts: object) => warnings.push(facts) },
    version: 'test',
    control: parsed.config.control,
    timeZone: parsed.config.site.timeZone,
    about: { broker: 'none', store: 'memory', speed: 1, simulated: false },
  })
  await made.start({
    connected: true,
    async publish(topic, payload) {
      const house = houses.get(topic.split('/')[2] ?? '')
      if (!house || house.isAway || !topic.endsWith('setpoint')) return
      const lease = JSON.parse(payload)
      Object.assign(house, { offsetK: lease.steps[0]?.supplyOffsetK ?? 0, seq: lease.seq, mode: lease.mode })
      const ack = { id: lease.id, seq: lease.seq, at: clock.now(), state: 'applied', applied: {} }
      queueMicrotask(() => void receive(made, house.id, 'ack', ack))
    },
    stop: async () => undefined,
  })
  return made
}

function receive(to: Controller, id: string, what: string, message: object): Promise<boolean> {
  const payload = Buffer.from(JSON.stringify(message))
  return to.door.receive({ topic: `heatflex/v1/${id}/${what}`, payload, retained: false })
}

async function tellAll(at: number): Promise<void> {
  for (const { id, offsetK, isAway } of houses.values()) {
    if (isAway) continue
    const readings = { heatKw: 90 + PER_K * offsetK, outdoorC: -8, zones: { a: { indoorC: 20.5 } } }
    await receive(controller, id, 'telemetry', { at, intervalS: 300, readings })
  }
}

/** Lives on to `until`, so many milliseconds at a time; meters speak every five minutes. */
async function go(until: number, strideMs = 5 * MINUTE_MS): Promise<void> {
  while (clock.now() < until) {
    const next = Math.min(until, (Math.floor(clock.now() / strideMs) + 1) * strideMs)
    clock.goTo(next)
    if (next % (5 * MINUTE_MS) === 0) await tellAll(next)
    await vi.waitFor(() => expect(controller.isQuiet).toBe(true), { interval: 1, timeout: 20_000 })
  }
}

async function place(request: Partial<OrderRequest>) {
  const asked = { kind: 'reduce', kw: 30, from: BEGINS, until: BEGINS + HOUR_MS, ...request } as const
  return await controller.desk.placeOrder(asked, 'test')
}

const told = () => new Map([...houses.values()].map(({ id, offsetK }) => [id, offsetK]))

describe('an order between plans', () => {
  it('is looked after while it runs, and not before or after', async () => {
    const placed = await place({ until: BEGINS + 15 * MINUTE_MS })
    expect(placed.ok).toBe(true)
    await go(BEGINS - MINUTE_MS)
    expect(controller.desk.commitments()).toEqual([])
    await go(BEGINS + 2 * MINUTE_MS, LOOK_MS)
    expect(controller.desk.commitments()).toMatchObject([{ dropped: [], silent: [] }])
    await go(BEGINS + 17 * MINUTE_MS)
    expect(controller.desk.commitments()).toEqual([])
  })

  it('has others take the share of a building that says no, within a minute, and names it', async () => {
    await place({})
    await go(BEGINS + 4 * MINUTE_MS)
    const before = told()
    const lowest = [...before].sort(([, a], [, b]) => a - b)[0]![0]
    const abort = { kind: 'abort', deltaK: 0, untilAt: START + 3 * HOUR_MS, by: 'resident' }
    houses.get(lowest)!.isAway = true
    await receive(controller, lowest, 'status', { state: 'offline', session: 9, at: clock.now() })
    await receive(controller, lowest, 'override', abort)
    await go(BEGINS + 5 * MINUTE_MS + LOOK_MS, LOOK_MS)
    const moved = [...told()].filter(([id, offsetK]) => id !== lowest && offsetK < before.get(id)!)
    expect(moved.length).toBeGreaterThan(0)
    expect(moved.map(([id]) => houses.get(id)!.mode)).toEqual(moved.map(() => 'order'))
    expect(controller.desk.commitments()).toMatchObject([{ dropped: [lowest] }])
  })

  it('does what it can with half of the fleet gone, and says once what is missing', async () => {
    await place({ kw: 90 })
    await go(BEGINS + 4 * MINUTE_MS)
    for (const id of IDS.slice(0, 3)) {
      houses.get(id)!.isAway = true
      await receive(controller, id, 'status', { state: 'offline', session: 9, at: clock.now() })
    }
    await go(BEGINS + 7 * MINUTE_MS, LOOK_MS)
    const [one] = controller.desk.commitments()
    expect(one?.dropped).toEqual(IDS.slice(0, 3))
    expect(one?.unmetKw).toBeGreaterThan(0)
    expect(warnings.filter((facts) => 'unmetKw' in facts)).toHaveLength(1)
  })
})
