import type { Client, PublishPacket } from 'aedes'
import type { InboundMessage, MessageDoor } from '../../controller/ports.ts'
import type { RejectionCode } from '../../core/domain/rejection.ts'
import { type Party, publishFault } from './broker-access.ts'

interface Refusal {
  readonly code: RejectionCode
  readonly detail: string
}

/** Nobody can subscribe to it. */
const NOWHERE = '$refused'

export interface GateOptions {
  readonly door: MessageDoor
  readonly maxPayloadBytes: number
}

/**
 * Stands between a client's PUBLISH and the broker's PUBACK. What the door has not confirmed is not
 * confirmed to its sender; what may not pass is, since MQTT 3.1.1 knows no other way to be rid of it.
 */
export class PublishGate {
  readonly #options: GateOptions
  #held = 0
  #closed = false

  constructor(options: GateOptions) {
    this.#options = options
  }

  /** Messages whose senders still wait. */
  get held(): number {
    return this.#held
  }

  /** From here on nobody gets an answer, so that everybody will send again. */
  close(): void {
    this.#closed = true
  }

  /** `done` is called when the sender may be told. */
  pass(client: Client | null, party: Party, packet: PublishPacket, done: () => void): void {
    if (this.#closed) return
    const payload = Buffer.from(packet.payload)
    const message = { topic: packet.topic, payload, retained: false, clientId: client?.id }
    const refusal = this.#refusal(party, message)
    if (refusal) this.#refuse(message, refusal, packet, done)
    else this.#hold(client, message, done)
  }

  #refuse(message: InboundMessage, why: Refusal, packet: PublishPacket, done: () => void): void {
    this.#options.door.refuse(message, why.code, why.detail)
    Object.assign(packet, { topic: NOWHERE, payload: '', retain: false })
    done()
  }

  #refusal(party: Party, { topic, payload }: InboundMessage): Refusal | undefined {
    const code = publishFault(party, topic)
    const who = party.kind === 'building' ? party.id : party.kind
    if (code) return { code, detail: `${who} on ${topic.slice(0, 200)}` }
    const tooLarge = payload.length > this.#options.maxPayloadBytes
    return tooLarge ? { code: 'too-large', detail: `${payload.length} bytes` } : undefined
  }

  #hold(client: Client | null, message: InboundMessage, done: () => void): void {
    this.#held++
    const answer = (isKept: boolean) => {
      this.#held--
      if (this.#closed) return
      if (isKept) done()
      // Without an answer its sender would wait for ever; without a connection it sends again.
      else client?.conn.destroy()
    }
    this.#options.door.receive(message).then(answer, () => answer(false))
  }
}
