import { describe, expect, it } from 'vitest'
import { SLOT_MS } from '../../../../src/core/domain/instant.ts'
import { buildReport } from '../../../../src/replay/build-report.ts'
import type { ReplayWorld } from '../../../../src/replay/load-series.ts'
import { productionCard } from '../../../../src/replay/page/production-card.ts'
import { verdict } from '../../../../src/replay/page/verdict.ts'
import { productionOf, productionTerms } from '../../../../src/replay/production/replay-production.ts'
import type { FleetRuns } from '../../../../src/replay/savings.ts'
import { parseScenario } from '../../../../src/replay/scenario.ts'
import { slotCalendar } from '../../../../src/replay/slot-calendar.ts'
import { drawStreet, type Scene } from '../../../../src/replay/street.ts'
import { sketchRun } from '../../../fixtures/building-run.ts'

const SLOTS = 96
const SPOT = 60

const plant = `
plant:
  units:
    - { kind: back-pressure-chp, id: chp, capKw: 100, minKw: 40, powerToHeatRatio: 0.5, efficiency: 0.9, fuel: { eurPerMwh: 27 } }
    - { kind: boiler, id: oil, capKw: 900, efficiency: 0.9, fuel: { eurPerMwh: 90, co2KgPerMwh: 270 } }
network: { uncontrolled: { kind: signature, baseKw: [70], kwPerK: 0 } }`

