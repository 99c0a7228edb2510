import { setTimeout as wait, setImmediate as yieldToOthers } from 'node:timers/promises'
import { syntheticWeather } from '../src/adapters/synthetic/synthetic-weather.ts'
import type { Clock } from '../src/controller/ports.ts'
import { MINUTE_MS, SLOT_MS } from '../src/core/domain/instant.ts'
import { connectTo } from './broker-client.ts'
import type { BuildingSpec } from './building-spec.ts'
import { createDevice, type Device } from './device.ts'
import { faultsOf } from './faults.ts'
import { drawFleet, installerView } from './fleet.ts'
import type { FleetEvent } from './fleet-event.ts'
import type { FleetOptions } from './fleet-options.ts'
import { createSaver } from './fleet-saver.ts'
import { type FleetState, readFleetState } from './fleet-state.ts'
import type { LocalLimits } from './lease-limits.ts'
import type { ResidentHabits } from './resident.ts'
import { settleBuilding } from './settle-building.ts'
import { createFleetWeather, type FleetWeather, type ToldWeather } from './told-weather.ts'

export interface RunningFleet {
  readonly devices: readonly Device[]
  /** The weather outside from now on, as a service tells it. */
  tellWeather(told: ToldWeather): void
  /** Saves the state and says goodbye to the broker. */
  stop(): Promise<void>
}

const COLD: ResidentHabits = { coldBelowC: 19.5, pressChance: 0.1, lastsHours: 2 }
/** Faster clocks take longer strides, so that physics cost the same. */
const SHORTEST_STRIDE_MS = 250
const SAVE_EVERY_MS = 5_000
const GOODBYE_MS = 3_000

/** Starts a simulated fleet on `clock`; resolves when every building has settled and knocked at the broker. */
export async function runFleet(
  options: FleetOptions,
  clock: Clock,
  tell: (event: FleetEvent) => void,
): Promise<RunningFleet> {
  const before = await stateBefore(options, tell)
  const specs = drawFleet(options.draw)
  const weather = createFleetWeather(
    syntheticWeather({ seed: options.weatherSeed, ...options.site }).weatherAt,
  )
  if (options.weather) weather.tell(options.weather)
  const devices: Device[] = []
  let restored = 0
  for (const [index, spec] of specs.entries()) {
    const { device, isRestored } = settleDevice(spec, index, { options, clock, before, weather })
    if (isRestored) restored += 1
    devices.push(device)
    device.start()
    await yieldToOthers()
  }
  tell({ kind: 'started', buildings: devices.length, restored, at: clock.now() })
  const life = live(devices, options, clock, tell)
  return { devices, tellWeather: weather.tell, stop: () => life.stop() }
}

async function stateBefore({ stateFile, draw }: FleetOptions, tell: (event: FleetEvent) => void) {
  if (stateFile === undefined) return undefined
  const read = await readFleetState(stateFile, draw)
  if (read.kind === 'unusable') tell({ kind: 'state-not-used', why: read.why })
  return read.kind === 'state' ? read.state : undefined
}

interface Settled {
  readonly options: FleetOptions
  readonly clock: Clock
  readonly before: FleetState | undefined
  readonly weather: FleetWeather
}

function settleDevice(spec: BuildingSpec, index: number, settling: Settled) {
  const { options, clock, before } = settling
  const { broker, draw, site } = options
  const weather = settling.weather.weatherAt
  const setup = { ...site, noise: true }
  const known = before?.buildings[spec.id]
  const settled = settleBuilding({ spec, setup, weather, now: clock.now(), snapshot: known?.building })
  const device = createDevice({
    id: spec.id,
    building: settled.building,
    clock,
    weather,
    connect: connectTo(broker.url, {
      password: broker.passwords?.[spec.id] ?? broker.password,
      caPem: broker.caPem,
    }),
    limits: limitsOf(spec),
    telemetryMinutes: options.telemetryMinutes,
    seed: draw.seed,
    outboxLimit: options.outboxLimit,
    faults: faultsOf(options.faults, spec.id, index, draw.seed),
    residents: options.residents ? COLD : undefined,
    speed: options.clock.speed,
    // What the gateway remembers outlives even a building that has to start anew.
    restored: known?.memory,
  })
  return { device, isRestored: settled.isRestored }
}

/** As far as an installer lets the building be moved. */
export function limitsOf(spec: BuildingSpec): LocalLimits {
  const terms = { comfort: { minC: 20, maxC: 23 }, tariff: { kind: 'flat', eurPerMwh: 0 } } as const
  const { kind, min, max } = installerView(spec, terms).actuator
  return { [kind]: { min, max } }
}

function live(
  devices: readonly Device[],
  options: FleetOptions,
  clock: Clock,
  tell: (event: FleetEvent) => void,
) {
  const { speed } = options.clock
  const strideMs = Math.max(MINUTE_MS, SHORTEST_STRIDE_MS * speed)
  const save = createSaver(devices, options, clock, tell)
  const every = (periodMs: number, run: () => void) => repeat(clock, periodMs, run)
  const running = [
    every(strideMs, () => {
      for (const device of devices) device.advance(clock.now())
    }),
    every(Math.max(SLOT_MS, SAVE_EVERY_MS * speed), () => void save()),
    every(MINUTE_MS * speed, () => tellOffline(devices, tell)),
  ]
  return {
    async stop() {
      for (const cancel of running) cancel()
      await save()
      await Promise.race([
        Promise.all(devices.map((device) => device.stop())),
        wait(GOODBYE_MS, undefined, { ref: false }),
      ])
      tell({ kind: 'stopped' })
    },
  }
}

/** Runs at whole periods of the clock, as often as it can where it cannot keep up. */
function repeat(clock: Clock, periodMs: number, run: () => void): () => void {
  let cancel = () => {}
  const again = () => {
    const next = Math.ceil((clock.now() + 1) / periodMs) * periodMs
    cancel = clock.at(next, () => {
      run()
      again()
    })
  }
  again()
  return () => cancel()
}

function tellOffline(devices: readonly Device[], tell: (event: FleetEvent) => void): void {
  const offline = devices.filter(({ isOnline }) => !isOnline)
  if (offline.length === 0) return
  tell({ kind: 'offline', buildings: offline.length, why: offline[0]?.trouble ?? 'no answer yet' })
}
