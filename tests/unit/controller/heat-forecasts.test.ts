import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../src/adapters/duckdb/duckdb-recorder.ts'
import { syntheticPrices } from '../../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../../src/adapters/synthetic/synthetic-weather.ts'
import { configuredBuildings, parseConfig } from '../../../src/config.ts'
import { type Controller, createController } from '../../../src/controller/controller.ts'
import type { Planner } from '../../../src/controller/ports.ts'
import { HOUR_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import type { DeskEvent } from '../../../src/core/domain/views.ts'
import { solveFleetQp } from '../../../src/core/math/fleet/solve-fleet-qp.ts'
import { createWorkspace } from '../../../src/core/math/workspace.ts'
import { planBuilding } from '../../../src/core/plan/plan-building.ts'
import { planFleet } from '../../../src/core/plan/plan-fleet.ts'
import { buildingId } from '../../contract/recorder.ts'
import { productConfig } from '../../fixtures/product.ts'
import { createManualClock, type ManualClock } from '../simulators/manual-clock.ts'

const START = Date.UTC(2026, 0, 14, 12, 3)
const FIRST_HOUR = Date.UTC(2026, 0, 14, 13)
const log = pino({ level: 'silent' })
const workspace = createWorkspace(4 * 96)
const planner: Planner = {
  plan: (jobs) => jobs.map(async (job) => planBuilding(job, workspace)),
  planFleet: (job) => planFleet(job, solveFleetQp),
  solverMs: () => 0,
  stop: async () => undefined,
}
const parsed = parseConfig(productConfig(['b-1', 'b-2']))
if (!parsed.ok) throw new Error('the configuration of this test is wrong')
const { config } = parsed

let clock: ManualClock
let recorder: DuckdbRecorder
let controller: Controller
beforeEach(async () => {
  clock = createManualClock(START)
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  controller = await start()
})
afterEach(async () => {
  await controller.stop()
  await recorder.stop()
})

async function start(): Promise<Controller> {
  const weather = syntheticWeather({ seed: 1, latitude: 61, longitude: 28 })
  const made = await createController({
    buildings: configuredBuildings(config),
    clock,
    recorder,
    planner,
    prices: syntheticPrices({ seed: 1, weather }),
    weather,
    log,
    version: 'test',
    control: config.control,
    timeZone: config.site.timeZone,
    about: { broker: 'none', store: 'memory', speed: 1, simulated: false },
  })
  await made.start({ connected: true, publish: async () => undefined, stop: async () => undefined })
  return made
}

async function quiet(): Promise<void> {
  await vi.waitFor(() => expect(controller.isQuiet).toBe(true))
}

/** Both buildings tell of 40 kW each quarter-hour until `until`; those of `silent` do not. */
async function live(until: number, silent: readonly string[] = []): Promise<void> {
  for (let at = Math.ceil(clock.now() / SLOT_MS) * SLOT_MS; at <= until; at += SLOT_MS) {
    clock.goTo(at)
    for (const id of ['b-1', 'b-2'].filter((name) => !silent.includes(name))) {
      const readings = { heatKw: 40, outdoorC: -4, zones: { a: { indoorC: 21 } } }
      const payload = Buffer.from(JSON.stringify({ at, intervalS: 900, readings }))
      await controller.door.receive({ topic: `heatflex/v1/${id}/telemetry`, payload, retained: false })
    }
    clock.goTo(at + config.control.turnDelayS * 1000)
    await quiet()
  }
}

async function stored() {
  await recorder.flush()
  return recorder.heatForecasts({ from: 0, to: clock.now() + HOUR_MS })
}

describe('heat ahead', () => {
  it('is shown from the first turn on, and kept at full hours alone', async () => {
    expect(controller.desk.forecast()?.heat).toBeNull()
    await live(FIRST_HOUR - SLOT_MS)
    expect(controller.desk.forecast()?.heat).toMatchObject({ source: 'prior', stepMs: SLOT_MS })
    expect(await stored()).toEqual([])
    await live(FIRST_HOUR + HOUR_MS)
    const records = await stored()
    expect(records.map(({ building, start }) => [building, (start - FIRST_HOUR) / HOUR_MS])).toEqual(
      [0, 1].flatMap((hour) => [['b-1', hour], ['b-2', hour], [null, hour]]), // biome-ignore format: a row an hour
    )
    // Believed when the turn came, not at the hour itself.
    for (const { start, issuedAt } of records) expect(issuedAt - start).toBe(config.control.turnDelayS * 1000)
  })

  it('is not sent along with every line that those who watch are told', async () => {
    const told: DeskEvent[] = []
    const leave = controller.desk.subscribe((event) => told.push(event))
    await live(FIRST_HOUR)
    leave()
    const lines = told.flatMap((event) => (event.type === 'building' ? [event.building] : []))
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines)
      for (const key of ['plan', 'heatForecast', 'zones']) expect(line).not.toHaveProperty(key)
  })

  it('is of the whole fleet what it is of its buildings, before errors are known', async () => {
    await live(FIRST_HOUR)
    const heat = controller.desk.forecast()?.heat
    const own = ['b-1', 'b-2'].map((id) => controller.desk.building(buildingId(id))?.heatForecast)
    for (const slot of [0, 40, 191]) {
      const sumKw = own.reduce((sum, view) => sum + (view?.p50Kw[slot] ?? Number.NaN), 0)
      expect(heat?.p50Kw[slot]).toBeCloseTo(sumKw, 1)
    }
  })

  it('is as planned where we steer, and on the curve where an operator wants that', async () => {
    await live(FIRST_HOUR)
    await controller.desk.setMode(buildingId('b-2'), { kind: 'curve' }, 'test')
    await live(FIRST_HOUR + HOUR_MS)
    const basis = (id: string) => controller.desk.building(buildingId(id))?.heatForecast?.basis
    expect([basis('b-1'), basis('b-2')]).toEqual(['as-planned', 'on-curve'])
    const curve = controller.desk.building(buildingId('b-2'))?.heatForecast
    for (const slot of [0, 50, 191])
      expect(curve?.curveKw[slot]).toBeCloseTo(curve?.p50Kw[slot] ?? Number.NaN, 1)
  })

  it('is measured by the hours that came, and remembered over a restart', async () => {
    await live(FIRST_HOUR + 4 * HOUR_MS)
    const before = controller.desk.forecast()?.heat?.accuracy
    expect(before?.map(({ leadHours, scored }) => [leadHours, scored])).toEqual([
      [1, 3],
      [3, 1],
    ])
    await controller.stop()
    await recorder.flush()
    controller = await start()
    await live(FIRST_HOUR + 4 * HOUR_MS + SLOT_MS)
    const after = controller.desk.forecast()?.heat?.accuracy
    expect(after?.map(({ scored }) => scored)).toEqual(before?.map(({ scored }) => scored))
    expect(after?.[0]?.maeKw).toBeCloseTo(before?.[0]?.maeKw ?? Number.NaN, 1)
  })

  it('is not measured where the meters are silent', async () => {
    await live(FIRST_HOUR + 4 * HOUR_MS, ['b-2'])
    expect(controller.desk.building(buildingId('b-1'))?.heatForecast?.accuracy).toMatchObject([
      { leadHours: 1, scored: 3 },
      { leadHours: 3, scored: 1 },
    ])
    expect(controller.desk.building(buildingId('b-2'))?.heatForecast?.accuracy).toEqual([])
    // Half of the fleet says nothing of the whole.
    expect(controller.desk.forecast()?.heat?.accuracy).toEqual([])
  })
})
