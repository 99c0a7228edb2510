import { Aedes, type AedesOptions, type Client, type PublishPacket } from 'aedes'

type Done = (error?: Error) => void
type Turn = readonly [packet: PublishPacket, client: Client | null, done: Done]

/**
 * Publishes one after another. Aedes numbers a message before it stores it and drops, per subscriber, what
 * comes with a lower number: a plain message that overtakes a retained one would make that one vanish.
 */
export class OrderedAedes extends Aedes {
  readonly #waiting: Turn[] = []
  #busy = false

  constructor(options: AedesOptions) {
    super(options)
    // The limit guards an index that is not in use here, by ending the connection of who exceeds it: such a
    // client would come back with the same message for ever.
    Reflect.set(this, 'maxTopicLevels', Number.POSITIVE_INFINITY)
  }

  /** Messages that are taken over and not yet handed to their subscribers. */
  get waiting(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0)
  }

  // The broker's own calls name the client in the middle, which its types leave out.
  override publish(packet: PublishPacket, client: Client | Done | null, done: Done = nothing): void {
    if (typeof client === 'function') this.#waiting.push([packet, null, client])
    else this.#waiting.push([packet, client, done])
    if (!this.#busy) this.#drain()
  }

  // A loop and no recursion: thousands may wait, and most of them end at once.
  #drain(): void {
    for (let turn = this.#waiting.shift(); turn; turn = this.#waiting.shift()) {
      this.#busy = true
      if (!this.#endsAtOnce(turn)) return
      this.#busy = false
    }
  }

  #endsAtOnce([packet, client, done]: Turn): boolean {
    let returned = false
    let ended = false
    const onEnd: Done = (error) => {
      ended = true
      done(error)
      if (!returned) return
      this.#busy = false
      this.#drain()
    }
    Reflect.apply(super.publish, this, [packet, client, onEnd])
    returned = true
    return ended
  }
}

function nothing(): void {}
