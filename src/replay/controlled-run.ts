import { PassThrough } from 'node:stream'
import { connectOver } from '../../simulators/broker-client.ts'
import { createBuilding } from '../../simulators/building.ts'
import type { BuildingSpec } from '../../simulators/building-spec.ts'
import { createDevice, type Device } from '../../simulators/device.ts'
import { type Fault, faultsOf } from '../../simulators/faults.ts'
import type { ResidentHabits } from '../../simulators/resident.ts'
import type { Setup, SimulatedBuilding } from '../../simulators/simulated-building.ts'
import { createDuckdbRecorder } from '../adapters/duckdb/duckdb-recorder.ts'
import { createEmbeddedBroker, type EmbeddedBroker } from '../adapters/mqtt/embedded-broker.ts'
import { createFitPool } from '../adapters/workers/fit-pool.ts'
import { createPlanPool } from '../adapters/workers/plan-pool.ts'
import { type Controller, createController } from '../controller/controller.ts'
import type { ControllerLog } from '../controller/controller-setup.ts'
import { createDailyNights } from '../controller/daily-nights.ts'
import type { Co2Source, MessageLink, PriceSource, WeatherSource } from '../controller/ports.ts'
import type { Building } from '../core/domain/building.ts'
import type { HeatForecastRecord } from '../core/domain/heat-forecast.ts'
import { DAY_MS, type Instant, MINUTE_MS, SLOT_MS } from '../core/domain/instant.ts'
import type { EmissionTerms } from '../core/domain/plant.ts'
import type { OrderSettings } from '../core/plan/orders/order-settings.ts'
import type { PlantTerms } from '../core/plan/production/plant-job.ts'
import { type Act, performActs } from './acts.ts'
import { delayedDuplex } from './delayed-duplex.ts'
import { type Stillness, settle } from './settle.ts'
import { type BuildingTrace, createTracer } from './trace.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'
import { watchIdentifier } from './watched-identifier.ts'
import { watchPlanner } from './watched-planner.ts'
import type { WeatherTrack } from './weather-track.ts'

export interface ControlledSetup {
  readonly specs: readonly BuildingSpec[]
  /** As the controller knows them, in the order of `specs`. */
  readonly buildings: readonly Building[]
  readonly site: Omit<Setup, 'start'>
  readonly start: Instant
  readonly days: number
  readonly warmUpDays: number
  readonly telemetryMinutes: number
  readonly track: WeatherTrack
  readonly prices: PriceSource
  readonly weather: WeatherSource
  readonly seed: number
  readonly faults: readonly Fault[]
  readonly residents: ResidentHabits | undefined
  readonly outage: { readonly from: Instant; readonly until: Instant } | undefined
  /** Plant and network, which tie the plans of buildings together. */
  readonly production?: PlantTerms | undefined
  readonly co2?: Co2Source | undefined
  readonly emissions?: EmissionTerms | undefined
  readonly horizonHours: number
  readonly workers: number
  readonly orders: OrderSettings
  /** At the operator's desk, on the virtual clock. */
  readonly acts?: readonly Act[] | undefined
  /** Real milliseconds that each chunk of bytes is late, for proving that it makes no difference. */
  readonly brokerDelayMs?: (() => number) | undefined
  readonly log: ControllerLog
  readonly onDay: (day: number) => void
}

/** From `from` on the building was set to this; undefined where it followed its own curve. */
export interface OffsetChange {
  readonly from: Instant
  readonly offsetK: number | undefined
}

export interface ControlledBuilding {
  readonly trace: BuildingTrace
  /** Oldest first, warm-up included. */
  readonly offsets: readonly OffsetChange[]
  readonly setpointsSent: number
  readonly writes: number
}

export interface ControlledResult {
  /** In the order of `specs`. */
  readonly buildings: readonly ControlledBuilding[]
  readonly ms: {
    readonly physics: number
    readonly store: number
    readonly solver: number
    readonly total: number
  }
  readonly desk: Controller['desk']
  /** What was forecast, warm-up included, oldest first. */
  readonly heatForecasts: readonly HeatForecastRecord[]
}

