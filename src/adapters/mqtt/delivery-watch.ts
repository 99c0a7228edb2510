import type { Client, PublishPacket, Subscription } from 'aedes'
import { coversTopic } from './filter-index.ts'

interface Watched {
  unacked: number
  readonly filters: Map<string, number>
}

/** Counts what each connected subscriber has yet to confirm, and tells who no longer reads. */
export class DeliveryWatch {
  readonly #clients = new Map<Client, Watched>()
  #unacked = 0

  /** QoS 1 and 2 deliveries that connected subscribers have not confirmed. */
  get unacked(): number {
    return this.#unacked
  }

  /** `filters`: those that a former connection of the client left in force. */
  connected(client: Client, filters: Iterable<readonly [string, number]>): void {
    this.#clients.set(client, { unacked: 0, filters: new Map(filters) })
  }

  disconnected(client: Client): void {
    this.#unacked -= this.#clients.get(client)?.unacked ?? 0
    this.#clients.delete(client)
  }

  subscribed(client: Client, subscriptions: readonly Subscription[]): void {
    for (const { topic, qos } of subscriptions) this.#clients.get(client)?.filters.set(topic, qos)
  }

  unsubscribed(client: Client, filters: readonly string[]): void {
    for (const filter of filters) this.#clients.get(client)?.filters.delete(filter)
  }

  sent(client: Client, packet: PublishPacket): void {
    const watched = this.#clients.get(client)
    if (!watched || packet.qos === 0 || grantedQos(watched, packet.topic) === 0) return
    watched.unacked++
    this.#unacked++
  }

  confirmed(client: Client): void {
    const watched = this.#clients.get(client)
    if (!watched || watched.unacked === 0) return
    watched.unacked--
    this.#unacked--
  }
}

function grantedQos({ filters }: Watched, topic: string): number {
  const plain = filters.get(topic)
  if (plain !== undefined) return plain
  let granted = 0
  for (const [filter, qos] of filters) if (coversTopic(filter, topic)) granted = Math.max(granted, qos)
  return granted
}
