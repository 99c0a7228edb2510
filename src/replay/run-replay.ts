import { accumulate, type BuildingRun } from './accumulate.ts'
import type { Baselines } from './baseline-job.ts'
import { billed, type Life } from './billed.ts'
import { type BuildingBound, fleetBound } from './bound.ts'
import type { ReplayResult } from './build-report.ts'
import {
  type ControlledResult,
  type ControlledSetup,
  type OffsetChange,
  runControlled,
} from './controlled-run.ts'
import { controlledSetup, type LiveOptions } from './controlled-setup.ts'
import type { FittedModel } from './fit-model.ts'
import { fitStreet, fittedNote, modelled } from './fitted-street.ts'
import { forecastAccuracy } from './forecast-accuracy.ts'
import { forecastErrorFigures, liveErrorLevels, withForecastError } from './forecast-errors.ts'
import { createJobPool } from './job-pool.ts'
import { liveBeside } from './live-beside.ts'
import type { ReplayWorld } from './load-series.ts'
import { truthOf } from './network/replay-network.ts'
import { bookOf, ordersOf } from './orders/replay-orders.ts'
import { productionOf, productionTerms } from './production/replay-production.ts'
import type { Bound } from './report.ts'
import { compare, type FleetRuns } from './savings.ts'
import type { Scenario } from './scenario.ts'
import { slotCalendar } from './slot-calendar.ts'
import { drawStreet, type Scene } from './street.ts'
import { asFoundRuns, liveWithoutControl, UNTOLD } from './without-control.ts'

export interface ReplayOptions extends LiveOptions {
  /** Lives the same days with forecasts of every quality too: three runs more. */
  readonly forecastErrors?: boolean | undefined
}

export interface Replayed {
  readonly result: ReplayResult
  /** What each building was set to and when, in the order of `result.runs.controlled`. */
  readonly offsets: readonly (readonly OffsetChange[])[]
  readonly timings: Readonly<Record<string, number>>
}

const TELEMETRY_NOTE =
  'Sensors, people and hot water are simulated with their noise; figures are the simulators’ truth, not the sensors’.'

/** All runs of a scenario and what they compare to. */
export async function runReplay(
  scenario: Scenario,
  world: ReplayWorld,
  options: ReplayOptions,
): Promise<Replayed> {
  const began = performance.now()
  const scene: Scene = { scenario, world, street: drawStreet(scenario) }
  const pool = createJobPool(2)
  try {
    const fits = await fitStreet(scene, pool)
    options.say(`models: ${fits.length > 0 ? fittedNote(fits) : scenario.fleet.models}`)
    const buildings = modelled(scene, fits)
    const withoutControl = liveWithoutControl(scene, pool)
    const truth = await truthOf(scene, async () => asFoundRuns(scene, await withoutControl.baselines))
    const terms = await productionTerms(scene, truth)
    const production = scenario.coordination === 'fleet' ? terms : undefined
    const live = async (how: Partial<ControlledSetup> = {}) =>
      await runControlled({ ...controlledSetup(scene, buildings, options), production, ...how })
    const book = bookOf(scene)
    const [baselines, bounds, controlled] = await Promise.all([
      withoutControl.baselines,
      withoutControl.bounds(),
      live({ acts: book.acts }),
    ])
    options.say('baselines and control done')
    const runs = runsOf(scene, baselines, controlled)
    const bill = (lived: ControlledResult) =>
      lived.buildings.map((life, i) => billed(scene, scene.street[i]!, life))
    const beside = await liveBeside({ scene, runs, truth, pool, say: options.say }, async (how) =>
      bill(await live(how)),
    )
    const levels = options.forecastErrors
      ? await liveErrorLevels({ error: scenario.forecast.error, runs: runs.controlled }, async (error) => {
          options.say(`the same days with ${error} forecast error`)
          return bill(
            await live({ acts: book.acts, weather: withForecastError(world, scenario, error).weather }),
          )
        })
      : undefined
    const result = {
      ...resultOf(scene, runs, baselines, modelsNote(scene, fits, controlled)),
      bound: boundOf(scenario, runs, bounds),
      beside,
      network: truth,
      production: await productionOf(scene, terms, truth, runs),
      orders: ordersOf(scene, book, runs.controlled, beside, controlled.desk),
      forecastAccuracy: accuracyOf(runs.controlled, controlled, scenario),
      forecastErrors: levels && forecastErrorFigures(levels, runs.tunedDown, calendarOf(scenario, runs)),
    }
    const { total: controlledMs, ...parts } = controlled.ms
    const timings = { ...parts, controlled: controlledMs, threads: pool.ms, total: performance.now() - began }
    return { result, offsets: controlled.buildings.map(({ offsets }) => offsets), timings }
  } finally {
    await pool.stop()
  }
}