/** As a controller has it that is not told otherwise. */
const NIGHT_HOUR = 2.5
const WINDOW_DAYS = 28

/** The production controller over the embedded broker against simulated buildings, on a virtual clock. */
export async function runControlled(setup: ControlledSetup): Promise<ControlledResult> {
  const began = performance.now()
  const ms = { physics: 0, store: 0 }
  const from = setup.start - setup.warmUpDays * DAY_MS
  const clock = createVirtualClock(from)
  const recorder = await createDuckdbRecorder({
    path: ':memory:',
    clock,
    commitEveryMs: 'manual',
    log: setup.log,
  })
  const planner = watchPlanner(createPlanPool(setup.workers))
  const isLearning = setup.buildings.some(({ learnsModel }) => learnsModel)
  const identifier = watchIdentifier(createFitPool(1 + setup.workers))
  const controller = await createController({
    ...setup,
    clock,
    recorder,
    planner,
    version: 'replay',
    control: {
      horizonHours: setup.horizonHours,
      turnDelayS: 20,
      replanSeconds: 60,
      lostAfterMinutes: 60,
      seasonEndsC: 15,
      planFrom: setup.start,
    },
    learning: isLearning
      ? {
          nights: createDailyNights(clock, setup.site.timeZone, NIGHT_HOUR),
          identifier,
          windowDays: WINDOW_DAYS,
        }
      : undefined,
    timeZone: setup.site.timeZone,
    about: { broker: 'embedded', store: 'memory', speed: 0, simulated: true },
  })
  const street = await createStreet(setup, clock, controller, from)
  const commit = async () => {
    const start = performance.now()
    await recorder.flush()
    ms.store += performance.now() - start
  }
  const acts = performActs(setup.acts ?? [], clock, controller.desk)
  const stillness: Stillness = {
    isQuiet: () => street.isQuiet() && controller.isQuiet && acts.isIdle,
    flush: () => (recorder.isIdle ? undefined : commit()),
    answer: () => planner.next() ?? identifier.next(),
  }
  const rest = () => settle(stillness, clock.now())
  const live = (to: Instant) => {
    const start = performance.now()
    for (const device of street.devices) device.advance(to)
    ms.physics += performance.now() - start
  }

  void controller.start(street.link)
  for (const device of street.devices) device.start()
  await rest()
  // Those that learn are moved a little meanwhile, to learn from.
  setModes(
    controller,
    setup.buildings.filter(({ learnsModel }) => !learnsModel),
    'curve',
  )
  await rest()
  const before = new Map<Device, { leases: number; writes: number }>()
  const ticks = ((setup.warmUpDays + setup.days) * DAY_MS) / (setup.telemetryMinutes * MINUTE_MS)
  for (let k = 1; k <= ticks; k++) {
    const to = from + k * setup.telemetryMinutes * MINUTE_MS
    for (let next = nextEvent(); next < to; next = nextEvent()) {
      clock.advance(next)
      live(next)
      await street.follow(next)
      await rest()
    }
    clock.advance(to)
    live(to)
    await street.follow(to)
    await rest()
    if (to === setup.start) {
      setModes(controller, setup.buildings, 'auto')
      for (const device of street.devices) before.set(device, tally(device))
      await rest()
    }
    if ((to - from) % DAY_MS === 0) setup.onDay((to - setup.start) / DAY_MS)
  }
  function nextEvent(): Instant {
    return Math.min(clock.nextAt() ?? Number.POSITIVE_INFINITY, street.nextChange(clock.now()))
  }

  const buildings = street.devices.map((device, i) => {
    const start = before.get(device) ?? { leases: 0, writes: 0 }
    const end = tally(device)
    return {
      trace: street.traces[i]!,
      offsets: street.offsets[i]!,
      setpointsSent: end.leases - start.leases,
      writes: end.writes - start.writes,
    }
  })
  acts.check()
  const stopping = controller.stop()
  await rest()
  await stopping
  await street.stop()
  const heatForecasts = await recorder.heatForecasts({ from, to: clock.now() + 1 })
  await recorder.stop()
  const solver = planner.solverMs()
  await planner.stop()
  await identifier.stop()
  const times = { ...ms, solver, total: performance.now() - began }
  return { buildings, ms: times, desk: controller.desk, heatForecasts }
}

