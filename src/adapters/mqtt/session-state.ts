import { coversTopic, FilterIndex, hasWildcard } from './filter-index.ts'

/** A message as it is kept: retained on its topic, waiting for a subscriber, or a client's will. */
export interface KeptMessage {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
}

/** Every change of what outlives a connection; a list of these is the whole of it. */
export type SessionChange =
  | { readonly kind: 'retain'; readonly message: KeptMessage }
  | { readonly kind: 'subscribe'; readonly client: string; readonly filter: string; readonly qos: 0 | 1 | 2 }
  | { readonly kind: 'unsubscribe'; readonly client: string; readonly filter: string }
  | { readonly kind: 'forget'; readonly client: string }
  | { readonly kind: 'queue'; readonly client: string; readonly key: string; readonly message: KeptMessage }
  | { readonly kind: 'delivered'; readonly client: string; readonly key: string }
  | { readonly kind: 'will'; readonly client: string; readonly message: KeptMessage }
  | { readonly kind: 'no-will'; readonly client: string }

export interface Waiting {
  readonly key: string
  readonly message: KeptMessage
  /** Set once it was sent: the id under which its receipt will come. */
  messageId: number | undefined
  /** The second half of a QoS 2 delivery. */
  released: boolean
}

export interface Session {
  readonly filters: Map<string, 0 | 1 | 2>
  waiting: Waiting[]
}

/** What the broker holds for its clients while they are away. */
export class SessionState {
  readonly retained = new Map<string, KeptMessage>()
  readonly sessions = new Map<string, Session>()
  readonly wills = new Map<string, KeptMessage>()
  readonly subscribers = new FilterIndex<string>()
  readonly #maxWaiting: number

  /** Beyond `maxWaiting` messages a client's oldest is dropped. */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting
  }

  apply(change: SessionChange): void {
    switch (change.kind) {
      case 'retain':
        this.#retain(change.message)
        break
      case 'subscribe':
        this.#subscribe(change.client, change.filter, change.qos)
        break
      case 'unsubscribe':
        this.#unsubscribe(change.client, change.filter)
        break
      case 'forget':
        this.#forget(change.client)
        break
      case 'queue':
        this.#queue(change.client, change.key, change.message)
        break
      case 'delivered':
        this.#delivered(change.client, change.key)
        break
      case 'will':
        this.wills.set(change.client, change.message)
        break
      case 'no-will':
        this.wills.delete(change.client)
        break
      default:
        change satisfies never
    }
  }

  // An empty payload clears the topic.
  #retain(message: KeptMessage): void {
    if (message.payload.length === 0) this.retained.delete(message.topic)
    else this.retained.set(message.topic, message)
  }

  #subscribe(client: string, filter: string, qos: 0 | 1 | 2): void {
    const session = this.sessions.get(client) ?? { filters: new Map(), waiting: [] }
    this.sessions.set(client, session)
    session.filters.set(filter, qos)
    // QoS 0 is not kept for who is away.
    if (qos > 0) this.subscribers.add(filter, client)
    else this.subscribers.remove(filter, client)
  }

  #unsubscribe(client: string, filter: string): void {
    this.sessions.get(client)?.filters.delete(filter)
    this.subscribers.remove(filter, client)
  }

  #forget(client: string): void {
    for (const filter of this.sessions.get(client)?.filters.keys() ?? []) {
      this.subscribers.remove(filter, client)
    }
    this.sessions.delete(client)
  }

  #queue(client: string, key: string, message: KeptMessage): void {
    const session = this.sessions.get(client)
    if (!session) return
    // A retained topic is a state: of those not yet sent only the last one matters.
    if (message.retain) session.waiting = session.waiting.filter((one) => !isReplacedBy(one, message))
    session.waiting.push({ key, message, messageId: undefined, released: false })
    if (session.waiting.length > this.#maxWaiting) session.waiting.shift()
  }

  #delivered(client: string, key: string): void {
    const session = this.sessions.get(client)
    if (session) session.waiting = session.waiting.filter((one) => one.key !== key)
  }

  filtersOf(client: string): ReadonlyMap<string, 0 | 1 | 2> {
    return this.sessions.get(client)?.filters ?? new Map()
  }

  retainedUnder(filters: readonly string[]): KeptMessage[] {
    return filters.flatMap((filter) => {
      if (!hasWildcard(filter)) return this.retained.get(filter) ?? []
      return [...this.retained.values()].filter(({ topic }) => coversTopic(filter, topic))
    })
  }

  /** The shortest list of changes that makes this state. */
  *changes(): Generator<SessionChange> {
    for (const message of this.retained.values()) yield { kind: 'retain', message }
    for (const [client, session] of this.sessions) {
      for (const [filter, qos] of session.filters) yield { kind: 'subscribe', client, filter, qos }
      for (const { key, message } of session.waiting) yield { kind: 'queue', client, key, message }
    }
    for (const [client, message] of this.wills) yield { kind: 'will', client, message }
  }
}

function isReplacedBy(one: Waiting, message: KeptMessage): boolean {
  return one.message.retain && one.messageId === undefined && one.message.topic === message.topic
}
