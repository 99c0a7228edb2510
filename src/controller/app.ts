import { randomInt } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { drawFleet, installerView } from '../../simulators/fleet.ts'
import { createCronNights } from '../adapters/clock/cron-nights.ts'
import { createDuckdbRecorder, type DuckdbRecorder } from '../adapters/duckdb/duckdb-recorder.ts'
import { exportStream } from '../adapters/duckdb/export-stream.ts'
import { createHttpServer } from '../adapters/http/create-http-server.ts'
import { createEmbeddedBroker } from '../adapters/mqtt/embedded-broker.ts'
import { createExternalLink } from '../adapters/mqtt/external-link.ts'
import { openSessionJournal } from '../adapters/mqtt/session-journal.ts'
import { createFitPool } from '../adapters/workers/fit-pool.ts'
import { createPlanPool } from '../adapters/workers/plan-pool.ts'
import { type Config, configuredBuildings } from '../config.ts'
import { encodeControllerStatus } from '../core/devices/controller-payload.ts'
import { controllerTopic } from '../core/devices/topics.ts'
import type { Building } from '../core/domain/building.ts'
import { DAY_MS } from '../core/domain/instant.ts'
import { configuredProduction } from './configured-production.ts'
import { type Controller, createController } from './controller.ts'
import { readCredentials } from './credentials.ts'
import { createDailyNights } from './daily-nights.ts'
import type { Clock, Desk, MessageLink, Nights } from './ports.ts'
import { createSources } from './sources.ts'
import { storeRetention } from './store-retention.ts'
import { drawStreetPasswords, type StreetPasswords, withStreet } from './street-passwords.ts'

export interface AppSetup {
  readonly config: Config
  readonly clock: Clock
  readonly speed: number
  readonly version: string
  readonly log: Logger
}

export interface App {
  readonly desk: Desk
  /** Where the embedded broker listens; undefined with an outside one. */
  readonly mqttUrl: string | undefined
  readonly httpUrl: string
  /** What the simulated buildings prove themselves with; undefined where nobody has to. */
  readonly streetPasswords: StreetPasswords | undefined
  stop(): Promise<void>
}

// Whoever stops a process waits ten seconds as a rule.
const LAST_PLAN_MS = 6000

