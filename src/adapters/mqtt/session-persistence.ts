import { Readable } from 'node:stream'
import type { AedesPublishPacket, Client, PublishPacket, Subscription } from 'aedes'
import type { SessionJournal } from './session-journal.ts'
import { type KeptMessage, type SessionChange, SessionState, type Waiting } from './session-state.ts'

interface Numbered {
  readonly brokerId?: string
  readonly brokerCounter?: number
  readonly messageId?: number | undefined
}
type ClientId = Pick<Client, 'id'>
type Incoming = Map<number | undefined, PublishPacket>

/** What aedes asks of a persistence: state in memory, each change also in the journal. */
export class SessionPersistence {
  readonly state: SessionState
  readonly #journal: SessionJournal | undefined
  readonly #incoming = new Map<string, Incoming>()

  constructor(maxWaiting: number, journal?: SessionJournal) {
    this.state = new SessionState(maxWaiting)
    this.#journal = journal
    for (const change of journal?.kept ?? []) this.state.apply(change)
    journal?.shortenWith(() => this.state.changes())
  }

  #change(change: SessionChange): void {
    this.state.apply(change)
    this.#journal?.append(change)
  }

  async setup(): Promise<void> {}

  async storeRetained(packet: PublishPacket): Promise<void> {
    this.#change({ kind: 'retain', message: keep(packet) })
  }

  createRetainedStream(filter: string): Readable {
    return this.createRetainedStreamCombi([filter])
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(this.state.retainedUnder(filters).map(travelling))
  }

  async addSubscriptions(client: ClientId, subscriptions: readonly Subscription[]): Promise<void> {
    for (const { topic, qos } of subscriptions) {
      this.#change({ kind: 'subscribe', client: client.id, filter: topic, qos })
    }
  }

  async removeSubscriptions(client: ClientId, filters: readonly string[]): Promise<void> {
    for (const filter of filters) this.#change({ kind: 'unsubscribe', client: client.id, filter })
  }

  async subscriptionsByClient(client: ClientId): Promise<Subscription[]> {
    return Array.from(this.state.filtersOf(client.id), ([topic, qos]) => ({ topic, qos }))
  }

  async subscriptionsByTopic(topic: string): Promise<{ clientId: string; topic: string }[]> {
    return this.state.subscribers.match(topic).map((clientId) => ({ clientId, topic }))
  }

  async cleanSubscriptions(client: ClientId): Promise<void> {
    if (this.state.sessions.has(client.id)) this.#change({ kind: 'forget', client: client.id })
  }

  async outgoingEnqueue(subscriber: { clientId: string }, packet: AedesPublishPacket): Promise<void> {
    const message = keep(packet)
    this.#change({ kind: 'queue', client: subscriber.clientId, key: keyOf(packet), message })
  }

  async outgoingEnqueueCombi(subscribers: { clientId: string }[], packet: AedesPublishPacket): Promise<void> {
    // A client with two filters on one topic gets it once.
    const clients = new Set(subscribers.map(({ clientId }) => clientId))
    for (const clientId of clients) await this.outgoingEnqueue({ clientId }, packet)
  }

  /** Notes the id under which a message was sent; one that was replaced meanwhile is sent all the same. */
  async outgoingUpdate(client: ClientId, packet: Numbered & { readonly cmd: string }): Promise<void> {
    const waiting = this.state.sessions.get(client.id)?.waiting ?? []
    if (packet.cmd === 'pubrel') {
      for (const one of waiting) one.released ||= one.messageId === packet.messageId
      return
    }
    const key = keyOf(packet)
    for (const one of waiting) if (one.key === key) one.messageId = packet.messageId
  }

  async outgoingClearMessageId(client: ClientId, packet: Numbered): Promise<PublishPacket | undefined> {
    const one = this.#find(client, packet)
    if (!one) return undefined
    this.#change({ kind: 'delivered', client: client.id, key: one.key })
    return travelling(one.message)
  }

  #find(client: ClientId, packet: Numbered): Waiting | undefined {
    const waiting = this.state.sessions.get(client.id)?.waiting ?? []
    if (packet.messageId === undefined) return waiting.find(({ key }) => key === keyOf(packet))
    return waiting.find(({ messageId }) => messageId === packet.messageId)
  }

  outgoingStream(client: ClientId): Readable {
    const waiting = this.state.sessions.get(client.id)?.waiting ?? []
    return Readable.from(waiting.map(resent))
  }

  async incomingStorePacket(client: ClientId, packet: PublishPacket): Promise<void> {
    const incoming: Incoming = this.#incoming.get(client.id) ?? new Map()
    this.#incoming.set(client.id, incoming.set(packet.messageId, packet))
  }

  async incomingGetPacket(client: ClientId, packet: Numbered): Promise<PublishPacket> {
    const known = this.#incoming.get(client.id)?.get(packet.messageId)
    // Aedes takes the rejection for its answer: not seen before.
    if (!known) throw new Error('no such packet')
    return known
  }

  async incomingDelPacket(client: ClientId, packet: Numbered): Promise<void> {
    this.#incoming.get(client.id)?.delete(packet.messageId)
  }

  async cleanIncoming(client: ClientId): Promise<void> {
    this.#incoming.delete(client.id)
  }

  async putWill(client: ClientId, packet: PublishPacket): Promise<void> {
    this.#change({ kind: 'will', client: client.id, message: keep(packet) })
  }

  async getWill(client: ClientId): Promise<PublishPacket | undefined> {
    const will = this.state.wills.get(client.id)
    return will && travelling(will)
  }

  async delWill(client: ClientId): Promise<PublishPacket | undefined> {
    const will = this.state.wills.get(client.id)
    if (will) this.#change({ kind: 'no-will', client: client.id })
    return will && travelling(will)
  }

  // Wills of a former run are published when the broker starts, not hours later.
  streamWill(): Readable {
    return Readable.from([])
  }

  async flushed(): Promise<void> {
    await this.#journal?.flushed()
  }

  async destroy(): Promise<void> {
    await this.#journal?.close()
  }
}

function keep({ topic, payload, qos, retain }: PublishPacket): KeptMessage {
  return { topic, payload: Buffer.from(payload), qos, retain }
}

function travelling(message: KeptMessage): PublishPacket {
  return { cmd: 'publish', dup: false, ...message }
}

function resent({ key, message, messageId, released }: Waiting) {
  const [brokerId, counter] = key.split(' ')
  if (released) return { cmd: 'pubrel', messageId }
  // To a standing subscription it is news, however it was published.
  return { ...travelling(message), retain: false, messageId, brokerId, brokerCounter: Number(counter) }
}

function keyOf({ brokerId, brokerCounter }: Numbered): string {
  return `${brokerId} ${brokerCounter}`
}
