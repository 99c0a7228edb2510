import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { faultSchema } from '../../simulators/faults.ts'
import type { Fault } from '../adapters/files/fault.ts'
import { FILE_FORMATS } from '../adapters/files/read-file.ts'
import { networkSchema } from '../config/network-schema.ts'
import { emissionsSchema, plantSchema } from '../config/plant-schema.ts'
import { tariffSchema } from '../config/tariff-schema.ts'
import { treeFaults } from '../config/tree-faults.ts'
import { comfortSchema } from '../config.ts'
import { instantField } from '../core/devices/instant-field.ts'
import { ACTUATOR_KINDS, BUILDING_KINDS } from '../core/domain/building.ts'
import { SLOT_MS } from '../core/domain/instant.ts'
import { readYaml } from './read-yaml.ts'
import { BESIDE, callsSchema, orderSchema, strayBranches } from './scenario-orders.ts'

const seed = z.int().min(0).max(2_147_483_647)

const source = z.union([
  z.literal('synthetic').describe('the built-in series, drawn by the seed'),
  z.strictObject({ csv: z.string().min(1) }).describe('a CSV of the contract, relative to this file'),
  z.strictObject({ file: z.string().min(1), format: z.enum(FILE_FORMATS) }).describe('another known format'),
])

const span = z
  .strictObject({ from: instantField, until: instantField })
  .refine(({ from, until }) => until > from, { path: ['until'], message: 'must be after `from`' })

const threshold = z
  .strictObject({
    min: z.number().optional(),
    max: z.number().optional(),
    equals: z.union([z.number(), z.string(), z.boolean(), z.null()]).optional(),
  })
  .refine((bounds) => Object.keys(bounds).length > 0, 'needs `min`, `max` or `equals`')

const fleet = z.strictObject({
  count: z.int().min(1).max(10_000).describe('how many buildings'),
  seed: seed.optional().describe('draws the buildings; the scenario’s seed where left out'),
  mix: z
    .partialRecord(z.enum(BUILDING_KINDS), z.number().min(0))
    .refine((mix) => Object.values(mix).some((share) => share > 0), 'needs one share above zero')
    .optional()
    .describe('shares of the kinds, which need not add up to one'),
  zones: z.int().min(1).max(200).optional().describe('dwellings or rooms a building'),
  meterOnlyShare: z.number().min(0).max(1).default(0).describe('concrete blocks without an indoor sensor'),
  comfort: comfortSchema.prefault({}).describe('the band that all rooms are kept in'),
  actuator: z.enum(ACTUATOR_KINDS).default('supplyOffsetK').describe('how the buildings take a setpoint'),
  telemetryMinutes: z.int().min(1).max(60).default(15).describe('how often each building publishes'),
  models: z
    .enum(['fitted', 'prior', 'learn'])
    .default('fitted')
    .describe(
      'what the controller starts with: models from a trial in advance, priors, or priors that it learns from in the warm-up and every night after',
    ),
  residents: z.boolean().default(false).describe('whether residents press buttons when they are cold'),
  branches: z
    .record(z.string(), z.number().min(0))
    .refine((shares) => Object.values(shares).some((share) => share > 0), 'needs one share above zero')
    .optional()
    .describe('shares of the buildings by branch of `network`; all stand at the plant where left out'),
})

const site = z.strictObject({
  timeZone: z.string().default('Europe/Helsinki').refine(isTimeZone, 'unknown time zone'),
  latitude: z.number().min(-90).max(90).default(61.06),
  longitude: z.number().min(-180).max(180).default(28.19),
})

