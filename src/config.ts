import { parse } from 'yaml'
import { z } from 'zod'
import { co2Schema } from './config/co2-schema.ts'
import { networkSchema } from './config/network-schema.ts'
import { ordersSchema } from './config/orders-schema.ts'
import { emissionsSchema, plantSchema } from './config/plant-schema.ts'
import { tariffSchema } from './config/tariff-schema.ts'
import { treeFaults } from './config/tree-faults.ts'
import { BUILDING_KINDS, type Building, PRIORITIES, ROOM_REFERENCE_C } from './core/domain/building.ts'
import { type BuildingId, parseBuildingId } from './core/domain/building-id.ts'

/** Weather services that can be asked. */
const WEATHER_SERVICES = ['met-norway', 'open-meteo', 'fmi', 'dmi'] as const

const id = z.string().transform((text, context): BuildingId => {
  const parsed = parseBuildingId(text)
  if (parsed) return parsed
  context.addIssue('not a building id: 1 to 64 of a-z, 0-9 and -, and not "controller"')
  return z.NEVER
})

export const comfortSchema = z
  .strictObject({
    minC: z.number().min(18).max(24).default(20).describe('lower edge of the band, never under 18 °C'),
    maxC: z.number().min(19).max(27).default(23).describe('upper edge of the band'),
  })
  .refine((band) => band.maxC >= band.minC + 0.5, 'maxC must be at least 0.5 K above minC')

const model = z.strictObject({
  airKwhPerK: z.number().positive().describe('heat that room air and furniture hold'),
  massKwhPerK: z.number().positive().describe('heat that the structure holds'),
  couplingKwPerK: z.number().positive().describe('between air and structure'),
  airLossKwPerK: z.number().min(0).describe('from the air outward: ventilation and windows'),
  massLossKwPerK: z.number().min(0).describe('from the structure outward: walls and roof'),
  apertureM2: z.number().min(0).describe('sunlit area that lets all sun in'),
  gainsKw: z.number().min(0).describe('mean heat of people and appliances'),
  heatToAirRatio: z
    .number()
    .min(0)
    .max(1)
    .describe('share of the radiators’ heat that the air takes at once'),
})

const actuator = z
  .strictObject({
    kind: z
      .enum(['supplyOffsetK', 'roomSetpointC', 'supplyC', 'heatLimitKw'])
      .default('supplyOffsetK')
      .describe('what a step of its lease sets'),
    min: z.number().default(-20).describe('lowest value ever asked for, in the unit that `kind` names'),
    max: z.number().default(10).describe('highest value ever asked for'),
    step: z.number().positive().default(0.5).describe('resolution of the setpoint'),
    deadband: z.number().min(0).default(1).describe('smaller changes are not sent'),
    writesPerDay: z
      .int()
      .min(1)
      .max(96)
      .default(12)
      .describe('persistent writes a day that the memory of the building controller bears'),
  })
  .refine(({ min, max }) => min < max, 'max must be above min')
  .refine(
    ({ kind, min, max }) => kind !== 'roomSetpointC' || (min < ROOM_REFERENCE_C && max > ROOM_REFERENCE_C),
    `the setpoint at which a curve is what it is drawn as, ${ROOM_REFERENCE_C} °C, must lie between min and max`,
  )

const building = z.strictObject({
  id: id.describe('MQTT user, client id and topic level of the building'),
  name: z.string().max(100).optional().describe('what people call it; the id where left out'),
  kind: z.enum(BUILDING_KINDS).describe('the type whose priors stand in until the model is known'),
  floorAreaM2: z.number().min(20).max(500_000).describe('heated floor area'),
  builtYear: z.int().min(1200).max(2100).describe('year of construction or of the last deep renovation'),
  persons: z.number().min(0).max(20_000).describe('people who live or work there'),
  comfort: comfortSchema.prefault({}).describe('the band that rooms are kept in'),
  actuator: actuator.prefault({}).describe('how it takes a setpoint'),
  tariff: tariffSchema.optional().describe('what its heat costs; `tariff` of the fleet where left out'),
  curve: z
    .array(
      z.strictObject({
        outdoorC: z.number().min(-60).max(40).describe('outdoor temperature'),
        supplyC: z.number().min(10).max(120).describe('supply temperature there'),
      }),
    )
    .min(2)
    .max(12)
    .refine(isColdestFirst, 'outdoorC must rise from point to point')
    .describe('the local heating curve, coldest point first'),
  supplyMinC: z.number().min(5).max(60).default(20).describe('local lower limit of the supply temperature'),
  supplyMaxC: z.number().min(30).max(120).default(80).describe('local upper limit of the supply temperature'),
  maxHeatKw: z.number().positive().describe('the most space heat that emitters or contract give'),
  hasIndoorSensor: z
    .boolean()
    .default(true)
    .describe('false: comfort is never claimed, moves stay within ±10 %'),
  model: model.optional().describe('fitted thermal model; a prior by kind, area and year where left out'),
  branch: z.string().optional().describe('branch of `network` that it stands on; the plant where left out'),
  priority: z
    .enum(PRIORITIES)
    .default('normal')
    .describe('protected: hospitals, elderly homes, schools in session'),
})

