import type { AedesPublishPacket } from 'aedes'
import { FilterIndex } from './filter-index.ts'

type Listener = (packet: AedesPublishPacket, done: () => void) => void
type Done = (error?: Error) => void

/**
 * Stands in for mqemitter, which waits until each subscriber has written before it goes on: there a frozen
 * subscriber stops all delivery, and its leaving unwinds the queue by recursion until the stack is full.
 * Here nobody waits for anybody; who does not keep up is sent away (`DeliveryWatch`).
 */
export class TopicEmitter {
  readonly #listeners = new FilterIndex<Listener>()
  #closed = false

  on(filter: string, listener: Listener, done?: () => void): this {
    this.#listeners.add(filter, listener)
    if (done) setImmediate(done)
    return this
  }

  removeListener(filter: string, listener: Listener, done?: () => void): this {
    this.#listeners.remove(filter, listener)
    if (done) setImmediate(done)
    return this
  }

  emit(packet: AedesPublishPacket, done: Done = nothing): this {
    if (this.#closed) {
      done(new Error('the broker is closed'))
      return this
    }
    for (const listener of this.#listeners.match(packet.topic)) listener(packet, nothing)
    done()
    return this
  }

  close(done: () => void): this {
    this.#closed = true
    setImmediate(done)
    return this
  }
}

function nothing(): void {}
