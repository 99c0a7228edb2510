import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../src/adapters/duckdb/duckdb-recorder.ts'
import { syntheticPrices } from '../../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../../src/adapters/synthetic/synthetic-weather.ts'
import { type Controller, createController } from '../../../src/controller/controller.ts'
import type { Building } from '../../../src/core/domain/building.ts'
import { DAY_MS, MINUTE_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import { solveFleetQp } from '../../../src/core/math/fleet/solve-fleet-qp.ts'
import { createWorkspace } from '../../../src/core/math/workspace.ts'
import { planBuilding } from '../../../src/core/plan/plan-building.ts'
import { planFleet } from '../../../src/core/plan/plan-fleet.ts'
import { nightFit } from '../../../src/core/state/night-fit.ts'
import { house, houseSamples, houseWeather } from '../core/state/learned-house.ts'
import { ZONE } from '../core/state/pretend.ts'
import { createManualClock, type ManualClock } from '../simulators/manual-clock.ts'

const DAYS = 9
const samples = houseSamples(DAYS)
const { at: lastAt } = samples.at(-1)!
const workspace = createWorkspace(4 * 96)
const log = pino({ level: 'silent' })

let clock: ManualClock
let recorder: DuckdbRecorder
let sent: string[]
let fits: number
let night: () => void
let running: Controller[]

beforeEach(async () => {
  clock = createManualClock(lastAt + MINUTE_MS)
  recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  sent = []
  running = []
  fits = 0
  const { start, outdoorC, solarWm2 } = houseWeather(DAYS)
  const slots = Array.from(outdoorC, (c, k) => ({
    at: start + k * SLOT_MS,
    outdoorC: c,
    solarWm2: solarWm2[k]!,
  }))
  await recorder.keepPastWeather(slots)
  await Promise.all(samples.map((sample) => recorder.keepSample(sample, sample.at)))
})
afterEach(async () => {
  for (const controller of running) await controller.stop()
  await recorder.stop()
})

async function start(building: Building = house): Promise<Controller> {
  const weather = syntheticWeather({ seed: 1, latitude: 61, longitude: 28 })
  const controller = await createController({
    buildings: [building],
    clock,
    recorder,
    planner: {
      plan: (jobs) => jobs.map(async (job) => planBuilding(job, workspace)),
      planFleet: (job) => planFleet(job, solveFleetQp),
      solverMs: () => 0,
      stop: async () => undefined,
    },
    learning: {
      nights: {
        start(onNight) {
          night = onNight
          return () => {}
        },
      },
      identifier: {
        async fit(job) {
          fits++
          return nightFit(job)
        },
        stop: async () => undefined,
      },
      windowDays: 28,
    },
    prices: syntheticPrices({ seed: 1, weather }),
    weather,
    log,
    version: 'test',
    control: { horizonHours: 24, turnDelayS: 20, replanSeconds: 60, lostAfterMinutes: 60, seasonEndsC: 25 },
    timeZone: ZONE,
    about: { broker: 'none', store: 'memory', speed: 1, simulated: false },
  })
  running.push(controller)
  await controller.start({
    connected: true,
    publish: async (topic, payload) => {
      if (topic.endsWith('setpoint') && payload) sent.push(JSON.parse(payload).reason.code)
    },
    stop: async () => undefined,
  })
  await quiet(controller)
  return controller
}

async function quiet(controller: Controller): Promise<void> {
  await vi.waitFor(() => expect(controller.isQuiet).toBe(true))
}

/** As time passes, with the same telemetry said again as new. */
async function goSlots(controller: Controller, slots: number): Promise<void> {
  for (let k = 0; k < slots; k++) {
    clock.goTo(Math.ceil(clock.now() / SLOT_MS) * SLOT_MS)
    const { readings } = samples[samples.length - 8]!
    const payload = Buffer.from(JSON.stringify({ at: clock.now(), intervalS: 900, readings }))
    await controller.door.receive({ topic: `heatflex/v1/${house.id}/telemetry`, payload, retained: false })
    await quiet(controller)
    clock.goTo(clock.now() + MINUTE_MS)
    await quiet(controller)
  }
}

async function liveNight(controller: Controller): Promise<void> {
  night()
  await quiet(controller)
  clock.goTo(clock.now() + 10_000)
}

const view = (controller: Controller) => controller.desk.building(house.id)

describe('a controller that learns a building', () => {
  it('moves it to learn from, understands it in the night, and steers it from then on', async () => {
    const controller = await start()
    await goSlots(controller, 1)
    expect(sent.every((code) => code === 'learning' || code === 'not-learned')).toBe(true)
    expect(view(controller)).toMatchObject({ modelSource: 'prior', identification: { gate: 'shut' } })
    await liveNight(controller)
    expect(view(controller)).toMatchObject({
      modelSource: 'learned',
      identification: { gate: 'open', reasons: [] },
    })
    await goSlots(controller, 1)
    expect(sent.at(-1)).not.toMatch(/learn/)
    expect(view(controller)?.plan).not.toBeNull()
    const audit = await recorder.audit(5)
    expect(audit.map(({ action }) => action)).toContain('model')
  })

  it('goes on with what was learned after a restart', async () => {
    const before = await start()
    await liveNight(before)
    await goSlots(before, 1)
    const known = view(before)
    await before.stop()
    const after = await start()
    expect(view(after)).toMatchObject({ modelSource: 'learned', model: known?.model })
    expect(view(after)?.identification).toEqual(known?.identification)
    await liveNight(after)
    expect(fits).toBe(2)
    expect(view(after)?.identification?.checkedAt).toBeGreaterThan(known?.identification?.checkedAt ?? 0)
  })

  it('forgets it for a building whose model is given now', async () => {
    const before = await start()
    await liveNight(before)
    await goSlots(before, 1)
    await before.stop()
    const { learnsModel: _told, ...given } = house
    const after = await start(given)
    expect(view(after)).toMatchObject({ modelSource: 'prior', identification: null })
  })

  it('keeps what it knew where a night fails, and says so', async () => {
    const controller = await start()
    vi.spyOn(recorder, 'samples').mockRejectedValue(new Error('the disk is gone'))
    await liveNight(controller)
    expect(controller.desk.health().reasons).toContain('model not fitted')
    expect(view(controller)).toMatchObject({ modelSource: 'prior' })
    vi.restoreAllMocks()
    clock.goTo(clock.now() + DAY_MS)
    await liveNight(controller)
    expect(fits).toBe(1)
  })
})