const seriesSource = z.union([
  z.literal('synthetic').describe('the built-in series'),
  z.strictObject({ csv: z.string().describe('CSV file of the contract') }),
  z.strictObject({
    file: z.string().describe('a file in a format of its own'),
    format: z.enum(['nordpool-predict-fi']).describe('which'),
  }),
])

const priceBaseUrl = z
  .url({ protocol: /^https?$/ })
  .optional()
  .describe('its address, where it is another than usual')

const priceSource = z.union([
  z
    .literal('live')
    .describe('Energi Data Service for zone DK1, without a key; the built-in series where it is silent'),
  ...seriesSource.options,
  z.discriminatedUnion('service', [
    z.strictObject({
      service: z.literal('energi-data-service').describe('Denmark’s grid operator, without a key'),
      zone: z.enum(['DK1', 'DK2', 'NO2', 'SE3', 'SE4', 'DE']).describe('bidding zone'),
      baseUrl: priceBaseUrl,
    }),
    z.strictObject({
      service: z.literal('elering').describe('Estonia’s grid operator, without a key'),
      zone: z.enum(['EE', 'FI', 'LV', 'LT']).describe('bidding zone'),
      baseUrl: priceBaseUrl,
    }),
    z.strictObject({
      service: z.literal('entsoe').describe('the Transparency Platform of Europe’s grid operators'),
      zone: z
        .string()
        .regex(
          /^(AT|BE|DE-LU|DK[12]|EE|FI|FR|LT|LV|NL|NO[1-5]|PL|SE[1-4]|[0-9]{2}[A-Z][A-Z0-9-]{12}[A-Z0-9])$/,
          'no bidding zone that we know; its Energy Identification Code does too',
        )
        .describe('bidding zone, or its Energy Identification Code'),
      baseUrl: priceBaseUrl,
      keyFile: z
        .string()
        .optional()
        .describe('file with the key; else HEATFLEX_ENTSOE_KEY in the environment'),
    }),
    z.strictObject({
      service: z.literal('nordpool').describe('Nord Pool’s data portal: mind its terms'),
      zone: z
        .string()
        .regex(/^[A-Z]{2,3}[0-9]?$/, 'no zone of Nord Pool')
        .describe('bidding zone'),
      baseUrl: priceBaseUrl,
    }),
  ]),
])

const weatherSource = z.union([
  z
    .literal('live')
    .describe('MET Norway for the site, without a key; the built-in series where it is silent'),
  ...seriesSource.options,
  z.strictObject({
    service: z.enum(WEATHER_SERVICES).describe('asked for the site'),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('its address, where it is another than usual'),
    keyFile: z.string().optional().describe('file with the key, where the service wants one'),
  }),
])

const loopback = '127.0.0.1'

