import type { Duplex } from 'node:stream'

const PUBACK = 4

type Write = (chunk: Uint8Array) => boolean

/**
 * Keeps back the PUBACKs of messages that are not kept yet, on their way from mqtt.js to the socket. Its own
 * hook for that (`handleMessage`) stops all reading until it is answered: one message a commit.
 */
export class PubackGate {
  readonly #connection: Duplex
  readonly #write: Write
  readonly #frames = new PubackFrames()
  /** Messages that wait, and the PUBACK where mqtt.js has written it already. */
  readonly #held = new Map<number, Uint8Array | undefined>()

  /** Takes its place in front of the connection, until the connection ends. */
  constructor(connection: Duplex) {
    this.#connection = connection
    this.#write = connection.write.bind(connection)
    connection.write = (chunk: unknown, ...rest: unknown[]) => this.#pass(chunk, rest)
  }

  get held(): number {
    return this.#held.size
  }

  /** To be called as the message is read, before mqtt.js answers it. */
  hold(messageId: number): void {
    this.#held.set(messageId, undefined)
  }

  release(messageId: number): void {
    const puback = this.#held.get(messageId)
    this.#held.delete(messageId)
    if (puback && !this.#connection.destroyed) this.#write(puback)
  }

  #pass(chunk: unknown, rest: unknown[]): boolean {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (!(bytes instanceof Uint8Array)) throw new TypeError('an MQTT stream takes bytes')
    let isRoomLeft = true
    for (const frame of this.#frames.split(bytes)) {
      const isHeld = frame.puback !== undefined && this.#held.has(frame.puback)
      if (isHeld) this.#held.set(frame.puback, frame.bytes)
      else isRoomLeft = this.#write(frame.bytes)
    }
    const written = rest.at(-1)
    if (typeof written === 'function') setImmediate(() => written())
    return isRoomLeft
  }
}

type Frame =
  | { readonly bytes: Uint8Array; readonly puback?: undefined }
  | { readonly bytes: Uint8Array; readonly puback: number }

/** Cuts PUBACKs, whole, out of a stream of MQTT packets that is written in pieces of any length. */
class PubackFrames {
  /** Header so far, and of a PUBACK all of it. */
  #frame: number[] = []
  #toPass = 0

  split(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    for (let i = 0; i < chunk.length; ) {
      if (this.#toPass > 0) {
        const passed = Math.min(this.#toPass, chunk.length - i)
        frames.push({ bytes: chunk.subarray(i, i + passed) })
        this.#toPass -= passed
        i += passed
      } else {
        this.#frame.push(chunk[i++] ?? 0)
        this.#endHeader(frames)
      }
    }
    return frames
  }

  #endHeader(frames: Frame[]): void {
    const [type = 0, ...rest] = this.#frame
    const lengthBytes = rest.findIndex((byte) => byte < 0x80) + 1
    if (lengthBytes === 0) return
    const length = rest.slice(0, lengthBytes).reduce((sum, byte, i) => sum + ((byte & 0x7f) << (7 * i)), 0)
    const body = rest.slice(lengthBytes)
    const isPuback = type >> 4 === PUBACK
    if (isPuback && body.length < length) return
    const bytes = Uint8Array.from(this.#frame)
    frames.push(isPuback ? { bytes, puback: ((body[0] ?? 0) << 8) | (body[1] ?? 0) } : { bytes })
    this.#toPass = isPuback ? 0 : length
    this.#frame = []
  }
}
