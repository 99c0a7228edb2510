import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../src/adapters/duckdb/duckdb-recorder.ts'
import { createHttpServer, type HttpServer } from '../../src/adapters/http/create-http-server.ts'
import { syntheticPrices } from '../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../src/adapters/synthetic/synthetic-weather.ts'
import { configuredBuildings, parseConfig } from '../../src/config.ts'
import { type Controller, createController } from '../../src/controller/controller.ts'
import type { Planner, WeatherSource } from '../../src/controller/ports.ts'
import { HOUR_MS, SLOT_MS } from '../../src/core/domain/instant.ts'
import { solveFleetQp } from '../../src/core/math/fleet/solve-fleet-qp.ts'
import { createWorkspace } from '../../src/core/math/workspace.ts'
import { planBuilding } from '../../src/core/plan/plan-building.ts'
import { planFleet } from '../../src/core/plan/plan-fleet.ts'
import { productConfig } from '../fixtures/product.ts'
import { createManualClock, type ManualClock } from '../unit/simulators/manual-clock.ts'

const START = Date.UTC(2026, 0, 14, 12, 0, 21)
const log = pino({ level: 'silent' })
const silent = () => undefined
const quietLog = { warn: silent, info: silent, debug: silent, error: silent }
const IDS = ['b-1', 'b-2', 'b-3', 'b-4']
const workspace = createWorkspace(4 * 96)
const planner: Planner = {
  plan: (jobs) => jobs.map(async (job) => planBuilding(job, workspace)),
  planFleet: (job) => planFleet(job, solveFleetQp),
  solverMs: () => 0,
  stop: async () => undefined,
}

interface SentLease {
  readonly building: string
  readonly mode: string
  readonly reason: { readonly code: string }
  readonly steps: readonly { readonly supplyOffsetK: number }[]
}

/** A house of one mass: what its lease asks for it takes, and its rooms follow. */
const house = { lossKwPerK: 2, massKwhPerK: 252, kwPerK: 2.2, outdoorC: -10, usualC: 20.6 }
const MODEL = {
  airKwhPerK: 12,
  massKwhPerK: 240,
  couplingKwPerK: 60,
  airLossKwPerK: 1,
  massLossKwPerK: 1,
  apertureM2: 0,
  gainsKw: 0,
  heatToAirRatio: 0.7,
}

/** Every day as cold as the last. */
const FROST: WeatherSource = {
  async weather({ from, to }) {
    const flat = (value: number) => new Float64Array((to - from) / SLOT_MS).fill(value)
    const provenance = { source: 'test', kind: 'forecast', issuedAt: from } as const
    return { start: from, outdoorC: flat(house.outdoorC), solarWm2: flat(0), windMs: flat(0), provenance }
  },
}

let clock: ManualClock
let recorder: DuckdbRecorder
let controller: Controller
let server: HttpServer
let sent: SentLease[]
let rooms: Map<string, number>

beforeEach(async () => {
  clock = createManualClock(START)
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  sent = []
  rooms = new Map()
  await start()
})
afterEach(async () => {
  await stop()
  await recorder.stop()
})

async function start(): Promise<void> {
  const parsed = parseConfig(productConfig(IDS))
  if (!parsed.ok) throw new Error('the configuration of this test is wrong')
  const { config } = parsed
  const weather = syntheticWeather({ seed: 1, latitude: 61, longitude: 28 })
  controller = await createController({
    buildings: configuredBuildings(config).map((building) => ({
      ...building,
      model: MODEL,
      tariff: { kind: 'flat', eurPerMwh: 80 },
    })),
    clock,
    recorder,
    planner,
    prices: syntheticPrices({ seed: 1, weather }),
    weather: FROST,
    log: quietLog,
    version: 'test',
    control: config.control,
    orders: config.orders,
    timeZone: config.site.timeZone,
    about: { broker: 'none', store: 'memory', speed: 1, simulated: false },
  })
  await controller.start({
    connected: true,
    async publish(topic, payload) {
      const [, , building = '', channel] = topic.split('/')
      if (channel === 'setpoint') sent.push({ building, ...JSON.parse(payload) })
    },
    stop: async () => undefined,
  })
  server = await createHttpServer({ desk: controller.desk, port: 0, consoleDir: 'nowhere', log: quietLog })
}

