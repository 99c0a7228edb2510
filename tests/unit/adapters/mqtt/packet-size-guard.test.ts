import { generate, type Packet } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { PacketLengths } from '../../../../src/adapters/mqtt/packet-size-guard.ts'

function publish(bytes: number): Buffer {
  const packet: Packet = {
    cmd: 'publish',
    topic: 't',
    payload: Buffer.alloc(bytes, 0xff),
    qos: 0,
    dup: false,
    retain: false,
  }
  return generate(packet)
}

const stream = Buffer.concat([
  publish(10),
  generate({ cmd: 'pingreq' }),
  publish(127),
  publish(500),
  publish(20_000),
])

it.each([1, 2, 3, 7, 100, 1e6])('takes what is within the limit, in pieces of %d bytes', (piece) => {
  const lengths = new PacketLengths()
  for (let i = 0; i < stream.length; i += piece) {
    expect(lengths.accepts(stream.subarray(i, i + piece), 20_003)).toBe(true)
  }
})

it.each([1, 3, 100, 1e6])(
  'refuses what is beyond it as soon as its header is there, in pieces of %d bytes',
  (piece) => {
    const lengths = new PacketLengths()
    const pieces = Array.from({ length: Math.ceil(stream.length / piece) }, (_, i) =>
      stream.subarray(i * piece, (i + 1) * piece),
    )
    const refusedAt = pieces.findIndex((one) => !lengths.accepts(one, 20_002)) * piece
    expect(refusedAt).toBeGreaterThanOrEqual(0)
    expect(refusedAt).toBeLessThan(stream.length - 20_000 + 3)
  },
)

it('refuses a length that has no end', () => {
  expect(new PacketLengths().accepts(Buffer.alloc(10, 0xff), 1e9)).toBe(false)
})
