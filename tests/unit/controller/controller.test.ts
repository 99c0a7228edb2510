import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../src/adapters/duckdb/duckdb-recorder.ts'
import { syntheticPrices } from '../../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../../src/adapters/synthetic/synthetic-weather.ts'
import { type Config, configuredBuildings, parseConfig } from '../../../src/config.ts'
import { type Controller, createController } from '../../../src/controller/controller.ts'
import type { Planner } from '../../../src/controller/ports.ts'
import { restoreFleet } from '../../../src/controller/restore-fleet.ts'
import { MINUTE_MS } from '../../../src/core/domain/instant.ts'
import { solveFleetQp } from '../../../src/core/math/fleet/solve-fleet-qp.ts'
import { createWorkspace } from '../../../src/core/math/workspace.ts'
import { planBuilding } from '../../../src/core/plan/plan-building.ts'
import { planFleet } from '../../../src/core/plan/plan-fleet.ts'
import { buildingId } from '../../contract/recorder.ts'
import { productConfig } from '../../fixtures/product.ts'
import { createManualClock, type ManualClock } from '../simulators/manual-clock.ts'

const START = Date.UTC(2026, 0, 14, 12, 3)
const log = pino({ level: 'silent' })
const silent = () => undefined
const quietLog = { warn: silent, info: silent, debug: silent }
const workspace = createWorkspace(4 * 96)
let thinking = Promise.resolve()
const planner: Planner = {
  plan: (jobs) => jobs.map((job) => thinking.then(() => planBuilding(job, workspace))),
  planFleet: (job) => thinking.then(() => planFleet(job, solveFleetQp)),
  solverMs: () => 0,
  stop: async () => undefined,
}
const config = configOf(['b-1'])

function configOf(buildings: readonly string[]): Config {
  const parsed = parseConfig(productConfig(buildings))
  if (!parsed.ok) throw new Error('the configuration of this test is wrong')
  return parsed.config
}

let clock: ManualClock
let recorder: DuckdbRecorder
let sent: string[]
let running: Controller[]
let isAway: boolean
const complaints: unknown[][] = []

beforeEach(async () => {
  clock = createManualClock(START)
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  sent = []
  running = []
  isAway = false
  complaints.length = 0
})
afterEach(async () => {
  for (const controller of running) await controller.stop()
  await recorder.stop()
})

async function start(of = config): Promise<Controller> {
  const weather = syntheticWeather({ seed: 1, latitude: 61, longitude: 28 })
  const controller = await createController({
    buildings: configuredBuildings(of),
    clock,
    recorder,
    planner,
    prices: syntheticPrices({ seed: 1, weather }),
    weather,
    log: { ...quietLog, error: (...what: unknown[]) => complaints.push(what) },
    version: 'test',
    control: config.control,
    timeZone: config.site.timeZone,
    about: { broker: 'none', store: 'memory', speed: 1, simulated: false },
  })
  running.push(controller)
  await controller.start({
    connected: true,
    async publish(topic, payload) {
      if (isAway) throw new Error('the broker is away')
      if (topic.endsWith('setpoint')) sent.push(payload)
    },
    stop: async () => undefined,
  })
  return controller
}

function tell(controller: Controller, at: number, indoorC = 21, id = 'b-1'): Promise<boolean> {
  const readings = { heatKw: 40, outdoorC: -4, zones: { a: { indoorC } } }
  const payload = Buffer.from(JSON.stringify({ at, intervalS: 300, readings }))
  return controller.door.receive({ topic: `heatflex/v1/${id}/telemetry`, payload, retained: false })
}

async function quiet(controller: Controller): Promise<void> {
  await vi.waitFor(() => expect(controller.isQuiet).toBe(true))
}