async function stop(): Promise<void> {
  await server.stop()
  await controller.stop()
}

/** A regular turn waits so long for the telemetry of its slot. */
const LATE_MS = 21_000

/** Lets time pass with a sample from each building every quarter-hour. */
async function live(minutes: number, ids: readonly string[] = IDS): Promise<void> {
  for (let k = 0; k < minutes; k += 15) {
    clock.goTo(clock.now() + SLOT_MS - LATE_MS)
    for (const id of ids) await tell(id)
    await quiet()
    clock.goTo(clock.now() + LATE_MS)
    await quiet()
  }
}

async function tell(id: string): Promise<void> {
  const roomC = rooms.get(id) ?? house.usualC
  const offsetK = sent.findLast(({ building }) => building === id)?.steps[0]?.supplyOffsetK ?? 0
  const heatKw = Math.max(0, house.lossKwPerK * (house.usualC - house.outdoorC) + house.kwPerK * offsetK)
  rooms.set(id, roomC + (heatKw - house.lossKwPerK * (roomC - house.outdoorC)) / 12 / house.massKwhPerK)
  const zones = { a: { indoorC: roomC }, b: { indoorC: roomC + 0.4 } }
  const readings = { heatKw, outdoorC: house.outdoorC, zones }
  const payload = Buffer.from(JSON.stringify({ at: clock.now(), intervalS: 900, readings }))
  await controller.door.receive({ topic: `heatflex/v1/${id}/telemetry`, payload, retained: false })
}

async function quiet(): Promise<void> {
  await vi.waitFor(() => expect(controller.isQuiet).toBe(true), { timeout: 20_000, interval: 1 })
}

/** An order, or the problem document in its place. */
const answerSchema = z.looseObject({
  id: z.string().default(''),
  state: z.string().optional(),
  detail: z.string().optional(),
  deliverableKw: z.number().nullable().default(0),
  series: z
    .object({ baselineFlowKw: z.array(z.number()) })
    .nullable()
    .default(null),
})

async function post(body: object, query = '') {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/orders${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: answerSchema.parse(await response.json()) }
}

async function listed() {
  return (await fetch(`http://127.0.0.1:${server.port}/api/v1/orders`)).json()
}

const NOON = Date.UTC(2026, 0, 14, 12)
const reduce = { kind: 'reduce', kw: 30, from: NOON + 2 * HOUR_MS, until: NOON + 4 * HOUR_MS }