function tally(device: Device): { leases: number; writes: number } {
  return { leases: device.stats.leases, writes: device.stats.writes.total }
}

function setModes(controller: Controller, buildings: readonly Building[], kind: 'auto' | 'curve'): void {
  for (const { id } of buildings) void controller.desk.setMode(id, { kind }, 'replay')
}

interface Street {
  readonly devices: readonly Device[]
  readonly traces: readonly BuildingTrace[]
  readonly offsets: readonly (readonly OffsetChange[])[]
  readonly link: MessageLink
  isQuiet(): boolean
  /** Takes the broker away or brings it back where the scenario says so. */
  follow(now: Instant): Promise<void>
  nextChange(now: Instant): Instant
  stop(): Promise<void>
}

/** The buildings, their gateways, and a broker between them that may go away for a while. */
async function createStreet(
  setup: ControlledSetup,
  clock: VirtualClock,
  controller: Controller,
  from: Instant,
): Promise<Street> {
  const { outage } = setup
  let broker: EmbeddedBroker | undefined = await createEmbeddedBroker({ door: controller.door })
  const traces: BuildingTrace[] = []
  const offsets: OffsetChange[][] = []
  const open = () => {
    if (!broker) return new PassThrough().destroy()
    const stream = broker.connect()
    return setup.brokerDelayMs ? delayedDuplex(stream, setup.brokerDelayMs) : stream
  }
  const devices = setup.specs.map((spec, i) => {
    const building = createBuilding(spec, { ...setup.site, start: from })
    const { comfort, actuator } = setup.buildings[i]!
    const tracer = createTracer(setup.start, (setup.days * DAY_MS) / SLOT_MS, comfort)
    traces.push(tracer.trace)
    const changes: OffsetChange[] = []
    offsets.push(changes)
    return createDevice({
      id: spec.id,
      building: traced(building, tracer.minute, changes),
      clock,
      weather: (at) => setup.track.at(at),
      connect: connectOver(open),
      limits: { [actuator.kind]: { min: actuator.min, max: actuator.max } },
      telemetryMinutes: setup.telemetryMinutes,
      seed: setup.seed,
      outboxLimit: 1000,
      faults: faultsOf(setup.faults, spec.id, i, setup.seed),
      residents: setup.residents,
    })
  })
  return {
    devices,
    traces,
    offsets,
    link: {
      publish: (topic, payload, options) => {
        if (!broker) return Promise.reject(new Error('the broker is away'))
        return broker.publish(topic, payload, options)
      },
      get connected() {
        return broker !== undefined
      },
      stop: () => Promise.resolve(),
    },
    isQuiet: () => (broker?.isQuiet() ?? true) && devices.every((device) => device.pending === 0),
    async follow(now) {
      if (!outage) return
      const isAway = now >= outage.from && now < outage.until
      if (isAway && broker) {
        const leaving = broker
        broker = undefined
        await leaving.stop()
      }
      if (!isAway && !broker) {
        broker = await createEmbeddedBroker({ door: controller.door })
        await controller.onLinkUp()
      }
    },
    nextChange(now) {
      const changes = outage ? [outage.from, outage.until] : []
      return changes.find((at) => at > now) ?? Number.POSITIVE_INFINITY
    },
    async stop() {
      await broker?.stop()
    },
  }
}

/** The same building, with each minute and each change of its setting written down. */
function traced(
  building: SimulatedBuilding,
  minute: (endsAt: Instant, truth: ReturnType<SimulatedBuilding['truth']>) => void,
  changes: OffsetChange[],
): SimulatedBuilding {
  return {
    get at() {
      return building.at
    },
    step(weather, command) {
      const offsetK = command?.supplyOffsetK
      const last = changes.at(-1)
      if (!last || last.offsetK !== offsetK) changes.push({ from: building.at, offsetK })
      building.step(weather, command)
      minute(building.at, building.truth())
    },
    read: () => building.read(),
    truth: () => building.truth(),
    snapshot: () => building.snapshot(),
  }
}
