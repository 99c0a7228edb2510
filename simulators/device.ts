import type { Clock } from '../src/controller/ports.ts'
import { encodeAck, encodeOverride } from '../src/core/devices/reply-payload.ts'
import { buildingTopic } from '../src/core/devices/topics.ts'
import type { BuildingId } from '../src/core/domain/building-id.ts'
import { type Instant, MINUTE_MS } from '../src/core/domain/instant.ts'
import type { Override } from '../src/core/domain/lease.ts'
import type { Sample } from '../src/core/domain/telemetry.ts'
import type { Connect } from './broker-client.ts'
import { clockErrorMs, isCutOff } from './delivery-faults.ts'
import { createDeviceTelemetry } from './device-telemetry.ts'
import type { Fault } from './faults.ts'
import { createLeaseGuard, type GuardTurn, type LeaseGuard } from './guard-state.ts'
import { passTime, pressOverride, receiveSetpoint } from './lease-guard.ts'
import type { LocalLimits, Setting } from './lease-limits.ts'
import { createLink } from './link.ts'
import { createPost, type Letter } from './post.ts'
import { pressedBy, type ResidentHabits } from './resident.ts'
import type { SimulatedBuilding, Truth, Weather } from './simulated-building.ts'

export interface DeviceOptions {
  readonly id: BuildingId
  readonly building: SimulatedBuilding
  readonly clock: Clock
  readonly weather: (at: Instant) => Weather
  readonly connect: Connect
  /** What may be moved from outside, and how far. */
  readonly limits: LocalLimits
  readonly telemetryMinutes: number
  readonly seed: number
  /** Samples kept while there is no link. */
  readonly outboxLimit: number
  readonly faults?: readonly Fault[] | undefined
  readonly residents?: ResidentHabits | undefined
  /** How fast the clock runs; 1 where not given. */
  readonly speed?: number | undefined
  /** What the device knew before it was switched off; the building has been restored by its maker. */
  readonly restored?: DeviceMemory | undefined
}

/** What a device keeps in memory that outlives its power: plain data. */
export interface DeviceMemory {
  readonly session: number
  readonly sampleSeq: number
  readonly guard: LeaseGuard
  /** What the broker has yet to take over. */
  readonly samples: readonly Sample[]
  readonly letters: readonly Letter[]
}

export interface DeviceStats {
  readonly samples: number
  readonly dropped: number
  readonly leases: number
  readonly acks: number
  readonly overrides: number
  readonly writes: LeaseGuard['writes']
}

/** A gateway in a simulated building. */
export interface Device {
  readonly id: BuildingId
  /** Connects, and publishes what has been measured since the last reading: at once, or after a minute. */
  start(): void
  /** Says goodbye to the broker; resolves when it is gone. */
  stop(): Promise<void>
  /** Lives up to `to`, minute by minute, under the lease in force in each. */
  advance(to: Instant): void
  truth(): Truth
  memory(): DeviceMemory
  readonly building: SimulatedBuilding
  readonly setting: Setting
  /** Why it is set as it is. */
  readonly because: string
  readonly isOnline: boolean
  /** Why the last connection ended. */
  readonly trouble: string | undefined
  /** What the broker has yet to answer: 0 when all is still. */
  readonly pending: number
  readonly stats: DeviceStats
}

export function createDevice(options: DeviceOptions): Device {
  const { id, building, clock, seed, faults = [], restored } = options
  const telemetryMs = options.telemetryMinutes * MINUTE_MS
  const localTime = (at: Instant) => at + clockErrorMs(faults, at)
  const count = { leases: 0, acks: 0, overrides: 0 }
  let guard: LeaseGuard = {
    ...createLeaseGuard(id, options.limits),
    ...restored?.guard,
    limits: options.limits,
  }
  let guardedAt = clock.now()
  // The first sample does not wait for its turn.
  let isAwaited = false

  const link = createLink({
    ...options,
    lastSession: restored?.session ?? 0,
    localNow: () => localTime(clock.now()),
    onUp() {
      post.flush()
      telemetry.outbox.flush()
    },
    onSetpoint(payload) {
      count.leases += 1
      guardedAt = Math.max(guardedAt, clock.now())
      take(receiveSetpoint(guard, payload, localTime(guardedAt)))
    },
  })
  const post = createPost(link, restored?.letters ?? [])
  const telemetry = createDeviceTelemetry({
    ...options,
    ...{ link, faults, telemetryMs, localTime },
    lastSeq: restored?.sampleSeq ?? 0,
    kept: restored?.samples ?? [],
  })

  const take = (turn: GuardTurn) => {
    guard = turn.guard
    count.acks += turn.acks.length
    for (const ack of turn.acks) {
      post.send({ topic: buildingTopic(id, 'ack'), payload: encodeAck(ack), retain: true })
    }
  }
  // The guard's time never runs back: a lease that came within this minute is not met again before it began.
  const guardAt = (at: Instant) => {
    guardedAt = Math.max(guardedAt, at)
    take(passTime(guard, localTime(guardedAt)))
  }
  const press = (override: Override | undefined) => {
    if (!override || guard.override) return
    count.overrides += 1
    post.send({ topic: buildingTopic(id, 'override'), payload: encodeOverride(override), retain: false })
    take(pressOverride(guard, override, localTime(guardedAt)))
  }
  const report = () => {
    const published = building.read()
    if (published.intervalS < 1) return
    isAwaited = false
    telemetry.report(published)
    const { residents } = options
    if (residents) press(pressedBy(residents, id, published.readings, localTime(published.at), seed))
  }
  const mindTheCable = () => {
    if (isCutOff(faults, clock.now())) link.cut()
    else link.mend()
  }
  const advance = (to: Instant) => {
    mindTheCable()
    while (building.at + MINUTE_MS <= to) {
      guardAt(building.at)
      building.step(options.weather(building.at), guard.setting)
      if (isAwaited || building.at % telemetryMs === 0) report()
    }
    guardAt(to)
  }
  return {
    id,
    building,
    start() {
      mindTheCable()
      link.start()
      const { lastSeq } = telemetry
      advance(clock.now())
      isAwaited = telemetry.lastSeq === lastSeq
      if (isAwaited) report()
    },
    stop: () => link.stop(),
    advance,
    truth: () => building.truth(),
    memory: () => ({
      session: link.session,
      sampleSeq: telemetry.lastSeq,
      guard,
      samples: telemetry.outbox.samples,
      letters: post.letters,
    }),
    get setting() {
      return guard.setting
    },
    get because() {
      return guard.because
    },
    get isOnline() {
      return link.isUp
    },
    get trouble() {
      return link.trouble
    },
    get pending() {
      return link.pending
    },
    get stats() {
      const { outbox, lastSeq } = telemetry
      return { ...count, samples: lastSeq, dropped: outbox.dropped, writes: guard.writes }
    },
  }
}
