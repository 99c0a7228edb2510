import type { Clock } from '../src/controller/ports.ts'
import { MINUTE_MS } from '../src/core/domain/instant.ts'
import { streamKey, uniform } from './chance.ts'
import {
  type Answered,
  type Connection,
  type ConnectionOptions,
  type Outgoing,
  openConnection,
} from './connection.ts'

export interface LinkOptions extends Omit<ConnectionOptions, 'session' | 'onClosed'> {
  readonly clock: Clock
  readonly seed: number
  /** The last session that was ever opened: they only grow. */
  readonly lastSession: number
  /** How fast the clock runs, so that a fast demo does not knock at the broker as fast; 1 where not given. */
  readonly speed?: number | undefined
}

/** A device's way to the broker: comes back by itself after every loss, after a longer wait each time. */
export interface Link {
  start(): void
  /** Says goodbye and stays away. */
  stop(): Promise<void>
  /** Cuts the link as a pulled cable would, and keeps it cut until `mend`. */
  cut(): void
  mend(): void
  /** QoS 1; answered false at once where there is no link. */
  publish(message: Outgoing, answered?: Answered): void
  readonly isUp: boolean
  readonly session: number
  /** Why the last connection ended. */
  readonly trouble: string | undefined
  /** What the broker has yet to answer on the present connection. */
  readonly pending: number
}

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 2 * MINUTE_MS
/** A link that falls sooner was refused, not lost: the waits go on growing. */
const STEADY_MS = MINUTE_MS

export function createLink(options: LinkOptions): Link {
  const { clock, seed, id, speed = 1 } = options
  const chance = streamKey(seed, id, 'reconnect')
  let connection: Connection | undefined
  let session = options.lastSession
  let isWanted = false
  let isCut = false
  let failures = 0
  let openedAt = 0
  let trouble: string | undefined
  let cancelRetry = () => {}

  const open = () => {
    if (!isWanted || isCut || connection) return
    openedAt = clock.now()
    // Seconds of the clock, so that sessions also grow where the last one was forgotten.
    session = Math.max(session + 1, Math.floor(openedAt / 1000))
    connection = openConnection({ ...options, session, onClosed: lost })
  }
  const lost = (why: string) => {
    connection = undefined
    trouble = why
    if (!isWanted || isCut) return
    if (clock.now() - openedAt > STEADY_MS * speed) failures = 0
    const longestMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * (1 << Math.min(failures, 20)))
    failures += 1
    // Jitter, or a whole city would come back in the same second.
    const waitMs = longestMs * speed * (0.5 + 0.5 * uniform(chance, session))
    cancelRetry = clock.at(Math.round(clock.now() + waitMs), open)
  }
  return {
    start() {
      isWanted = true
      open()
    },
    async stop() {
      isWanted = false
      cancelRetry()
      await connection?.close()
    },
    cut() {
      isCut = true
      cancelRetry()
      connection?.cut()
    },
    mend() {
      if (!isCut) return
      isCut = false
      failures = 0
      open()
    },
    publish(message, answered) {
      if (connection?.isUp) connection.publish(message, answered)
      else answered?.(false)
    },
    get isUp() {
      return connection?.isUp ?? false
    },
    get session() {
      return session
    },
    get trouble() {
      return trouble
    },
    get pending() {
      return connection?.pending ?? 0
    },
  }
}
