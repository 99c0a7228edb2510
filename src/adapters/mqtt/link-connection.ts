import type { Duplex } from 'node:stream'
import { type IClientOptions, type IPublishPacket, MqttClient } from 'mqtt'
import type { Clock, MessageDoor } from '../../controller/ports.ts'
import { INBOUND_FILTERS, parseTopic } from '../../core/devices/topics.ts'
import { LinkError } from './link-error.ts'
import type { BrokerUrl } from './open-stream.ts'
import { PubackGate } from './puback-gate.ts'

export interface Will {
  readonly topic: string
  readonly payload: string
}

export type LinkEvent =
  | { readonly kind: 'connected' | 'disconnected' }
  | { readonly kind: 'failed'; readonly detail: string }

export interface ExternalLinkOptions extends BrokerUrl {
  readonly door: MessageDoor
  readonly clock: Clock
  /** In [0, 1): spreads the reconnects of many. */
  readonly random: () => number
  /** The same in every run: the broker keeps under it what comes while we are away. */
  readonly clientId: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** Asked at each connection; the broker publishes it, retained, once we are lost. */
  readonly will?: (() => Will) | undefined
  /** 0 sends none. */
  readonly keepaliveS?: number | undefined
  readonly onEvent?: ((event: LinkEvent) => void) | undefined
}

/** How long a message that could not be kept rests before the broker is made to send it again. */
const AGAIN_AFTER_MS = 5000
const KEEPALIVE_S = 30

export interface Watcher {
  ready(): void
  ended(wasReady: boolean): void
}

/** One connection, from its opening to its end; the next one starts clean, but for what the broker keeps. */
export class LinkConnection {
  readonly #options: ExternalLinkOptions
  readonly #watcher: Watcher
  readonly #client: MqttClient
  readonly #pending = new Set<(cause: LinkError) => void>()
  #gate: PubackGate | undefined
  #cancelAgain: (() => void) | undefined
  isReady = false

  constructor(options: ExternalLinkOptions, open: () => Duplex, watcher: Watcher) {
    this.#options = options
    this.#watcher = watcher
    const build = () => {
      const stream = open()
      this.#gate = new PubackGate(stream)
      return stream
    }
    this.#client = new MqttClient(build, clientOptions(options))
    this.#client.on('error', (cause) => this.#fail(cause))
    this.#client.on('connect', () => this.#subscribe())
    this.#client.once('close', () => this.#ended())
    this.#client.on('message', (topic, payload, packet) => {
      // `+` covers the controller's own status as well.
      if (parseTopic(topic)?.kind !== 'controller') this.#take(topic, payload, packet)
    })
  }

  #take(topic: string, payload: Buffer, { qos, messageId, retain }: IPublishPacket): void {
    const held = qos > 0 ? messageId : undefined
    if (held !== undefined) this.#gate?.hold(held)
    const answer = (isKept: boolean) => (isKept ? this.#release(held) : this.#askAgain())
    this.#options.door.receive({ topic, payload, retained: retain }).then(answer, () => answer(false))
  }

  #release(held: number | undefined): void {
    if (held !== undefined) this.#gate?.release(held)
  }

  // A broker sends unconfirmed messages again on the next connection only.
  #askAgain(): void {
    const { clock } = this.#options
    this.#cancelAgain ??= clock.at(clock.now() + AGAIN_AFTER_MS, () => this.#client.end())
  }

  #fail(cause: unknown): void {
    this.#options.onEvent?.({
      kind: 'failed',
      detail: cause instanceof Error ? cause.message : String(cause),
    })
  }

  #subscribe(): void {
    const refused = (cause: unknown) => {
      this.#fail(cause)
      this.#client.stream.destroy()
    }
    this.#client.subscribeAsync([...INBOUND_FILTERS], { qos: 1 }).then(() => {
      this.isReady = true
      this.#watcher.ready()
    }, refused)
  }

  #ended(): void {
    const wasReady = this.isReady
    this.isReady = false
    this.#cancelAgain?.()
    for (const reject of this.#pending) reject(new LinkError('the connection broke before the receipt came'))
    this.#pending.clear()
    this.#client.end(true)
    this.#watcher.ended(wasReady)
  }

  publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject)
      this.#client.publish(topic, payload, options, (cause) => {
        this.#pending.delete(reject)
        if (cause) reject(new LinkError(`publishing on ${topic}`, { cause }))
        else resolve()
      })
    })
  }

  async end(): Promise<void> {
    await this.#client.endAsync(!this.isReady || this.#pending.size > 0)
  }
}

function clientOptions({
  clientId,
  username,
  password,
  will,
  keepaliveS,
}: ExternalLinkOptions): IClientOptions {
  const last = will?.()
  return {
    clientId,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(last ? { will: { ...last, payload: Buffer.from(last.payload), qos: 1, retain: true } } : {}),
    clean: false,
    // Reconnecting is ours: with growing delays, and on the clock that was handed in.
    reconnectPeriod: 0,
    resubscribe: false,
    keepalive: keepaliveS ?? KEEPALIVE_S,
    queueQoSZero: false,
  }
}
