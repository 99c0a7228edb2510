import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDuckdbRecorder, type DuckdbRecorder } from '../../../src/adapters/duckdb/duckdb-recorder.ts'
import { createConstantCo2 } from '../../../src/adapters/files/file-co2.ts'
import { syntheticPrices } from '../../../src/adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../../../src/adapters/synthetic/synthetic-weather.ts'
import { configuredBuildings, parseConfig } from '../../../src/config.ts'
import { configuredProduction } from '../../../src/controller/configured-production.ts'
import { type Controller, createController } from '../../../src/controller/controller.ts'
import type { Co2Source, Planner } from '../../../src/controller/ports.ts'
import { storeLevels } from '../../../src/controller/store-levels.ts'
import { DAY_MS, MINUTE_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import { solveFleetQp } from '../../../src/core/math/fleet/solve-fleet-qp.ts'
import { planFleet } from '../../../src/core/plan/plan-fleet.ts'
import { buildingId } from '../../contract/recorder.ts'
import { buildingYaml, productConfig } from '../../fixtures/product.ts'
import { createManualClock, type ManualClock } from '../simulators/manual-clock.ts'

const START = Date.UTC(2026, 0, 14, 12, 3)
const silent = () => undefined
const quiet = { info: silent, debug: silent, warn: silent }
const planner: Planner = {
  plan: () => [],
  planFleet: (job) => planFleet(job, solveFleetQp),
  solverMs: () => 0,
  stop: async () => undefined,
}
const pumpTariff = 'tariff: { kind: heat-pump, copByOutdoorC: [{ outdoorC: 0, cop: 3 }] }'
const text = productConfig(
  ['b-1'],
  `${buildingYaml('pump-1').replace('curve:', `${pumpTariff}, curve:`)}
tariff: { kind: flat, eurPerMwh: 95 }
emissions: { eurPerT: 70, electricityEurPerT: 50 }
network: { uncontrolled: { kind: signature, baseKw: [900], kwPerK: 60 } }
plant:
  units:
    - { kind: back-pressure-chp, id: chp, capKw: 1600, minKw: 1500, powerToHeatRatio: 0.5, efficiency: 0.9, fuel: { eurPerMwh: 27 } }
    - { kind: boiler, id: oil, capKw: 5000, efficiency: 0.9, fuel: { eurPerMwh: 90, co2KgPerMwh: 267 } }
  stores: [{ id: tank, capacityKwh: 4000, chargeKw: 400, dischargeKw: 600 }]`,
)

let clock: ManualClock
let recorder: DuckdbRecorder
let controller: Controller | undefined
const complaints: string[] = []

/** A controller that has heard its buildings and made a regular turn. */
async function turned(co2: Co2Source, told = text) {
  const parsed = parseConfig(told)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  const { config } = parsed
  const weather = syntheticWeather({ seed: 1, latitude: 61, longitude: 28 })
  controller = await createController({
    buildings: configuredBuildings(config),
    clock,
    recorder,
    planner,
    prices: syntheticPrices({ seed: 1, weather }),
    weather,
    co2,
    emissions: config.emissions,
    production: await configuredProduction(config),
    log: { ...quiet, error: (...told: unknown[]) => complaints.push(String(told[1])) },
    version: 'test',
    control: config.control,
    timeZone: config.site.timeZone,
    about: { broker: 'none', store: 'memory', speed: 1, simulated: false },
  })
  await controller.start({ connected: true, publish: async () => undefined, stop: async () => undefined })
  for (const id of ['b-1', 'pump-1']) {
    const readings = { heatKw: 60, outdoorC: -4, zones: { a: { indoorC: 21 } } }
    const payload = Buffer.from(JSON.stringify({ at: START, intervalS: 300, readings }))
    await controller.door.receive({ topic: `heatflex/v1/${id}/telemetry`, payload, retained: false })
  }
  clock.goTo(Math.ceil(START / SLOT_MS) * SLOT_MS + MINUTE_MS)
  await vi.waitFor(() => expect(controller?.isQuiet).toBe(true))
  return controller.desk
}

describe('a controller with a plant', () => {
  beforeEach(async () => {
    clock = createManualClock(START)
    recorder = await createDuckdbRecorder({
      path: ':memory:',
      clock,
      log: pino({ level: 'silent' }),
      commitEveryMs: 1,
    })
    complaints.length = 0
  })
  afterEach(async () => {
    await controller?.stop()
    await recorder.stop()
  })

  it('shows what heat costs to make beside what is paid for it, and who makes it', async () => {
    const desk = await turned(createConstantCo2(120))
    const { production, co2 } = desk.forecast()!
    expect(co2).toMatchObject({ source: { source: '120 g/kWh', kind: 'estimated' } })
    expect(co2?.gPerKwh[0]).toBe(120)
    expect(new Set(production?.tariffEurPerMwh)).toEqual(new Set([95]))
    expect(production?.units.map(({ unit }) => unit)).toEqual(['chp', 'oil'])
    const [chp, oil] = production!.units
    expect(chp!.heatKw[0]! + oil!.heatKw[0]!).toBeCloseTo(production!.heatKw[0]!, 6)
    expect(production?.heatGPerKwh.every((g) => g >= 0)).toBe(true)
  })

  it('plans by what heat costs to make, and a building with a heat pump by its own price', async () => {
    const desk = await turned(createConstantCo2(120))
    const { production, eurPerMwh } = desk.forecast()!
    const byPlant = desk.building(buildingId('b-1'))!.plan!.eurPerKwh
    expect(1000 * byPlant[8]!).toBeCloseTo(production!.marginalEurPerMwh[8]!, 0)
    // Spot, and 120 g/kWh at 50 EUR/t, over the COP.
    const byPump = desk.building(buildingId('pump-1'))!.plan!.eurPerKwh
    expect(3000 * byPump[8]!).toBeCloseTo(eurPerMwh[8]! + 6, 6)
  })

  it('hears the meter of its network, however large, and says what it has learned from it', async () => {
    const desk = await turned(
      createConstantCo2(120),
      text.replace('network: {', 'network: { meter: plant-meter,'),
    )
    let at = clock.now() - MINUTE_MS
    const sent = (id: string, heatKw: number) => {
      at += 1000
      const payload = Buffer.from(JSON.stringify({ at, intervalS: 900, readings: { heatKw } }))
      return controller?.door.receive({ topic: `heatflex/v1/${id}/telemetry`, payload, retained: false })
    }
    await sent('plant-meter', 300_000)
    expect(desk.rejected(9)).toEqual([])
    await sent('plant-meter', 300_000_000)
    await sent('no-meter', 1)
    const codes = new Set(desk.rejected(9).map(({ code }) => code))
    expect(codes).toEqual(new Set(['unknown-building', 'no-readings']))
    expect(desk.forecast()?.production?.notes).toContain(
      'demand that nobody steers is learned from plant-meter, not yet: 0 of 120 h',
    )
  })

  it('plans on without emissions where nobody tells them, and says so', async () => {
    const desk = await turned({ co2: () => Promise.reject(new Error('the grid is silent')) })
    expect(desk.forecast()?.co2).toBeNull()
    expect(desk.building(buildingId('b-1'))?.plan).not.toBeNull()
    expect(desk.forecast()?.production?.notes).toContain(
      'emissions of electricity are not known and counted as none',
    )
    expect(complaints).toContain('emissions not known')
  })
})

describe('the level of a heat store', () => {
  const tank = { id: 'tank', capacityKwh: 1000, chargeKw: 100, dischargeKw: 100, lossRatioPerDay: 0.01 }
  const plant = { units: [], stores: [tank] }
  const before = {
    start: START,
    levelsKwh: new Map([['tank', 400]]),
    plan: { stores: [{ u: new Float64Array(4), ti: Float64Array.of(5, 6, 11, -1) }] },
  }

  it.each([
    { slots: 0, kwh: 400 },
    { slots: 1, kwh: 500 },
    { slots: 2, kwh: 600 },
    { slots: 3, kwh: 1000 },
    { slots: 4, kwh: 0 },
  ])('is as last planned, $slots slots later: $kwh kWh', ({ slots, kwh }) => {
    const levels = storeLevels(plant, before, START + slots * SLOT_MS)
    expect(levels.get('tank')).toBeCloseTo(kwh, 9)
  })

  it('is not known without a plan that reaches so far', () => {
    expect(storeLevels(plant, undefined, START).size).toBe(0)
    expect(storeLevels(plant, before, START + DAY_MS).size).toBe(0)
  })
})
