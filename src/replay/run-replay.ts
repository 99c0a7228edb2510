import type { Logger } from 'pino'
import type { BuildingSpec } from '../../simulators/building-spec.ts'
import { drawFleet, installerView } from '../../simulators/fleet.ts'
import { offsetReach } from '../core/dispatch/dispatch-building.ts'
import type { Building } from '../core/domain/building.ts'
import { DAY_MS, SLOT_MS } from '../core/domain/instant.ts'
import { energyEurPerKwh } from '../core/plan/tariffs/energy-price.ts'
import { curveSupplyC } from '../core/state/curve-supply.ts'
import { accumulate, type BuildingRun } from './accumulate.ts'
import type { Baselines } from './baseline-job.ts'
import { type BuildingBound, fleetBound } from './bound.ts'
import type { ReplayResult } from './build-report.ts'
import { type ControlledResult, type OffsetChange, runControlled } from './controlled-run.ts'
import type { FittedModel } from './fit-model.ts'
import { forecastAccuracy } from './forecast-accuracy.ts'
import { forecastErrorFigures, liveErrorLevels, withForecastError } from './forecast-errors.ts'
import { createJobPool } from './job-pool.ts'
import { type ReplayWorld, TRIAL_DAYS } from './load-series.ts'
import type { Bound } from './report.ts'
import { compare } from './savings.ts'
import type { Scenario } from './scenario.ts'
import { slotCalendar } from './slot-calendar.ts'
import { createWeatherTrack } from './weather-track.ts'

export interface ReplayOptions {
  readonly workers: number
  readonly log: Logger
  /** One line of progress for people. */
  readonly say: (line: string) => void
  readonly brokerDelayMs?: (() => number) | undefined
  readonly horizonHours?: number | undefined
  /** Lives the same days with forecasts of every quality too: three runs more. */
  readonly forecastErrors?: boolean | undefined
}

export interface Replayed {
  readonly result: ReplayResult
  /** What each building was set to and when, in the order of `result.runs.controlled`. */
  readonly offsets: readonly (readonly OffsetChange[])[]
  readonly timings: Readonly<Record<string, number>>
}

/** Residents who press `warmer` when their rooms are cold. */
const RESIDENTS = { coldBelowC: 19.5, pressChance: 0.1, lastsHours: 2 }

const TELEMETRY_NOTE =
  'Sensors, people and hot water are simulated with their noise; figures are the simulators’ truth, not the sensors’.'

