import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { resumedEpoch } from '../../simulators/fleet-state.ts'
import type { ToldWeather } from '../../simulators/told-weather.ts'
import { type ClockSetting, createRealClock } from '../adapters/clock/real-clock.ts'
import { type Config, demoConfig } from '../config.ts'
import { type App, startApp } from '../controller/app.ts'
import type { Provenance } from '../core/domain/series.ts'
import type { DeskEvent } from '../core/domain/views.ts'
import { version } from '../version.ts'
import { type FleetProcess, forkFleet } from './fork-fleet.ts'
import { loadConfig } from './load-config.ts'
import { simulatedFleet } from './simulated-fleet.ts'
import { exitCodeOf, faultText } from './start-fault.ts'
import { print, say, untilSignal } from './terminal.ts'

export interface StartOptions {
  readonly config?: string | undefined
  readonly speed: number
}

/** The controller until a signal; without a configuration a simulated street lives beside it. */
export async function runStart({ config: path, speed }: StartOptions): Promise<number> {
  const config = path === undefined ? demoConfig() : await loadConfig(path)
  if (!config) return 2
  if (speed !== 1 && !config.simulated) {
    say('--speed: only a simulated fleet can live faster than the clock')
    return 2
  }
  const signal = untilSignal()
  const log = pino(
    { level: path === undefined ? 'warn' : config.log.level },
    pino.destination({ dest: 2, sync: true }),
  )
  const setting = await clockSetting(config, speed)
  const clock = createRealClock(setting)
  let app: App
  try {
    app = await startApp({ config, clock, speed, version, log })
  } catch (error) {
    say(faultText(error))
    return exitCodeOf(error)
  }
  const fleet = config.simulated && (await startFleet(config, app, setting, signal))
  for (const line of whatRunsWhere(config, app, speed)) print(line)
  app.desk.subscribe((event) => narrate(event))
  await aborted(signal)
  print('stopping')
  await fleet?.stop()
  await app.stop()
  return 0
}

/** A simulated fleet and its controller share one clock, that goes on where the last run left it. */
async function clockSetting(config: Config, speed: number): Promise<ClockSetting | undefined> {
  if (!config.simulated) return undefined
  const realStart = Date.now()
  return { epoch: await resumedEpoch(stateFile(config), realStart), realStart, speed }
}

function stateFile(config: Config): string {
  return `${config.store.path}.street.json`
}

// A street that dies at once, again and again, must not keep the machine busy.
const REVIVE_AFTER_MS = 3_000

/** The street's process; one that was lost is followed by another, which goes on where its state was saved. */
async function startFleet(
  config: Config,
  app: App,
  clock: ClockSetting | undefined,
  signal: AbortSignal,
): Promise<Pick<FleetProcess, 'stop'>> {
  let street: FleetProcess
  const live = async () => {
    street = await forkStreet(config, app, clock)
    void street.ended.then(async (code) => {
      if (signal.aborted) return
      say(`simulated street: its process ended (${code ?? 'killed'}); it starts again`)
      await setTimeout(REVIVE_AFTER_MS, undefined, { signal }).then(live, () => undefined)
    })
  }
  await live()
  const unsubscribe = app.desk.subscribe(({ type }) => {
    const told = type === 'turn' && weatherOutside(app)
    if (told) street.tellWeather(told)
  })
  return {
    stop: () => {
      unsubscribe()
      return street.stop()
    },
  }
}

async function forkStreet(config: Config, app: App, clock: ClockSetting | undefined): Promise<FleetProcess> {
  const options = await simulatedFleet(config, {
    clock: clock ?? { epoch: Date.now(), realStart: Date.now(), speed: 1 },
    brokerUrl: app.mqttUrl && reachable(app.mqttUrl),
    passwords: app.streetPasswords,
    stateFile: stateFile(config),
    weather: weatherOutside(app),
  })
  return forkFleet(options, (event) => {
    if (event.kind !== 'started' && event.kind !== 'stopped')
      say(`simulated street: ${JSON.stringify(event)}`)
  })
}

/** A broker that listens everywhere listens here too. */
function reachable(url: string): string {
  return url.replace('://0.0.0.0:', '://127.0.0.1:').replace('://[::]:', '://[::1]:')
}

/** The weather that the controller was told stands over the street too; a drawn one it draws itself. */
function weatherOutside({ desk }: App): ToldWeather | undefined {
  const forecast = desk.forecast()
  if (!forecast || forecast.weather.kind === 'synthetic') return undefined
  const { start, stepMs, outdoorC, solarWm2 } = forecast
  return { start, stepMs, outdoorC: [...outdoorC], solarWm2: [...solarWm2] }
}

function whatRunsWhere(config: Config, app: App, speed: number): string[] {
  const street = config.simulated
    ? `${config.simulated.count} SIMULATED buildings, at ${speed} times real time`
    : ''
  const { prices, weather } = app.desk.forecast() ?? {}
  return [
    `heatflex ${version}`,
    `  console   ${app.httpUrl}   (API ${app.httpUrl}/api/v1, metrics ${app.httpUrl}/metrics)`,
    `  broker    ${app.mqttUrl ?? config.mqtt.url}   (try: mosquitto_sub -p ${port(app.mqttUrl)} -v -t 'heatflex/v1/+/setpoint')`,
    `  store     ${config.store.path}`,
    `  buildings ${[street, `${config.buildings.length} configured`].filter(Boolean).join(', ')}`,
    `  prices    ${sourceText(prices)}, weather ${sourceText(weather)}`,
    '  A plan every quarter-hour; Ctrl-C ends all, and the next start goes on from here.',
  ]
}

/** Which source answered; and where it is not the one wanted, why. */
function sourceText(provenance: Provenance | undefined): string {
  if (!provenance) return 'not known'
  const { kind, source, standsInFor } = provenance
  const name = kind === 'synthetic' ? 'SYNTHETIC' : source
  return standsInFor ? `${name}, in place of ${standsInFor}` : name
}

function port(url: string | undefined): string {
  return url ? new URL(url).port : '1883'
}

/** A line a turn, and one for each message that was refused. */
function narrate(event: DeskEvent): void {
  if (event.type === 'turn') {
    const { at, text, tookMs } = event.turn
    print(`${timeOf(at)}  turn: ${text} (${tookMs} ms)`)
  }
  if (event.type === 'rejected') {
    const { at, topic, code, detail } = event.rejection
    print(`${timeOf(at)}  refused: ${topic}: ${code} (${detail})`)
  }
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
