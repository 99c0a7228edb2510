import type { Duplex } from 'node:stream'
import { duplexPair } from 'node:stream'
import type { MessageLink } from '../../controller/ports.ts'
import { type BrokerLimits, DEFAULT_BROKER_LIMITS, type EmbeddedBrokerOptions } from './broker-options.ts'
import { BrokerRules } from './broker-rules.ts'
import { LinkError } from './link-error.ts'
import { type Listener, listenTcp, listenWebSocket } from './listen.ts'
import { OrderedAedes } from './ordered-aedes.ts'
import { guardPacketSize } from './packet-size-guard.ts'
import { SessionPersistence } from './session-persistence.ts'
import { TopicEmitter } from './topic-emitter.ts'

export interface EmbeddedBroker extends MessageLink {
  /** The TCP port, or 0 where it does not listen. */
  readonly port: number
  readonly webSocketPort: number
  /** Takes a connection that did not come by a socket. */
  attach(connection: Duplex): void
  /** The far end of a connection inside this process. */
  connect(): Duplex
  readonly inFlight: InFlight
  /** Nothing is under way: no message waits for the door, for its turn or for a subscriber's receipt. */
  isQuiet(): boolean
}

export interface InFlight {
  /** Publishes whose senders wait for the door. */
  readonly held: number
  /** Messages taken over and not yet handed to their subscribers. */
  readonly queued: number
  /** QoS 1 and 2 deliveries that connected subscribers have not confirmed. */
  readonly unacked: number
}

const DAY_MS = 86_400_000
// What a client may send behind its CONNECT while its password is checked.
const MAX_EARLY_PACKETS = 1000

/** An MQTT 3.1.1 broker in this process; a PUBACK to a building says that the door has kept its message. */
export async function createEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const limits = { ...DEFAULT_BROKER_LIMITS, ...options.limits }
  const persistence = new SessionPersistence(limits.maxWaiting, options.journal)
  const rules = new BrokerRules(options, limits, persistence)
  const broker = new OrderedAedes({
    mq: new TopicEmitter(),
    persistence,
    // Heartbeats are for clusters.
    heartbeatInterval: DAY_MS,
    connectTimeout: limits.connectTimeoutMs,
    drainTimeout: limits.maxFrozenMs,
    keepaliveLimit: limits.maxKeepaliveS,
    queueLimit: MAX_EARLY_PACKETS,
    ...rules.handlers(),
  })
  await broker.listen()
  rules.watch(broker)
  await publishLastWills(options, broker, persistence)
  const accept = (connection: Duplex) => {
    guardPacketSize(connection, limits.maxPacketBytes)
    broker.handle(connection)
  }
  const listeners = await listen(options, limits, accept).catch(async (cause: unknown) => {
    await closed(broker)
    throw cause
  })
  let stopping: Promise<void> | undefined
  return {
    port: listeners.tcp?.port ?? 0,
    webSocketPort: listeners.webSocket?.port ?? 0,
    attach: accept,
    connect() {
      const [near, far] = duplexPair()
      endWith(near, far)
      endWith(far, near)
      accept(near)
      return far
    },
    get inFlight() {
      return { held: rules.held, queued: broker.waiting, unacked: rules.unacked }
    },
    isQuiet: () => rules.held + broker.waiting + rules.unacked === 0,
    get connected() {
      return stopping === undefined
    },
    async publish(topic, payload, { qos, retain }) {
      if (stopping) throw new LinkError(`publishing on ${topic}: the broker is stopped`)
      await published(broker, { topic, payload: Buffer.from(payload), qos, retain })
      if (qos > 0 || retain) await persistence.flushed().catch(rules.journalFailed)
    },
    stop() {
      stopping ??= stop()
      return stopping
    },
  }

  async function stop(): Promise<void> {
    rules.close()
    await closed(broker)
    await Promise.all([listeners.tcp?.stop(), listeners.webSocket?.stop()])
    await persistence.destroy().catch(rules.journalFailed)
  }
}

/** As on a socket: what was written still arrives, then the other side hears of the end. Node 20 does not tell it. */
function endWith(one: Duplex, other: Duplex): void {
  one.once('close', () => {
    if (other.readableEnded) other.destroy()
    other.once('end', () => other.destroy())
    other.push(null)
  })
}

async function listen(
  { tcp, websocket }: EmbeddedBrokerOptions,
  { maxConnections, maxPacketBytes }: BrokerLimits,
  accept: (connection: Duplex) => void,
): Promise<{ tcp: Listener | undefined; webSocket: Listener | undefined }> {
  const first = tcp && (await listenTcp(tcp, maxConnections, accept))
  try {
    const second = websocket && listenWebSocket(websocket, maxConnections, maxPacketBytes, accept)
    return { tcp: first, webSocket: await second }
  } catch (cause) {
    await first?.stop()
    throw cause
  }
}

/** Whoever was connected when the last run ended is not now, and its will says so. */
async function publishLastWills(
  { door }: EmbeddedBrokerOptions,
  broker: OrderedAedes,
  persistence: SessionPersistence,
): Promise<void> {
  const wills = [...persistence.state.wills]
  await Promise.all(
    wills.map(async ([id, will]) => {
      await door.receive({ topic: will.topic, payload: will.payload, retained: false, clientId: id })
      await published(broker, will)
      await persistence.delWill({ id })
    }),
  )
}

interface Outgoing {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

function published(broker: OrderedAedes, message: Outgoing): Promise<void> {
  return new Promise((resolve, reject) => {
    broker.publish({ cmd: 'publish', dup: false, ...message }, (cause) => {
      if (cause) reject(new LinkError(`publishing on ${message.topic}`, { cause }))
      else resolve()
    })
  })
}

function closed(broker: OrderedAedes): Promise<void> {
  return new Promise((resolve) => broker.close(resolve))
}