function sceneOf(kind: string, tariff: string, more = ''): Scene {
  const text = `name: made-up
seed: 1
start: '2024-01-04T00:00:00+02:00'
days: 1
fleet: { count: 2, mix: { ${kind}: 1 } }
prices: synthetic
weather: synthetic
tariff: ${tariff}${more}`
  const read = parseScenario(text, '/made-up.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const { scenario } = read
  const level = (value: number) => new Float64Array(2 * SLOTS).fill(value)
  const provenance = { source: 'made up', kind: 'synthetic', issuedAt: scenario.start } as const
  const start = scenario.start - 48 * SLOT_MS
  const truth = {
    prices: { start, values: level(SPOT), provenance },
    weather: { start, outdoorC: level(-5), solarWm2: level(0), windMs: level(2), provenance },
  }
  const world = { truth, gPerKwh: undefined, notes: [] } as Partial<ReplayWorld>
  return { scenario, world: world as ReplayWorld, street: drawStreet(scenario) }
}

/** Both buildings at so many kilowatts; under control less in the second half of the day. */
function runsOf({ street, scenario }: Scene, electricKw = 0): FleetRuns {
  const life = (heatKw: (k: number) => number) =>
    street.map(({ building }) => {
      const run = sketchRun({ id: building.id, start: scenario.start, slots: SLOTS, heatKw })
      return { ...run, trace: { ...run.trace, electricKw: new Float64Array(SLOTS).fill(electricKw) } }
    })
  return {
    asFound: life(() => 20),
    tunedDown: life(() => 18),
    controlled: life((k) => (k < 48 ? 15 : 20)),
  }
}

async function made(scene: Scene, electricKw = 0) {
  const terms = await productionTerms(scene, undefined)
  return productionOf(scene, terms, undefined, runsOf(scene, electricKw))
}

describe('the heat of a plant', () => {
  const scene = sceneOf('concrete-block', '{ kind: flat, eurPerMwh: 80 }', plant)

  it('is costed with what nobody steers, by the order of merit', async () => {
    const { asFound, controlled } = (await made(scene))!.report.runs
    // 110 kW: the turbine's 100 at 15 EUR/MWh, the rest of oil at 100.
    expect(asFound.heatKwh).toBeCloseTo(110 * 24, 6)
    expect(asFound.costEur).toBeCloseTo(24 * (100 * 0.015 + 10 * 0.1), 0)
    expect(asFound.marginalEurPerMwh).toBeCloseTo(100, 0)
    expect(asFound.units['oil']?.heatKwh).toBeCloseTo(240, 6)
    expect(asFound.co2Kg).toBeCloseTo((240 * 270) / 0.9 / 1000, 6)
    // Half the day at the turbine's edge, half as found.
    expect(controlled.units['oil']?.heatKwh).toBeCloseTo(120, 0)
    expect(controlled.unservedKwh).toBe(0)
  })

  it('tells what of it the fleet causes: the turbine beyond the others, and the oil', async () => {
    const { asFound } = (await made(scene))!.report.runs
    expect(asFound.fleetCostEur).toBeCloseTo(24 * (30 * 0.015 + 10 * 0.1), 0)
    expect(asFound.fleetHeatKwh).toBeCloseTo(40 * 24, 6)
  })

  it('sets the tariff beside the margin, and says who gains', async () => {
    const { runs, gains } = (await made(scene))!.report
    expect(runs.asFound.tariffEurPerMwh).toBeCloseTo(80, 9)
    expect(runs.asFound.fleetMarginalEurPerMwh).toBeCloseTo(100, 0)
    // The owners buy 120 kWh less at 80 EUR/MWh; it was oil at 100.
    expect(gains.asFound.ownerEur).toBeCloseTo(9.6, 6)
    expect(gains.asFound.utilityEur).toBeCloseTo(12 - 9.6, 0)
    expect(gains.asFound.gainer).toBe('both')
  })

  it('is told in words beside the bill, and written into the report', async () => {
    const production = (await made(scene))!
    const { truth } = scene.world
    const provenance = {
      ...{ fleet: '', co2: '', forecast: '', tariff: '', baselines: '', notes: [] },
      prices: truth.prices.provenance,
      weather: truth.weather.provenance,
    }
    const { name, seed, start, days } = scene.scenario
    const report = buildReport({
      ...{ name, seed, start, days },
      timeZone: 'Europe/Helsinki',
      runs: runsOf(scene),
      tunedDown: new Map(),
      bound: null,
      production,
      provenance,
    })
    expect(report.production?.gains.tunedDown.gainer).toBe('both')
    const [making] = verdict(report).sentences.filter((sentence) => sentence.startsWith('Making'))
    // 24 h of 6 kW of oil with the caretaker, 12 h of 10 kW under control.
    expect(making).toMatch(/cost the plant \d+ EUR, stored heat counted: \d EUR, \d+\.\d % less/)
  })

  it('is drawn and tabled on a page of its own', async () => {
    const production = (await made(scene))!
    const calendar = slotCalendar(scene.scenario.start, SLOTS, 'Europe/Helsinki')
    const eurPerMwh = new Float64Array(SLOTS).fill(SPOT)
    const card = productionCard(production.report, { series: production.series, eurPerMwh, calendar })
    expect(card).toContain('margin where the fleet took heat')
    expect(card).toContain('both gain')
    expect(card.match(/<svg/g)).toHaveLength(2)
    expect(card).not.toMatch(/NaN|undefined/)
    expect(productionCard(undefined, undefined)).toBe('')
  })
})

describe('heat that each building makes itself', () => {
  const tariff = '{ kind: heat-pump, feeEurPerMwh: 30, copByOutdoorC: [{ outdoorC: 0, cop: 3 }] }'

  it('costs what its owner pays for electricity', async () => {
    const { report, series } = (await made(sceneOf('heat-pump-block', tariff), 8))!
    expect(report.runs.asFound).toMatchObject({
      costEur: expect.closeTo(2 * 8 * 24 * 0.09, 9),
      fleetMarginalEurPerMwh: expect.closeTo(30, 9),
      tariffEurPerMwh: expect.closeTo((1000 * 2 * 8 * 24 * 0.09) / (40 * 24), 9),
      units: {},
    })
    expect(series.units).toEqual([])
  })

  it('is not known where some pay for heat and nobody says how it is made', async () => {
    expect(await made(sceneOf('concrete-block', '{ kind: spot }'))).toBeUndefined()
  })
})
