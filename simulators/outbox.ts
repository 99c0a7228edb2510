import { encodeSample } from '../src/core/devices/telemetry-payload.ts'
import type { Sample } from '../src/core/domain/telemetry.ts'

export interface OutboxOptions {
  /** Samples kept at most; beyond that the oldest is dropped. */
  readonly limit: number
  /** Sends the samples as one message and says whether the broker took it over; undefined where there is no link. */
  readonly send: (samples: readonly Sample[], done: (isAcked: boolean) => void) => void
  readonly isOpen: () => boolean
}

/** What a gateway keeps until the broker has taken it over: each sample arrives once or more, oldest first. */
export interface Outbox {
  keep(sample: Sample): void
  /** Sends what waits, if the link is open. */
  flush(): void
  readonly samples: readonly Sample[]
  readonly dropped: number
}

// A day of quarter-hours, and no more than 100 kB of it: far below what a broker or a controller refuses.
const BATCH = 96
const BATCH_CHARS = 100_000
const IN_FLIGHT = 8

export function createOutbox(options: OutboxOptions): Outbox {
  // Two queues, both oldest first: what lies with the broker unanswered, and what has not been sent.
  let sent: readonly Sample[][] = []
  let waiting: Sample[] = []
  let dropped = 0

  const drop = () => {
    const excess = sent.flat().length + waiting.length - options.limit
    if (excess <= 0) return
    dropped += Math.min(excess, waiting.length)
    waiting = waiting.slice(excess)
  }
  const settle = (batch: Sample[], isAcked: boolean) => {
    sent = sent.filter((one) => one !== batch)
    if (!isAcked) waiting = [...batch, ...waiting].sort((a, b) => a.at - b.at)
    drop()
    if (isAcked) flush()
  }
  const flush = () => {
    while (waiting.length > 0 && sent.length < IN_FLIGHT && options.isOpen()) {
      const batch = waiting.splice(0, batchLength(waiting))
      sent = [...sent, batch]
      options.send(batch, (isAcked) => settle(batch, isAcked))
    }
  }
  return {
    keep(sample) {
      waiting.push(sample)
      drop()
      flush()
    },
    flush,
    get samples() {
      return [...sent.flat(), ...waiting]
    },
    get dropped() {
      return dropped
    },
  }
}

function batchLength(waiting: readonly Sample[]): number {
  let chars = 0
  const tooMuch = waiting.slice(0, BATCH).findIndex((sample, index) => {
    if (waiting.length > 1) chars += encodeSample(sample).length
    return index > 0 && chars > BATCH_CHARS
  })
  return tooMuch < 0 ? BATCH : tooMuch
}