/** The controller with the world around it: the only file that names every adapter. */
export async function startApp(setup: AppSetup): Promise<App> {
  const { config, clock, log } = setup
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const recorder = await openStore(setup)
    undo.push(() => recorder.stop())
    const planner = createPlanPool(config.control.workers)
    undo.push(() => planner.stop())
    const buildings = buildingsOf(config)
    const identifier = createFitPool(config.learning.workers)
    undo.push(() => identifier.stop())
    const life = new AbortController()
    undo.push(async () => life.abort())
    const controller = await createController({
      ...setup,
      ...(await createSources({ ...setup, life: life.signal })),
      emissions: config.emissions,
      production: await configuredProduction(config),
      orders: config.orders,
      buildings,
      recorder,
      planner,
      learning: buildings.some(({ learnsModel }) => learnsModel)
        ? { nights: nightsOf(setup), identifier, windowDays: config.learning.windowDays }
        : undefined,
      control: config.control,
      timeZone: config.site.timeZone,
      about: {
        broker: config.mqtt.url ?? 'embedded',
        store: config.store.path,
        speed: setup.speed,
        simulated: config.simulated !== undefined,
      },
    })
    const { link, mqttUrl, streetPasswords } = await connectBuildings(setup, controller)
    undo.push(() => link.stop())
    const http = await createHttpServer({
      desk: controller.desk,
      host: config.http.host,
      port: config.http.port,
      consoleDir: fileURLToPath(new URL('../../console/', import.meta.url)),
      log,
      token: config.http.tokenFile && (await readFile(config.http.tokenFile, 'utf8')).trim(),
      exporter: async (request) => {
        const { table, format, building, window } = request
        const body = await exportStream(recorder, { table, format, building, ...window })
        return { fileName: `${table}.${format}`, body: Readable.toWeb(body) as ReadableStream<Uint8Array> }
      },
    })
    undo.push(() => http.stop())
    await controller.start(link)
    undo.push(async () => {
      // A plan that is under way is waited for, one that hangs is not.
      const giveUp = setTimeout(() => void planner.stop(), LAST_PLAN_MS)
      await controller.stop()
      clearTimeout(giveUp)
    })
    undo.push(everyNight(recorder, clock, log))
    return {
      desk: controller.desk,
      mqttUrl,
      streetPasswords,
      httpUrl: `http://${shownHost(config.http.host)}:${http.port}`,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openStore({ config, clock, log }: AppSetup): Promise<DuckdbRecorder> {
  const { store } = config
  await mkdir(dirname(store.path), { recursive: true })
  return createDuckdbRecorder({
    path: store.path,
    clock,
    log,
    commitEveryMs: store.commitEveryMs,
    onDamaged: store.setAsideCorrupt ? 'set-aside' : 'refuse',
    retention: storeRetention(config),
  })
}

/** The configured fleet and the simulated one, the latter as an installer would have described it. */
export function buildingsOf(config: Config): Building[] {
  const { simulated, tariff } = config
  if (!simulated) return configuredBuildings(config)
  const { seed, count, meterOnlyShare, learnModels } = simulated
  const specs = drawFleet({ seed, count, meterOnlyShare })
  const comfort = { minC: 20, maxC: 23 }
  const street = specs.map((spec) => installerView(spec, { comfort, tariff }))
  return [
    ...configuredBuildings(config),
    ...(learnModels ? street.map((building) => ({ ...building, learnsModel: true })) : street),
  ]
}

interface Connected {
  readonly link: MessageLink
  readonly mqttUrl: string | undefined
  readonly streetPasswords?: StreetPasswords | undefined
}

async function connectBuildings(setup: AppSetup, controller: Controller): Promise<Connected> {
  return setup.config.mqtt.url
    ? linkToBroker(setup, controller, setup.config.mqtt.url)
    : embedBroker(setup, controller)
}

async function embedBroker({ config, log }: AppSetup, controller: Controller): Promise<Connected> {
  const { mqtt, store } = config
  const { host, port, websocketPort } = mqtt
  const streetPasswords = drawStreetPasswords(config)
  const link = await createEmbeddedBroker({
    door: controller.door,
    tcp: { host, port },
    websocket: websocketPort === undefined ? undefined : { host, port: websocketPort },
    credentials: mqtt.passwordsFile
      ? withStreet(await readCredentials(mqtt.passwordsFile), streetPasswords)
      : undefined,
    journal: await openSessionJournal(`${store.path}.sessions`),
    onEvent: (event) => log.debug(event, 'broker'),
  })
  return { link, mqttUrl: `mqtt://${shownHost(host)}:${link.port}`, streetPasswords }
}

async function linkToBroker(
  { config, clock, log }: AppSetup,
  controller: Controller,
  url: string,
): Promise<Connected> {
  const { username, passwordFile, caFile } = config.mqtt
  const session = clock.now()
  const link = createExternalLink({
    url,
    door: controller.door,
    clock,
    random: () => randomInt(1_000_000) / 1_000_000,
    clientId: 'heatflex-controller',
    username,
    password: passwordFile && (await readFile(passwordFile, 'utf8')).trim(),
    ca: caFile && (await readFile(caFile, 'utf8')),
    will: () => ({
      topic: controllerTopic('status'),
      payload: encodeControllerStatus({ state: 'offline', session, at: clock.now() }),
    }),
    onEvent: (event) => {
      log.info(event, 'broker link')
      if (event.kind === 'connected') void controller.onLinkUp()
    },
  })
  return { link, mqttUrl: undefined }
}

/** By the wall clock; a street that lives faster has its nights by its own. */
function nightsOf({ config, clock, speed }: AppSetup): Nights {
  const { at } = config.learning
  const { timeZone } = config.site
  if (speed === 1) return createCronNights({ at, timeZone })
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  return createDailyNights(clock, timeZone, hours + minutes / 60)
}

/** Old samples become hourly means in the night, when nobody waits for the disk. */
function everyNight(recorder: DuckdbRecorder, clock: Clock, log: Logger): () => Promise<void> {
  let cancel = () => {}
  const schedule = () => {
    const next = (Math.floor(clock.now() / DAY_MS) + 1) * DAY_MS + DAY_MS / 12
    cancel = clock.at(next, () => {
      recorder.compact(clock.now()).then(
        (done) => log.info(done, 'store compacted'),
        (error: unknown) => log.error({ err: error }, 'store not compacted'),
      )
      schedule()
    })
  }
  schedule()
  return async () => cancel()
}

function shownHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
