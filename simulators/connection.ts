import { encodeStatus } from '../src/core/devices/reply-payload.ts'
import { buildingTopic } from '../src/core/devices/topics.ts'
import type { BuildingId } from '../src/core/domain/building-id.ts'
import type { Instant } from '../src/core/domain/instant.ts'
import type { Connect } from './broker-client.ts'

export interface Outgoing {
  readonly topic: string
  readonly payload: string | Buffer
  readonly retain: boolean
}

/** Called once: false where the connection fell before the broker's answer. */
export type Answered = (isAcked: boolean) => void

export interface ConnectionOptions {
  readonly id: BuildingId
  readonly connect: Connect
  readonly session: number
  /** What the device's own clock shows. */
  readonly localNow: () => Instant
  readonly onSetpoint: (payload: Uint8Array) => void
  readonly onUp: () => void
  readonly onClosed: (why: string) => void
}

/** One connection from its CONNECT to its end; it never comes back, another is opened. */
export interface Connection {
  /** QoS 1. */
  publish(message: Outgoing, answered?: Answered): void
  /** Ends it as a pulled cable would: the broker sends the will. */
  cut(): void
  /** Says goodbye first. */
  close(): Promise<void>
  readonly isUp: boolean
  /** What the broker has yet to answer, the handshake among it. */
  readonly pending: number
}

export function openConnection(options: ConnectionOptions): Connection {
  const { id, session } = options
  const unanswered = new Set<Answered>()
  let state: 'opening' | 'up' | 'closed' = 'opening'
  let why = 'closed'
  const statusTopic = buildingTopic(id, 'status')
  const status = (life: 'online' | 'offline') =>
    encodeStatus({ state: life, session, at: options.localNow() })

  const client = options.connect({
    clientId: id,
    username: id,
    clean: false,
    resubscribe: false,
    // This client comes back in its own time, by its own clock.
    reconnectPeriod: 0,
    will: { topic: statusTopic, payload: Buffer.from(status('offline')), qos: 1, retain: true },
  })
  const expect = (answered: Answered = () => {}): Answered => {
    const answer = (isAcked: boolean) => {
      if (unanswered.delete(answer)) answered(isAcked)
    }
    unanswered.add(answer)
    return answer
  }
  const publish = ({ topic, payload, retain }: Outgoing, answered?: Answered) => {
    const answer = expect(answered)
    client.publish(topic, payload, { qos: 1, retain }, (error) => answer(!error))
  }
  const isGreeted = expect()
  client.on('connect', () => {
    state = 'up'
    const isSubscribed = expect()
    client.subscribe(buildingTopic(id, 'setpoint'), { qos: 1 }, (error) => isSubscribed(!error))
    publish({ topic: statusTopic, payload: status('online'), retain: true })
    isGreeted(true)
    options.onUp()
  })
  client.on('message', (_topic, payload) => {
    if (state !== 'closed') options.onSetpoint(payload)
  })
  client.on('error', (error) => {
    why = error.message
    client.end(true)
  })
  const fell = () => {
    if (state === 'closed') return
    state = 'closed'
    for (const answer of [...unanswered]) answer(false)
    options.onClosed(why)
  }
  client.on('close', fell)
  const leave = () => new Promise<void>((resolve) => client.end(false, {}, () => resolve()))
  const sayGoodbye = () =>
    new Promise<boolean>((resolve) =>
      publish({ topic: statusTopic, payload: status('offline'), retain: true }, resolve),
    )
  return {
    publish,
    cut() {
      client.stream.destroy()
      fell()
    },
    async close() {
      if (state === 'up' && (await sayGoodbye())) await leave()
      else client.end(true)
    },
    get isUp() {
      return state === 'up'
    },
    get pending() {
      return unanswered.size
    },
  }
}
