import type { Duplex } from 'node:stream'

const TOO_LONG = 'too-long'

/** Follows MQTT packets through a stream of chunks by their headers alone. */
export class PacketLengths {
  #toSkip = 0
  #lengthBytes = -1
  #length = 0

  /** False where a packet says it is longer than `maxBytes`, or its length is no MQTT. */
  accepts(chunk: Uint8Array, maxBytes: number): boolean {
    for (let i = 0; i < chunk.length; ) {
      if (this.#toSkip > 0) {
        const skipped = Math.min(this.#toSkip, chunk.length - i)
        this.#toSkip -= skipped
        i += skipped
      } else if (this.#header(chunk[i++] ?? 0, maxBytes) === TOO_LONG) {
        return false
      }
    }
    return true
  }

  #header(byte: number, maxBytes: number): typeof TOO_LONG | undefined {
    if (this.#lengthBytes < 0) {
      this.#lengthBytes = 0
      this.#length = 0
      return undefined
    }
    this.#length += (byte & 0x7f) << (7 * this.#lengthBytes++)
    if (this.#length > maxBytes || this.#lengthBytes > 4) return TOO_LONG
    if ((byte & 0x80) !== 0) return undefined
    this.#toSkip = this.#length
    this.#lengthBytes = -1
    return undefined
  }
}

/** Ends a connection that announces a packet beyond `maxBytes`, before any of it is kept. */
export function guardPacketSize(connection: Duplex, maxBytes: number): void {
  const lengths = new PacketLengths()
  const read = connection.read.bind(connection)
  connection.read = (size?: number) => {
    const chunk: unknown = read(size)
    if (chunk instanceof Uint8Array && !lengths.accepts(chunk, maxBytes)) {
      connection.destroy(new Error(`a packet of more than ${maxBytes} bytes`))
      return null
    }
    return chunk
  }
}
