import { once } from 'node:events'
import { createServer } from 'node:net'
import { Aedes } from 'aedes'

// A broker and a subscriber that only parses, in a process of their own: tells its port, then what it has parsed.
const broker = await Aedes.createBroker()
const server = createServer((socket) => broker.handle(socket.setNoDelay(true))).listen(0, '127.0.0.1')
await once(server, 'listening')
let parsed = 0
await new Promise<void>((resolve) => {
  const read = (packet: { payload: string | Buffer }, done: () => void) => {
    JSON.parse(packet.payload.toString())
    parsed++
    done()
  }
  broker.subscribe('heatflex/v1/+/telemetry', read, resolve)
})
const address = server.address()
process.send?.(typeof address === 'object' && address ? address.port : 0)
process.on('message', () => process.send?.(parsed))
process.once('disconnect', () => process.exit(0))