const shape = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,64}$/, 'a name is 1 to 64 of a-z, 0-9 and -'),
  description: z.string().max(2000).optional().describe('shown on top of the report'),
  seed: seed.describe('draws people, sensors, synthetic series and forecast errors'),
  start: instantField
    .refine((at) => at % SLOT_MS === 0, 'must be at a quarter-hour')
    .describe('first counted instant'),
  days: z.int().min(1).max(400).describe('how many days count, after the warm-up'),
  warmUpDays: z
    .int()
    .min(1)
    .max(30)
    .optional()
    .describe(
      'uncounted days on the untouched curve, 7 where left out; where models learn 10, moved to learn from',
    ),
  fleet,
  site: site.prefault({}),
  prices: source,
  weather: source,
  co2: z
    .union([
      z.strictObject({ csv: z.string().min(1) }),
      z.strictObject({ gPerKwh: z.number().min(0).max(3000) }),
    ])
    .optional()
    .describe('emissions of a billed kilowatt-hour'),
  tariff: tariffSchema.default({ kind: 'spot', feeEurPerMwh: 0 }).describe('what heat costs every building'),
  plant: plantSchema.optional().describe('what makes the heat of the network'),
  network: networkSchema.optional().describe('the pipes, and the demand that nobody steers'),
  emissions: emissionsSchema.prefault({}).describe('what emissions cost'),
  capShareOfAsFoundPeak: z
    .record(z.string(), z.number().min(0.1).max(2))
    .default({})
    .describe('standing caps of branches, as shares of what arrives there at most as found'),
  coordination: z
    .enum(['fleet', 'none'])
    .default('fleet')
    .describe('`none`: each building is planned for itself'),
  beside: z
    .array(z.enum(BESIDE))
    .default([])
    .describe(
      'more lives of the same days: `equal-cut`: as found, all cut alike under the caps; `uncoordinated`: each building planned for itself; `uncalled`: controlled without orders and calls',
    ),
  forecast: z
    .union([
      z.literal('perfect').transform(() => ({ error: 'perfect' as const })),
      z.strictObject({ error: z.enum(['low', 'medium', 'high']) }),
    ])
    .default({ error: 'medium' })
    .describe('how wrong weather forecasts are'),
  faults: z.array(faultSchema).default([]),
  orders: z.array(orderSchema).default([]),
  calls: callsSchema
    .optional()
    .describe('down-calls at random times, each of as much as is offered when it comes'),
  outage: span.optional().describe('while the broker is away'),
  expect: z.record(z.string(), threshold).default({}).describe('thresholds on fields of report.json'),
})

/** What a scenario file may say; unknown keys are refused. */
export const scenarioSchema = shape.superRefine((scenario, context) => {
  for (const { place, message } of treeFaults({ ...scenario, buildings: [] })) {
    context.addIssue({ code: 'custom', path: place.split('.'), message })
  }
  for (const { id, path } of strayBranches(scenario)) {
    context.addIssue({ code: 'custom', path: [...path], message: `no branch "${id}" in network.branches` })
  }
})

export type Scenario = z.output<typeof scenarioSchema> & { readonly warmUpDays: number }
export type Expectations = Scenario['expect']
export type SeriesSource = Scenario['prices']

export type ScenarioRead =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads a scenario; every fault is named with its line. Paths in it become absolute, from the file at `path`. */
export function parseScenario(text: string, path: string): ScenarioRead {
  const yaml = readYaml(text, path)
  if (!yaml.ok) return yaml
  const parsed = scenarioSchema.safeParse(yaml.value)
  if (parsed.success) return { ok: true, scenario: complete(parsed.data, dirname(path)) }
  const faults = parsed.error.issues.flatMap((issue) => issueFaults(issue, yaml.placeOf))
  return { ok: false, faults }
}

type PlaceOf = (keys: readonly PropertyKey[]) => string

function issueFaults(issue: z.core.$ZodIssue, placeOf: PlaceOf): Fault[] {
  const keys = issue.path.map(String)
  const inWords = (path: readonly string[]) => path.join('.') || 'the scenario'
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place: placeOf([...keys, key]),
      message: `${inWords([...keys, key])}: unknown key`,
    }))
  }
  return [{ place: placeOf(keys), message: `${inWords(keys)}: ${plainMessage(issue)}` }]
}

/** Of a union that fits nowhere, the ways it could have been. */
function plainMessage(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message
  const ways = new Set(
    issue.errors.flat().map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')),
  )
  return ways.size > 0 ? [...ways].join('; or ') : issue.message
}

/** With paths made absolute and the warm-up that its models need. */
function complete(scenario: z.output<typeof scenarioSchema>, folder: string): Scenario {
  const absolute = (given: SeriesSource): SeriesSource => {
    if (given === 'synthetic') return given
    if ('csv' in given) return { csv: resolve(folder, given.csv) }
    return { ...given, file: resolve(folder, given.file) }
  }
  const { co2 } = scenario
  return {
    ...scenario,
    warmUpDays: scenario.warmUpDays ?? (scenario.fleet.models === 'learn' ? 10 : 7),
    prices: absolute(scenario.prices),
    weather: absolute(scenario.weather),
    co2: co2 && 'csv' in co2 ? { csv: resolve(folder, co2.csv) } : co2,
    network: scenario.network && measuredFrom(scenario.network, folder),
  }
}

type DescribedNetwork = NonNullable<Scenario['network']>
type DescribedLoad = DescribedNetwork['uncontrolled']

function measuredFrom(network: DescribedNetwork, folder: string): DescribedNetwork {
  const from = (load: DescribedLoad): DescribedLoad =>
    load?.kind === 'measured' ? { ...load, csv: resolve(folder, load.csv) } : load
  const branches = network.branches.map((branch) => ({ ...branch, uncontrolled: from(branch.uncontrolled) }))
  return { ...network, branches, uncontrolled: from(network.uncontrolled) }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
