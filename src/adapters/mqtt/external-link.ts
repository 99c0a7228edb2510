import type { Duplex } from 'node:stream'
import type { MessageLink } from '../../controller/ports.ts'
import { type ExternalLinkOptions, LinkConnection } from './link-connection.ts'
import { LinkError } from './link-error.ts'
import { streamOpener } from './open-stream.ts'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 60_000

/** Doubles with each attempt that failed, and lies anywhere in the upper half. */
export function reconnectDelayMs(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * (1 << Math.min(attempt, 16)))
  return longest * (0.5 + random() / 2)
}

/** A link to any MQTT 3.1.1 broker, that comes back by itself; throws only where the address is none. */
export function createExternalLink(options: ExternalLinkOptions): MessageLink {
  return new ExternalLink(options, streamOpener(options))
}

class ExternalLink implements MessageLink {
  readonly #options: ExternalLinkOptions
  readonly #open: () => Duplex
  #connection: LinkConnection | undefined
  #attempt = 0
  #stopped = false
  #cancel: () => void = () => undefined

  constructor(options: ExternalLinkOptions, open: () => Duplex) {
    this.#options = options
    this.#open = open
    this.#connect()
  }

  get connected(): boolean {
    return !this.#stopped && this.#connection?.isReady === true
  }

  #connect(): void {
    this.#connection = new LinkConnection(this.#options, this.#open, {
      ready: () => {
        this.#attempt = 0
        this.#options.onEvent?.({ kind: 'connected' })
      },
      ended: (wasReady) => {
        if (wasReady) this.#options.onEvent?.({ kind: 'disconnected' })
        if (!this.#stopped) this.#after(reconnectDelayMs(this.#attempt++, this.#options.random))
      },
    })
  }

  #after(delayMs: number): void {
    const { clock } = this.#options
    this.#cancel = clock.at(clock.now() + delayMs, () => this.#connect())
  }

  async publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void> {
    if (!this.connected || !this.#connection) throw new LinkError(`publishing on ${topic}: not connected`)
    await this.#connection.publish(topic, payload, options)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel()
    await this.#connection?.end()
  }
}