describe('an order over HTTP', () => {
  it('reaches the buildings as leases of its own mode, and they return after it', async () => {
    await live(30)
    const { status, body } = await post(reduce)
    expect([status, body.state]).toEqual([201, 'accepted'])
    await live(105)
    const before = sent.length
    await live(45)
    const during = sent.slice(before).filter(({ mode }) => mode === 'order')
    expect(during.length).toBeGreaterThan(0)
    expect(new Set(during.map(({ reason }) => reason.code))).toContain('order-less')
    for (const { reason, steps } of during) {
      if (reason.code === 'order-less') expect(steps[0]?.supplyOffsetK).toBeLessThan(0)
    }
    expect(await listed()).toMatchObject([{ id: body.id, state: 'running' }])
    await live(120)
    expect(await listed()).toMatchObject([{ state: 'releasing' }])
    const after = sent.length
    await live(60)
    expect(sent.slice(after).filter(({ reason }) => reason.code === 'order-less')).toEqual([])
  })

  it('is refused with how much can be had, and that much is accepted', async () => {
    await live(30)
    const much = await post({ ...reduce, kw: 5000 })
    expect(much).toMatchObject({ status: 422, body: { code: 'more-than-deliverable' } })
    const { deliverableKw } = much.body
    expect(deliverableKw).toBeGreaterThan(20)
    expect(await post({ ...reduce, kw: deliverableKw }, '?dryRun=true')).toMatchObject({
      status: 200,
      body: { refusal: null },
    })
    expect((await post({ ...reduce, kw: deliverableKw })).status).toBe(201)
  })

  it.each([
    { why: 'in the past', more: { from: NOON - 3 * HOUR_MS, until: NOON - HOUR_MS }, status: 422 },
    { why: 'that ends before it starts', more: { until: NOON + HOUR_MS }, status: 422 },
    { why: 'longer than the horizon', more: { until: NOON + 72 * HOUR_MS }, status: 422 },
    { why: 'on a branch that is none', more: { branch: 'moon' }, status: 422 },
    { why: 'of negative kilowatts', more: { kw: -5 }, status: 422 },
    { why: 'under what keeps homes warm', more: { kind: 'cap', kw: 0 }, status: 422 },
  ])('$why is refused and nothing else stops', async ({ more, status }) => {
    await live(30)
    expect((await post({ ...reduce, ...more })).status).toBe(status)
    expect(await listed()).toMatchObject([{ state: 'refused' }])
    const before = sent.length
    await live(15)
    expect(sent.length).toBeGreaterThan(before)
  })

  it('contradicts one that stands', async () => {
    await live(30)
    const { body } = await post(reduce)
    const other = await post({ ...reduce, kind: 'increase' })
    expect(other).toMatchObject({ status: 409, body: { code: 'contradictory' } })
    expect(other.body.detail).toContain(body.id)
  })

  it('has nobody to ask before any building was heard', async () => {
    expect(await post(reduce)).toMatchObject({
      status: 422,
      body: { code: 'nobody-to-ask', deliverableKw: 0 },
    })
  })

  it('goes on where half of the fleet falls silent in the middle of it', async () => {
    await live(30)
    await post({ kind: 'increase', kw: 10, from: clock.now(), until: clock.now() + 3 * HOUR_MS })
    await live(90, ['b-1', 'b-2'])
    const before = sent.length
    await live(15, ['b-1', 'b-2'])
    expect(await listed()).toMatchObject([{ state: 'running' }])
    expect(new Set(sent.slice(before).map(({ building }) => building))).toEqual(new Set(['b-1', 'b-2']))
    for (const id of ['b-3', 'b-4']) {
      const silentOnes = controller.desk.fleet().buildings.filter((building) => building.id === id)
      expect(silentOnes).toMatchObject([{ steeredBy: 'lost' }])
    }
  })

  it('stands after a restart with its frozen baseline, and can be cancelled then', async () => {
    await live(30)
    const { body } = await post(reduce)
    await stop()
    await start()
    const shown = await fetch(`http://127.0.0.1:${server.port}/api/v1/orders/${body.id}`)
    const again = answerSchema.parse(await shown.json())
    expect(again.state).toBe('accepted')
    expect(again.series?.baselineFlowKw[20]).toBeCloseTo(body.series?.baselineFlowKw[20] ?? 0, 0)
    const gone = await fetch(`http://127.0.0.1:${server.port}/api/v1/orders/${body.id}`, { method: 'DELETE' })
    expect(gone.status).toBe(204)
    expect(await listed()).toMatchObject([{ id: body.id, state: 'cancelled' }])
    const audit = await recorder.audit(10)
    expect(audit.map(({ action, actor }) => `${action} ${actor}`)).toContain('order operator')
  })

  it('is told to who listens', async () => {
    const told: string[] = []
    controller.desk.subscribe((event) => {
      if (event.type === 'order' && told.at(-1) !== event.order.state) told.push(event.order.state)
    })
    await live(30)
    await post({ kind: 'increase', kw: 10, from: clock.now() + SLOT_MS, until: clock.now() + 2 * SLOT_MS })
    await live(45)
    expect(told).toEqual(['accepted', 'running', 'releasing'])
  })
})