describe('a controller', () => {
  it('plans a building that it first hears of once, however much that says meanwhile', async () => {
    const controller = await start()
    let think = (): void => undefined
    thinking = new Promise((resolve) => {
      think = resolve
    })
    for (let n = 10; n > 0; n--) {
      await tell(controller, START - n * MINUTE_MS)
      clock.goTo(clock.now() + 1)
    }
    think()
    await quiet(controller)
    clock.goTo(START + 2 * MINUTE_MS)
    await quiet(controller)
    expect(sent).toHaveLength(1)
  })

  it('gives a lease at once to a building that first sends what it kept for two hours', async () => {
    const controller = await start()
    for (let minutes = 120; minutes >= 0; minutes -= 15) {
      await tell(controller, START - minutes * MINUTE_MS)
      clock.goTo(clock.now() + 1)
      await quiet(controller)
    }
    expect(sent).toHaveLength(1)
  })

  it('does not say a lease again that it has taken back before it was started again', async () => {
    const controller = await start()
    await tell(controller, START)
    clock.goTo(START + 1)
    await quiet(controller)
    expect(JSON.parse(sent[0] ?? '{}').seq).toBeGreaterThan(0)
    await controller.desk.setMode(buildingId('b-1'), { kind: 'curve' }, 'test')
    expect(sent).toHaveLength(2)
    const release = JSON.parse(sent[1] ?? '{}')
    expect(release).toMatchObject({ mode: 'release', steps: [], reason: { code: 'operator-curve' } })
    expect(release.seq).toBeGreaterThan(JSON.parse(sent[0] ?? '{}').seq)
    await running.pop()?.stop()
    clock.goTo(START + MINUTE_MS)
    const again = await start()
    await quiet(again)
    expect(sent).toHaveLength(2)
    expect(again.desk.building(buildingId('b-1'))).toMatchObject({ lease: null, mode: { kind: 'curve' } })
  })
  it('leaves what it believes after a turn where the next start finds it', async () => {
    const controller = await start()
    for (let minutes = 30; minutes >= 0; minutes -= 15) await tell(controller, START - minutes * MINUTE_MS)
    await quiet(controller)
    clock.goTo(START + 14 * MINUTE_MS)
    await quiet(controller)
    const { fleet } = await restoreFleet(configuredBuildings(config), recorder, clock.now())
    const found = fleet.get(buildingId('b-1'))
    expect(found?.timeline.belief.samples).toBe(3)
    expect(found?.writes.length).toBe(JSON.parse(sent[0] ?? '{}').steps[0].supplyOffsetK === 0 ? 0 : 1)
  })
  it('says a deep cut anew until it is silenced, and no longer than its lease', async () => {
    const controller = await start()
    await tell(controller, START, 24)
    clock.goTo(START + 1)
    await quiet(controller)
    clock.goTo(START + 1 + 5 * MINUTE_MS)
    await quiet(controller)
    const [first, again] = sent.map((payload) => JSON.parse(payload))
    expect(first.steps[0].supplyOffsetK).toBeLessThanOrEqual(-5)
    expect(first.steps[1]).toEqual({ from: first.issuedAt + 5.5 * MINUTE_MS, supplyOffsetK: null })
    expect(again.seq).toBeGreaterThan(first.seq)
    expect(again).toMatchObject({ validUntil: first.validUntil, reason: first.reason })
    expect(again.steps).toEqual([
      { from: again.issuedAt, supplyOffsetK: first.steps[0].supplyOffsetK },
      { from: again.issuedAt + 5.5 * MINUTE_MS, supplyOffsetK: null },
    ])
    expect(controller.desk.building(buildingId('b-1'))?.lease).toEqual({ building: 'b-1', ...again })
    isAway = true
    clock.goTo(START + 1 + 10 * MINUTE_MS)
    await quiet(controller)
    expect(complaints).toHaveLength(1)
    expect((await recorder.recover()).leases.get(buildingId('b-1'))?.seq).toBeGreaterThan(again.seq)
  })

  it('leaves nothing waiting for the clock where a turn was under way at the end', async () => {
    const controller = await start()
    let think: () => void = silent
    thinking = new Promise((resolve) => {
      think = resolve
    })
    await tell(controller, START, 24)
    clock.goTo(START + 1)
    const ended = running.pop()?.stop()
    think()
    await ended
    expect(sent).toHaveLength(1)
    expect(JSON.parse(sent[0] ?? '{}').steps).toHaveLength(2)
    expect(clock.isFree).toBe(true)
  })

  it('complains once a turn of all buildings that it does not reach', async () => {
    const ids = ['b-1', 'b-2', 'b-3']
    const of = configOf(ids)
    const controller = await start(of)
    isAway = true
    for (const id of ids) await tell(controller, START, 21, id)
    clock.goTo(START + 1)
    await quiet(controller)
    const unsent = complaints.filter(([, what]) => what === 'setpoint not sent')
    expect(unsent).toHaveLength(1)
    expect(unsent[0]?.[0]).toMatchObject({ buildings: ids.length })
    expect(controller.desk.health().reasons).toContain('setpoint not sent')
  })
  it('shows after a restart what it had planned, until the next turn', async () => {
    const controller = await start()
    await tell(controller, START)
    clock.goTo(START + 1)
    await quiet(controller)
    const planned = controller.desk.plan()
    expect(planned.heatKw.length).toBeGreaterThan(100)
    await running.pop()?.stop()
    clock.goTo(START + MINUTE_MS)
    const again = await start()
    const shown = again.desk.plan()
    expect(shown.start).toBe(planned.start)
    expect(shown.heatKw).toEqual(planned.heatKw.map((kw) => Math.round(kw * 10) / 10))
    expect(again.desk.building(buildingId('b-1'))?.plan?.outcome).toBe('solved')
    expect(sent).toHaveLength(2)
  })
})
