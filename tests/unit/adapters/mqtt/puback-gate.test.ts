import { PassThrough } from 'node:stream'
import { generate, type Packet, parser } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { PubackGate } from '../../../../src/adapters/mqtt/puback-gate.ts'

const publish: Packet = {
  cmd: 'publish',
  topic: 't',
  payload: '@\u0002\u0000\u0001'.repeat(90),
  qos: 1,
  messageId: 1,
  dup: false,
  retain: false,
}
const puback = (messageId: number): Packet => ({ cmd: 'puback', messageId })

function gateOver() {
  const stream = new PassThrough()
  const gate = new PubackGate(stream)
  const read = () => {
    const packets: string[] = []
    const packetParser = parser()
    packetParser.on('packet', ({ cmd, messageId }) => packets.push(`${cmd} ${messageId}`))
    const bytes = stream.read()
    if (bytes) packetParser.parse(bytes)
    return packets
  }
  return { stream, gate, read }
}

it.each([1, 2, 3, 5, 64, 1e6])(
  'keeps back only the receipts that wait, written in pieces of %d bytes',
  (piece) => {
    const { stream, gate, read } = gateOver()
    gate.hold(2)
    gate.hold(300)
    const packets = [
      publish,
      puback(1),
      puback(2),
      publish,
      puback(300),
      { cmd: 'pingreq' } as Packet,
      puback(44),
    ]
    const bytes = Buffer.concat(packets.map((packet) => generate(packet)))
    for (let i = 0; i < bytes.length; i += piece) stream.write(bytes.subarray(i, i + piece))
    expect(read()).toEqual(['publish 1', 'puback 1', 'publish 1', 'pingreq undefined', 'puback 44'])
    gate.release(300)
    gate.release(2)
    expect(read()).toEqual(['puback 300', 'puback 2'])
    expect(gate.held).toBe(0)
  },
)

it('lets a receipt pass whose message was kept before it was written', () => {
  const { stream, gate, read } = gateOver()
  gate.hold(7)
  gate.release(7)
  stream.write(generate(puback(7)))
  expect(read()).toEqual(['puback 7'])
})

it('writes nothing to a connection that has ended', () => {
  const { stream, gate } = gateOver()
  gate.hold(7)
  stream.write(generate(puback(7)))
  stream.destroy()
  gate.release(7)
  expect(gate.held).toBe(0)
})