export const configSchema = z.strictObject({
  site: z
    .strictObject({
      name: z.string().max(100).default('heatflex').describe('shown on the console'),
      timeZone: z
        .string()
        .default('Europe/Helsinki')
        .refine(isTimeZone, 'unknown time zone')
        .describe('IANA zone of residents and tariffs'),
      latitude: z.number().min(-90).max(90).default(61.06).describe('degrees north'),
      longitude: z.number().min(-180).max(180).default(28.19).describe('degrees east'),
      contact: z
        .string()
        .regex(/^[\x20-\x7e]{3,200}$/, 'printable ASCII, up to 200 characters')
        .optional()
        .describe('e-mail or web address told to the services that are asked; MET Norway wants one'),
    })
    .prefault({})
    .describe('where the buildings stand'),
  mqtt: z
    .strictObject({
      host: z.string().default(loopback).describe('where the embedded broker listens'),
      port: z.int().min(0).max(65_535).default(1883).describe('0 takes a free port'),
      websocketPort: z.int().min(1).max(65_535).optional().describe('MQTT over WebSocket, where wanted'),
      passwordsFile: z
        .string()
        .optional()
        .describe('`id:hash` a line, made by `heatflex password`; required off loopback'),
      url: z
        .string()
        .regex(/^(mqtts?|wss?):\/\/[^\s]+$/, 'must be mqtt://, mqtts://, ws:// or wss://')
        .optional()
        .describe('an outside broker instead of the embedded one'),
      username: z.string().optional().describe('for the outside broker'),
      passwordFile: z.string().optional().describe('file that holds the password for the outside broker'),
      caFile: z.string().optional().describe('authority of the outside broker, PEM'),
    })
    .prefault({})
    .describe('how buildings reach the controller'),
  http: z
    .strictObject({
      host: z.string().default(loopback).describe('where console and API listen'),
      port: z.int().min(0).max(65_535).default(8080).describe('0 takes a free port'),
      tokenFile: z.string().optional().describe('bearer token; required off loopback'),
    })
    .prefault({})
    .describe('console and API'),
  store: z
    .strictObject({
      path: z.string().default('data/heatflex.duckdb').describe('the embedded database'),
      commitEveryMs: z
        .int()
        .min(1)
        .max(1000)
        .default(20)
        .describe('group commit: how long a PUBACK may wait'),
      keepTelemetryDays: z.int().min(2).max(36_500).default(730).describe('telemetry older than this goes'),
      downsampleAfterDays: z.int().min(1).max(36_500).default(90).describe('hourly means from this age on'),
      keepPlansDays: z.int().min(1).max(36_500).default(90).describe('plans older than this go'),
      keepForecastsDays: z.int().min(2).max(36_500).default(60).describe('heat forecasts older than this go'),
      keepLeasesDays: z
        .int()
        .min(1)
        .max(36_500)
        .default(400)
        .describe('leases older than this go, but for the last of each building'),
      keepAcksDays: z
        .int()
        .min(1)
        .max(36_500)
        .default(400)
        .describe('acks, statuses and overrides older than this go'),
      keepRejectionsDays: z.int().min(1).max(36_500).default(30).describe('refusals older than this go'),
      keepAuditDays: z
        .int()
        .min(1)
        .max(36_500)
        .default(1100)
        .describe('what operators did goes when it is older than this'),
      keepOrdersDays: z
        .int()
        .min(7)
        .max(36_500)
        .default(1100)
        .describe('orders, their baselines and what each building gave go when older than this'),
      setAsideCorrupt: z
        .boolean()
        .default(false)
        .describe('move an unreadable database aside and start anew'),
    })
    .prefault({})
    .describe('what outlives the process'),
  control: z
    .strictObject({
      everyMinutes: z.literal(15).default(15).describe('how often a new plan is made'),
      horizonHours: z.int().min(24).max(96).default(48).describe('how far a plan looks ahead'),
      workers: z.int().min(1).max(64).default(1).describe('planner threads'),
      turnDelayS: z
        .int()
        .min(0)
        .max(300)
        .default(20)
        .describe('a turn waits this long for the slot’s telemetry'),
      replanSeconds: z.int().min(10).max(900).default(60).describe('shortest time between plans out of turn'),
      lostAfterMinutes: z
        .int()
        .min(16)
        .max(1440)
        .default(60)
        .describe('a silent building is left on its curve'),
      seasonEndsC: z
        .number()
        .min(5)
        .max(25)
        .default(15)
        .describe('daily mean outdoor temperature above which buildings rest on their curves'),
    })
    .prefault({})
    .describe('how plans are made'),
  learning: z
    .strictObject({
      models: z
        .boolean()
        .default(true)
        .describe(
          'buildings without a `model` learn one from their telemetry, and stay on their curves, moved a little to learn from, until it is understood; false: a prior stands in and they are steered at once',
        ),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 02:30')
        .default('02:30')
        .describe('when models are fitted each night, by the clock of `site.timeZone`'),
      windowDays: z.int().min(7).max(90).default(28).describe('how much telemetry a fit looks at'),
      workers: z.int().min(1).max(64).default(1).describe('threads that fit; they live at night alone'),
    })
    .prefault({})
    .describe('how models of buildings are learned'),
  orders: ordersSchema.prefault({}).describe('how orders to the fleet are carried out'),
  prices: priceSource.default('live').describe('electricity prices'),
  weather: weatherSource.default('live').describe('outdoor temperature, sun and wind'),
  co2: co2Schema.default('none').describe('emissions of electricity'),
  tariff: tariffSchema
    .default({ kind: 'spot', feeEurPerMwh: 0 })
    .describe('what heat costs where a building does not say'),
  plant: plantSchema.optional().describe('what makes the heat; left out where each building buys its own'),
  network: networkSchema.optional().describe('the pipes between plant and buildings'),
  emissions: emissionsSchema.prefault({}).describe('what emissions cost, and how much of them there may be'),
  simulated: z
    .strictObject({
      count: z.int().min(1).max(5000).default(20).describe('how many buildings'),
      seed: z.int().min(0).max(2_147_483_647).default(1).describe('draws buildings, people and weather'),
      telemetryMinutes: z.int().min(1).max(15).default(5).describe('how often each building publishes'),
      meterOnlyShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.1)
        .describe('share of the concrete blocks that have no indoor sensor'),
      learnModels: z
        .boolean()
        .default(false)
        .describe(
          'whether it learns models, as a real fleet does; else priors stand in and all are steered at once',
        ),
    })
    .optional()
    .describe('a simulated fleet; labelled as such wherever it is shown'),
  buildings: z.array(building).max(100_000).default([]).describe('the real fleet'),
  log: z
    .strictObject({
      level: z
        .enum(['error', 'warn', 'info', 'debug'])
        .default('info')
        .describe('how much is told on stderr'),
    })
    .prefault({})
    .describe('the log, one JSON line an event'),
})