function runsOf(scene: Scene, baselines: readonly Baselines[], controlled: ControlledResult): FleetRuns {
  const run = (i: number, life: Life) => billed(scene, scene.street[i]!, life)
  return {
    asFound: asFoundRuns(scene, baselines),
    tunedDown: baselines.map(({ tunedDown }, i) => run(i, { trace: tunedDown.trace, ...UNTOLD })),
    controlled: controlled.buildings.map((life, i) => run(i, life)),
  }
}

function boundOf(
  scenario: Scenario,
  runs: FleetRuns,
  bounds: readonly BuildingBound[] | undefined,
): Bound | null {
  return bounds ? fleetBound(bounds, compare(...netRuns(scenario, runs)).savedEur) : null
}

function accuracyOf(runs: readonly BuildingRun[], { heatForecasts }: ControlledResult, { start }: Scenario) {
  const truths = runs.map(({ building, trace }) => ({ id: building.id, heatKw: trace.heatKw }))
  return forecastAccuracy(heatForecasts, truths, start)
}

function calendarOf({ start, site }: Scenario, runs: FleetRuns) {
  return slotCalendar(start, runs.controlled[0]?.trace.heatKw.length ?? 0, site.timeZone)
}

function netRuns(scenario: Scenario, runs: FleetRuns) {
  const calendar = calendarOf(scenario, runs)
  return [accumulate(runs.tunedDown, calendar), accumulate(runs.controlled, calendar)] as const
}

function resultOf(
  { scenario, world }: Scene,
  runs: FleetRuns,
  baselines: readonly Baselines[],
  models: string,
): Omit<ReplayResult, 'bound'> {
  const { name, seed, start, days, fleet, tariff, forecast, site } = scenario
  const tunedDown = new Map(
    runs.tunedDown.map(({ building }, i) => {
      const { shiftK, keepsBand } = baselines[i]!.tunedDown
      return [building.id as string, { shiftK, keepsBand }]
    }),
  )
  return {
    name,
    seed,
    start,
    days,
    timeZone: site.timeZone,
    runs,
    tunedDown,
    provenance: {
      fleet: `${fleet.count} simulated buildings drawn with seed ${fleet.seed ?? seed}; ${models}`,
      prices: world.truth.prices.provenance,
      weather: world.truth.weather.provenance,
      co2: world.gPerKwh ? 'as the scenario gives it' : 'none given',
      forecast: `weather forecast error: ${forecast.error}; prices known from about 13:00 CET of the day before`,
      tariff: JSON.stringify(tariff),
      baselines:
        'asFound: each curve untouched. tunedDown: one parallel shift of each curve, either sign, found with perfect knowledge.',
      notes: [...world.notes, TELEMETRY_NOTE],
    },
  }
}

function modelsNote(
  { scenario: { fleet, warmUpDays }, street }: Scene,
  fits: readonly FittedModel[],
  { desk }: ControlledResult,
): string {
  if (fleet.models !== 'learn') return fittedNote(fits)
  const learned = street.flatMap(({ building }) => desk.building(building.id)?.identification ?? [])
  const open = learned.filter(({ gate }) => gate === 'open').length
  return `models are learned from their own telemetry, from priors by type, area and year: ${warmUpDays} days in which heating is moved to learn from, then every night; ${open} of ${learned.length} are understood at the end, the others stay on their curves`
}
