import { pino } from 'pino'
import { expect, vi } from 'vitest'
import { createDuckdbRecorder } from '../../../../src/adapters/duckdb/duckdb-recorder.ts'
import { syntheticPrices } from '../../../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../../../src/adapters/synthetic/synthetic-weather.ts'
import { configuredBuildings, parseConfig } from '../../../../src/config.ts'
import { configuredProduction } from '../../../../src/controller/configured-production.ts'
import { type Controller, createController } from '../../../../src/controller/controller.ts'
import type { Planner } from '../../../../src/controller/ports.ts'
import { MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import { solveFleetQp } from '../../../../src/core/math/fleet/solve-fleet-qp.ts'
import { createWorkspace } from '../../../../src/core/math/workspace.ts'
import { planBuilding } from '../../../../src/core/plan/plan-building.ts'
import { planFleet } from '../../../../src/core/plan/plan-fleet.ts'
import { createManualClock, type ManualClock } from '../../simulators/manual-clock.ts'

export const START = Date.UTC(2026, 0, 14, 14, 48)
const PER_K = 2
const silent = () => undefined
const workspace = createWorkspace(4 * 96)
const planner: Planner = {
  plan: (jobs) => jobs.map(async (job) => planBuilding(job, workspace)),
  planFleet: async (job) => planFleet(job, solveFleetQp),
  solverMs: () => 0,
  stop: async () => undefined,
}

/** A house as its controller sees it: what it was last told, and whether it hears. */
export interface House {
  readonly id: string
  offsetK: number
  seq: number
  mode: string
  reason: string
  isAway: boolean
  /** What it takes on its own curve. */
  heatKw: number
}

/** Houses that do as they are told, and a controller that has heard them and made a turn. */
export interface TrackedHouses {
  readonly clock: ManualClock
  readonly controller: Controller
  readonly houses: ReadonlyMap<string, House>
  readonly warnings: readonly object[]
  /** Every lease that was said, with when. */
  readonly leases: readonly Said[]
  receive(id: string, what: string, message: object): Promise<boolean>
  /** Lives on to `until`, so many milliseconds at a time; meters speak every five minutes. */
  go(until: number, strideMs?: number): Promise<void>
  told(): ReadonlyMap<string, number>
  stop(): Promise<void>
}

export interface Said {
  readonly at: number
  readonly id: string
  readonly mode: string
  readonly reason: string
  readonly offsetK: number
}

export async function trackedHouses(text: string, ids: readonly string[]): Promise<TrackedHouses> {
  const parsed = parseConfig(text)
  if (!parsed.ok) throw new Error('the configuration of this test is wrong')
  const { config } = parsed
  const clock = createManualClock(START)
  const log = pino({ level: 'silent' })
  const recorder = await createDuckdbRecorder({ path: ':memory:', clock, log, commitEveryMs: 1 })
  const houses = new Map<string, House>(
    ids.map((id) => [id, { id, offsetK: 0, seq: 0, mode: '', reason: '', isAway: false, heatKw: 90 }]),
  )
  const warnings: object[] = []
  const leases: Said[] = []
  const weather = syntheticWeather({ seed: 1, latitude: 61, longitude: 28 })
  const controller = await createController({
    buildings: configuredBuildings(config),
    clock,
    recorder,
    planner,
    prices: syntheticPrices({ seed: 1, weather }),
    weather,
    production: await configuredProduction(config),
    log: { debug: silent, info: silent, error: silent, warn: (facts: object) => warnings.push(facts) },
    version: 'test',
    control: config.control,
    timeZone: config.site.timeZone,
    about: { broker: 'none', store: 'memory', speed: 1, simulated: false },
  })

  function receive(id: string, what: string, message: object): Promise<boolean> {
    const payload = Buffer.from(JSON.stringify(message))
    return controller.door.receive({ topic: `heatflex/v1/${id}/${what}`, payload, retained: false })
  }

  async function tellAll(at: number): Promise<void> {
    for (const { id, offsetK, isAway, heatKw } of houses.values()) {
      if (isAway) continue
      const readings = { heatKw: heatKw + PER_K * offsetK, outdoorC: -8, zones: { a: { indoorC: 20.5 } } }
      await receive(id, 'telemetry', { at, intervalS: 300, readings })
    }
  }

  async function go(until: number, strideMs = 5 * MINUTE_MS): Promise<void> {
    while (clock.now() < until) {
      const next = Math.min(until, (Math.floor(clock.now() / strideMs) + 1) * strideMs)
      clock.goTo(next)
      if (next % (5 * MINUTE_MS) === 0) await tellAll(next)
      await vi.waitFor(() => expect(controller.isQuiet).toBe(true), { interval: 1, timeout: 20_000 })
    }
  }

  await controller.start({
    connected: true,
    async publish(topic, payload) {
      const house = houses.get(topic.split('/')[2] ?? '')
      if (!house || house.isAway || !topic.endsWith('setpoint')) return
      const { id, seq, mode, reason, steps } = JSON.parse(payload)
      const said = { offsetK: steps[0]?.supplyOffsetK ?? 0, mode, reason: reason.code }
      Object.assign(house, { ...said, seq })
      leases.push({ at: clock.now(), id: house.id, ...said })
      const ack = { id, seq, at: clock.now(), state: 'applied', applied: {} }
      queueMicrotask(() => void receive(house.id, 'ack', ack))
    },
    stop: async () => undefined,
  })
  for (let minutes = 60; minutes >= 0; minutes -= 15) await tellAll(START - minutes * MINUTE_MS)
  await go(START + 16 * MINUTE_MS)
  return {
    clock,
    controller,
    houses,
    warnings,
    leases,
    receive,
    go,
    told: () => new Map([...houses.values()].map(({ id, offsetK }) => [id, offsetK])),
    async stop() {
      await controller.stop()
      await recorder.stop()
    },
  }
}