export type Config = z.output<typeof configSchema>

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] }

export interface ConfigFault {
  /** `buildings.3.comfort.minC`, or `line 4` where the YAML itself is broken. */
  readonly place: string
  readonly message: string
}

/** Reads a configuration; every fault is named at once, with its place. */
export function parseConfig(text: string): ConfigOutcome {
  const document = readYaml(text)
  if (!document.ok) return document
  const parsed = configSchema.safeParse(document.value ?? {})
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.flatMap(nearest).map(fault) }
  const faults = crossFaults(parsed.data)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: parsed.data }
}

/** The configuration of `heatflex start` without a file: a simulated street on this machine alone. */
export function demoConfig(): Config {
  return configSchema.parse({ simulated: {} })
}

/** The fleet as the controller wants it: names and tariffs filled in. */
export function configuredBuildings(config: Config): Building[] {
  return config.buildings.map((entry) => ({
    ...entry,
    name: entry.name ?? entry.id,
    tariff: entry.tariff ?? config.tariff,
    ...(config.learning.models && !entry.model && { learnsModel: true }),
  }))
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

function readYaml(text: string): { ok: true; value: unknown } | { ok: false; faults: ConfigFault[] } {
  try {
    return { ok: true, value: parse(text, { uniqueKeys: true, maxAliasCount: 20 }) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, faults: [{ place: 'YAML', message: message.split('\n')[0] ?? message }] }
  }
}

/** Of the forms that a value may have, what keeps it from the one that it comes nearest to. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const forms = issue.errors.filter((form) => form.length > 0)
  const best = forms.sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0]
  if (!best || depth(best) === 0) return [issue]
  return best.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(nearest)
}

/** How far a value got in a form: a key too many is further than another kind of value. */
function depth(form: readonly z.core.$ZodIssue[]): number {
  return Math.min(...form.map(({ code, path }) => path.length + (code === 'unrecognized_keys' ? 0.5 : 0)))
}

function fault(issue: z.core.$ZodIssue): ConfigFault {
  return { place: issue.path.map(String).join('.') || 'configuration', message: issue.message }
}

/** What no single key can see. */
function crossFaults(config: Config): ConfigFault[] {
  const faults: ConfigFault[] = []
  const seen = new Map<string, number>()
  for (const [index, entry] of config.buildings.entries()) {
    const first = seen.get(entry.id)
    if (first === undefined) seen.set(entry.id, index)
    else faults.push({ place: `buildings.${index}.id`, message: `"${entry.id}" is also buildings.${first}` })
  }
  const meter = config.network?.meter
  if (meter !== undefined && (seen.has(meter) || !parseBuildingId(meter))) {
    faults.push({ place: 'network.meter', message: `"${meter}" is somebody else's name` })
  }
  faults.push(...treeFaults(config))
  if (config.buildings.length === 0 && !config.simulated) {
    faults.push({ place: 'buildings', message: 'no building: name some, or set `simulated`' })
  }
  if (!config.mqtt.url && !isLoopback(config.mqtt.host) && !config.mqtt.passwordsFile) {
    faults.push({ place: 'mqtt.passwordsFile', message: 'required when the broker listens off loopback' })
  }
  if (!isLoopback(config.http.host) && !config.http.tokenFile) {
    faults.push({ place: 'http.tokenFile', message: 'required when the API listens off loopback' })
  }
  return faults
}

function isColdestFirst(curve: readonly { readonly outdoorC: number }[]): boolean {
  return curve.every(({ outdoorC }, i) => i === 0 || outdoorC > curve[i - 1]!.outdoorC)
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
