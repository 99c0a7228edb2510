import type { Aedes, AedesOptions, Client, ConnectPacket, PublishPacket } from 'aedes'
import {
  type BrokerAccess,
  type Credentials,
  createBrokerAccess,
  mayRead,
  maySubscribe,
  type Party,
  publishFault,
} from './broker-access.ts'
import type { BrokerEvent, BrokerLimits, EmbeddedBrokerOptions } from './broker-options.ts'
import { DeliveryWatch } from './delivery-watch.ts'
import { isLoopback } from './listen.ts'
import { PublishGate } from './publish-gate.ts'
import type { SessionPersistence } from './session-persistence.ts'

const NOBODY: Credentials = { buildings: new Map(), operators: new Map() }

class TurnedAway extends Error {
  override readonly name = 'TurnedAway'
  /** CONNACK: bad user name or password. */
  readonly returnCode = 4
}

/** What the broker asks before it lets anything through, and what it reports. */
export class BrokerRules {
  readonly #gate: PublishGate
  readonly #watch = new DeliveryWatch()
  readonly #access: BrokerAccess
  readonly #parties = new WeakMap<Client, Party>()
  readonly #limits: BrokerLimits
  readonly #persistence: SessionPersistence
  readonly #report: (event: BrokerEvent) => void

  constructor(options: EmbeddedBrokerOptions, limits: BrokerLimits, persistence: SessionPersistence) {
    const { door, tcp, websocket, credentials, onEvent } = options
    const nameless = [tcp, websocket].every((address) => !address || isLoopback(address))
    this.#access = createBrokerAccess(credentials ?? NOBODY, nameless)
    this.#limits = limits
    this.#persistence = persistence
    this.#report = onEvent ?? (() => undefined)
    this.#gate = new PublishGate({ door, maxPayloadBytes: limits.maxPayloadBytes })
  }

  get held(): number {
    return this.#gate.held
  }

  get unacked(): number {
    return this.#watch.unacked
  }

  close(): void {
    this.#gate.close()
  }

  readonly journalFailed = (cause: unknown): void => {
    this.#report({ kind: 'journal-failed', detail: String(cause) })
  }

  handlers(): AedesOptions {
    return {
      preConnect: (client, packet, answer) => {
        this.#identify(client, packet).then(
          () => answer(null, true),
          (cause: Error) => answer(cause, false),
        )
      },
      authenticate: (client, _user, _password, answer) => {
        if (this.#parties.has(client)) return answer(null, true)
        this.#report({ kind: 'turned-away', client: client.id })
        answer(new TurnedAway('bad user name or password'), false)
      },
      authorizePublish: (client, packet, answer) => {
        const party = client && this.#parties.get(client)
        if (party) this.#gate.pass(client, party, packet, () => answer(null))
      },
      authorizeSubscribe: (client, subscription, answer) => {
        const party = this.#parties.get(client)
        const { topic } = subscription
        const granted =
          party && maySubscribe(party, topic) && topic.split('/').length <= this.#limits.maxTopicLevels
        answer(null, granted ? subscription : null)
      },
      authorizeForward: (client, packet) => (this.#mayHave(client, packet) ? packet : null),
    }
  }

  async #identify(client: Client, packet: ConnectPacket): Promise<void> {
    const { clientId, username, password, will } = packet
    const party = await this.#access.identify({ clientId, user: username, password })
    if (!party) return
    this.#parties.set(client, party)
    // A will that its client may not publish is not kept for it either.
    if (will && publishFault(party, will.topic)) delete packet.will
  }

  #mayHave(client: Client, packet: PublishPacket): boolean {
    const party = this.#parties.get(client)
    if (!party || !mayRead(party, packet.topic) || client.conn.destroyed) return false
    const backlogBytes = client.conn.writableLength
    if (backlogBytes > this.#limits.maxBacklogBytes) {
      this.#report({ kind: 'sent-away', client: client.id, backlogBytes })
      client.conn.destroy(new Error('does not read what is sent to it'))
      return false
    }
    this.#watch.sent(client, packet)
    return true
  }

  watch(broker: Aedes): void {
    broker.on('client', (client) => {
      this.#watch.connected(client, client.clean ? [] : this.#persistence.state.filtersOf(client.id))
      this.#report({ kind: 'connected', client: client.id })
    })
    broker.on('clientDisconnect', (client) => {
      this.#watch.disconnected(client)
      this.#report({ kind: 'disconnected', client: client.id })
    })
    broker.on('subscribe', (subscriptions, client) => this.#watch.subscribed(client, subscriptions))
    broker.on('unsubscribe', (filters, client) => this.#watch.unsubscribed(client, filters))
    broker.on('ack', (_packet, client) => this.#watch.confirmed(client))
    const failed = (client: Client, error: Error) =>
      this.#report({ kind: 'failed', client: client.id ?? '', detail: error.message })
    broker.on('clientError', failed)
    broker.on('connectionError', failed)
    // Unheard, it would end the process.
    broker.addListener('error', (error: Error) => {
      this.#report({ kind: 'failed', client: '', detail: error.message })
    })
  }
}
