import { encodeBatch, encodeSample } from '../src/core/devices/telemetry-payload.ts'
import { buildingTopic } from '../src/core/devices/topics.ts'
import type { BuildingId } from '../src/core/domain/building-id.ts'
import type { Instant } from '../src/core/domain/instant.ts'
import type { Sample } from '../src/core/domain/telemetry.ts'
import { deliveryFaults, garbageAt } from './delivery-faults.ts'
import type { Fault } from './faults.ts'
import type { Link } from './link.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { sensorFaults } from './sensor-faults.ts'
import type { Published } from './simulated-building.ts'

export interface DeviceTelemetryOptions {
  readonly id: BuildingId
  readonly link: Link
  readonly faults: readonly Fault[]
  readonly seed: number
  readonly telemetryMs: number
  readonly outboxLimit: number
  readonly localTime: (at: Instant) => Instant
  readonly lastSeq: number
  readonly kept: readonly Sample[]
}

/** What the sensors said, on its way out: through their faults, those of the delivery, and the outbox. */
export interface DeviceTelemetry {
  report(published: Published): void
  readonly outbox: Outbox
  readonly lastSeq: number
}

export function createDeviceTelemetry(options: DeviceTelemetryOptions): DeviceTelemetry {
  const { id, link, faults, seed, localTime } = options
  const topic = buildingTopic(id, 'telemetry')
  const disturb = sensorFaults(faults)
  const deliver = deliveryFaults(faults, seed)
  let lastSeq = options.lastSeq
  const outbox = createOutbox({
    limit: options.outboxLimit,
    isOpen: () => link.isUp,
    send(samples, answered) {
      const [only] = samples
      const payload = only && samples.length === 1 ? encodeSample(only) : encodeBatch(samples)
      link.publish({ topic, payload, retain: false }, answered)
    },
  })
  for (const sample of options.kept) outbox.keep(sample)
  return {
    report({ at, intervalS, readings }) {
      lastSeq += 1
      const sample: Sample = {
        building: id,
        at: localTime(at),
        seq: lastSeq,
        intervalS,
        readings: disturb(readings, at),
      }
      for (const one of deliver(sample, at)) outbox.keep(one)
      const garbage = garbageAt(faults, at, options.telemetryMs)
      if (garbage) link.publish({ topic, payload: garbage, retain: false })
    },
    outbox,
    get lastSeq() {
      return lastSeq
    },
  }
}