/** All three runs of a scenario and what they compare to. */
export async function runReplay(
  scenario: Scenario,
  world: ReplayWorld,
  options: ReplayOptions,
): Promise<Replayed> {
  const began = performance.now()
  const street = drawStreet(scenario)
  const pool = createJobPool(2)
  try {
    const fits = await fitModels(scenario, world, street, pool)
    options.say(`models: ${fits.length > 0 ? fittedNote(fits) : scenario.fleet.models}`)
    const learnsModel = scenario.fleet.models === 'learn' || undefined
    const buildings = street.map(({ building }, i) => ({ ...building, model: fits[i]?.model, learnsModel }))
    const [{ baselines, bounds }, controlled] = await Promise.all([
      withoutControl(scenario, world, street, pool),
      runControlled(controlledSetup(scenario, world, street, buildings, options)),
    ])
    options.say('baselines and control done')
    const runs = runsOf(scenario, world, street, baselines, controlled)
    const bound = boundOf(scenario, runs, bounds)
    const levels = options.forecastErrors
      ? await liveErrorLevels({ error: scenario.forecast.error, runs: runs.controlled }, async (error) => {
          options.say(`the same days with ${error} forecast error`)
          const other = withForecastError(world, scenario, error)
          const lived = await runControlled(controlledSetup(scenario, other, street, buildings, options))
          return lived.buildings.map((life, i) => billed(scenario, world, street[i]!, life))
        })
      : undefined
    const result = {
      ...resultOf(scenario, world, runs, baselines, bound, modelsNote(scenario, street, fits, controlled)),
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

interface Neighbour {
  readonly spec: BuildingSpec
  readonly building: Building
}

function drawStreet({ fleet, seed, tariff }: Scenario): Neighbour[] {
  const { count, mix, zones, meterOnlyShare, comfort, actuator } = fleet
  const specs = drawFleet({ seed: fleet.seed ?? seed, count, mix, zones, meterOnlyShare })
  return specs.map((spec) => ({ spec, building: installerView(spec, { comfort, tariff, actuator }) }))
}

type Pool = ReturnType<typeof createJobPool>

async function fitModels(
  scenario: Scenario,
  world: ReplayWorld,
  street: Neighbour[],
  pool: Pool,
): Promise<FittedModel[]> {
  if (scenario.fleet.models !== 'fitted') return []
  const from = scenario.start - (scenario.warmUpDays + TRIAL_DAYS) * DAY_MS
  const jobs = street.map(({ spec, building }) => ({
    run: { building, spec, site: siteOf(scenario), from, days: TRIAL_DAYS },
    weather: sendable(world),
  }))
  return pool.map('fit', jobs)
}

function siteOf({ site, seed }: Scenario) {
  void seed
  return { ...site, noise: true }
}

function sendable({ truth }: ReplayWorld) {
  const { start, outdoorC, solarWm2, windMs } = truth.weather
  return { start, outdoorC, solarWm2, windMs }
}

function baselineJob(scenario: Scenario, world: ReplayWorld, spec: BuildingSpec) {
  const { start, days, warmUpDays, fleet } = scenario
  const run = { spec, site: siteOf(scenario), start, days, warmUpDays, band: fleet.comfort }
  return { run, weather: sendable(world) }
}

function controlledSetup(
  scenario: Scenario,
  world: ReplayWorld,
  street: Neighbour[],
  buildings: Building[],
  options: ReplayOptions,
) {
  const { start, days, warmUpDays, seed, faults, outage, fleet } = scenario
  return {
    specs: street.map(({ spec }) => spec),
    buildings,
    site: siteOf(scenario),
    start,
    days,
    warmUpDays,
    telemetryMinutes: fleet.telemetryMinutes,
    track: createWeatherTrack(world.truth.weather),
    prices: world.prices,
    weather: world.weather,
    seed,
    faults,
    residents: fleet.residents ? RESIDENTS : undefined,
    outage,
    horizonHours: options.horizonHours ?? 48,
    workers: options.workers,
    brokerDelayMs: options.brokerDelayMs,
    log: options.log,
    onDay: (day: number) => options.say(day <= 0 ? `warm-up, ${-day} days to go` : `day ${day} of ${days}`),
  }
}

function runsOf(
  scenario: Scenario,
  world: ReplayWorld,
  street: Neighbour[],
  baselines: readonly Baselines[],
  controlled: ControlledResult,
): ReplayResult['runs'] {
  const none = { setpointsSent: 0, writes: 0 }
  const run = (
    i: number,
    life: Omit<BuildingRun, 'building' | 'zones' | 'billedKw' | 'eurPerKwh' | 'gPerKwh'>,
  ) => billed(scenario, world, street[i]!, life)
  return {
    asFound: baselines.map(({ asFound }, i) => run(i, { trace: asFound, ...none })),
    tunedDown: baselines.map(({ tunedDown }, i) => run(i, { trace: tunedDown.trace, ...none })),
    controlled: controlled.buildings.map((life, i) => run(i, life)),
  }
}

type Life = Pick<BuildingRun, 'trace' | 'setpointsSent' | 'writes'>

/** A heat pump's owner pays for electricity, everyone else for heat. */
function billed(
  scenario: Scenario,
  world: ReplayWorld,
  { spec, building }: Neighbour,
  life: Life,
): BuildingRun {
  const { prices } = world.truth
  const { trace } = life
  const { tariff } = building
  const paysElectricity = tariff.kind === 'heat-pump' && spec.heatPump !== null
  const spotEurPerKwh = (k: number) =>
    (prices.values[(scenario.start + k * SLOT_MS - prices.start) / SLOT_MS] ?? Number.NaN) / 1000
  const eurPerKwh =
    paysElectricity && tariff.kind === 'heat-pump'
      ? trace.heatKw.map((_, k) => spotEurPerKwh(k) + tariff.feeEurPerMwh / 1000)
      : heatPrice(scenario, world, building)
  const { gPerKwh } = world
  return {
    building,
    zones: spec.zones.length,
    billedKw: paysElectricity ? trace.electricKw : trace.heatKw,
    eurPerKwh,
    gPerKwh: gPerKwh && trace.heatKw.map((_, k) => emission(gPerKwh, scenario.start + k * SLOT_MS)),
    ...life,
  }
}

/** A constant is a series of one value. */
function emission({ start, values }: { start: number; values: Float64Array }, at: number): number {
  return values.length === 1 ? values[0]! : (values[Math.floor((at - start) / SLOT_MS)] ?? Number.NaN)
}

interface WithoutControl {
  readonly baselines: readonly Baselines[]
  readonly bounds: readonly BuildingBound[] | undefined
}

/** Baselines and bound, physics alone. Nobody foresees a broken meter: with faults or an outage there is no bound. */
async function withoutControl(
  scenario: Scenario,
  world: ReplayWorld,
  street: Neighbour[],
  pool: Pool,
): Promise<WithoutControl> {
  const baselines = await pool.map(
    'baselines',
    street.map(({ spec }) => baselineJob(scenario, world, spec)),
  )
  if (scenario.faults.length > 0 || scenario.outage) return { baselines, bounds: undefined }
  const jobs = street.map(({ spec, building }, i) => ({
    input: {
      run: baselineJob(scenario, world, spec).run,
      tunedShiftK: baselines[i]!.tunedDown.shiftK,
      asFoundMinC: baselines[i]!.asFound.minIndoorC,
      eurPerKwh: heatPrice(scenario, world, building),
      offsets: offsetReach(building),
    },
    weather: sendable(world),
  }))
  return { baselines, bounds: await pool.map('bound', jobs) }
}

function boundOf(
  scenario: Scenario,
  runs: ReplayResult['runs'],
  bounds: readonly BuildingBound[] | undefined,
): Bound | null {
  return bounds ? fleetBound(bounds, compare(...netRuns(scenario, runs)).savedEur) : null
}

function accuracyOf(runs: readonly BuildingRun[], { heatForecasts }: ControlledResult, { start }: Scenario) {
  const truths = runs.map(({ building, trace }) => ({ id: building.id, heatKw: trace.heatKw }))
  return forecastAccuracy(heatForecasts, truths, start)
}

function calendarOf({ start, site }: Scenario, runs: ReplayResult['runs']) {
  return slotCalendar(start, runs.controlled[0]?.trace.heatKw.length ?? 0, site.timeZone)
}

function netRuns(scenario: Scenario, runs: ReplayResult['runs']) {
  const calendar = calendarOf(scenario, runs)
  return [accumulate(runs.tunedDown, calendar), accumulate(runs.controlled, calendar)] as const
}

/** What a kilowatt-hour of space heat costs the owner, by tariff. */
function heatPrice(scenario: Scenario, world: ReplayWorld, building: Building): Float64Array {
  const { prices, weather } = world.truth
  return Float64Array.from({ length: scenario.days * (DAY_MS / SLOT_MS) }, (_, k) => {
    const at = scenario.start + k * SLOT_MS
    const spot = prices.values[(at - prices.start) / SLOT_MS] ?? Number.NaN
    const outdoorC = weather.outdoorC[(at - weather.start) / SLOT_MS] ?? Number.NaN
    return energyEurPerKwh(building.tariff, {
      at,
      spotEurPerMwh: spot,
      outdoorC,
      supplyC: curveSupplyC(building, outdoorC),
      loadKw: 0,
      timeZone: scenario.site.timeZone,
    })
  })
}

function resultOf(
  scenario: Scenario,
  world: ReplayWorld,
  runs: ReplayResult['runs'],
  baselines: readonly Baselines[],
  bound: Bound | null,
  models: string,
): ReplayResult {
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
    bound,
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
  { fleet, warmUpDays }: Scenario,
  street: readonly Neighbour[],
  fits: readonly FittedModel[],
  { desk }: ControlledResult,
): string {
  if (fleet.models !== 'learn') return fittedNote(fits)
  const learned = street.flatMap(({ building }) => desk.building(building.id)?.identification ?? [])
  const open = learned.filter(({ gate }) => gate === 'open').length
  return `models are learned from their own telemetry, from priors by type, area and year: ${warmUpDays} days in which heating is moved to learn from, then every night; ${open} of ${learned.length} are understood at the end, the others stay on their curves`
}

function fittedNote(fits: readonly FittedModel[]): string {
  if (fits.length === 0) return 'models are priors by type, area and year'
  const fitted = fits.filter(({ source }) => source === 'fitted').length
  return `${fitted} models fitted in advance on a trial of ${TRIAL_DAYS} days before the replay, ${fits.length - fitted} priors`
}
