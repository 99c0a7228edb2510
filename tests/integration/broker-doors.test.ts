import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createEmbeddedBroker, type EmbeddedBroker } from '../../src/adapters/mqtt/embedded-broker.ts'
import { streamOpener } from '../../src/adapters/mqtt/open-stream.ts'
import { connectDevice } from '../fixtures/mqtt/device.ts'
import { createTestDoor } from '../fixtures/mqtt/door.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

async function start() {
  const door = createTestDoor()
  const broker = await createEmbeddedBroker({ door, websocket: { host: '127.0.0.1', port: 0 } })
  cleanUp.push(() => broker.stop())
  return { door, broker }
}

async function sendOne(url: string, ca?: string): Promise<void> {
  const { client } = await connectDevice(streamOpener({ url, ca }), { clientId: 'b-1' })
  cleanUp.push(() => client.endAsync(true))
  await client.publishAsync('heatflex/v1/b-1/telemetry', '{}', { qos: 1 })
}

it('speaks MQTT over WebSocket', async () => {
  const { door, broker } = await start()
  await sendOne(`ws://127.0.0.1:${broker.webSocketPort}`)
  expect(door.received).toHaveLength(1)
})

it.each([
  ['https://elsewhere.example', 'error'],
  ['http://localhost:8080', 'open'],
])('answers a page from %s with %s', async (origin, outcome) => {
  const { broker } = await start()
  const socket = new WebSocket(`ws://127.0.0.1:${broker.webSocketPort}`, ['mqtt'], { origin })
  const answer = await Promise.race([
    once(socket, 'open').then(() => 'open'),
    once(socket, 'error').then(() => 'error'),
  ]).catch(() => 'error')
  socket.on('error', () => undefined)
  socket.terminate()
  expect(answer).toBe(outcome)
})

function makeCertificate(): { key: string; cert: string } | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'heatflex-tls-'))
  try {
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } catch {
    return undefined
  } finally {
    rmSync(directory, { recursive: true })
  }
}

const identity = makeCertificate()

describe.skipIf(!identity)(`over TLS${identity ? '' : ' (skipped: no openssl here)'}`, () => {
  const servers: { close(): unknown }[] = []
  afterAll(() => {
    for (const server of servers) server.close()
  })

  async function listenTls(broker: EmbeddedBroker): Promise<number> {
    const server = createServer({ ...identity }, (socket) => broker.attach(socket))
    server.on('tlsClientError', () => undefined)
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  it('trusts the certificate that it was told to, by name and by address', async () => {
    const { door, broker } = await start()
    const port = await listenTls(broker)
    await sendOne(`mqtts://localhost:${port}`, identity?.cert)
    await sendOne(`mqtts://127.0.0.1:${port}`, identity?.cert)
    expect(door.received).toHaveLength(2)
  })

  it('trusts no other', async () => {
    const { broker } = await start()
    const port = await listenTls(broker)
    await expect(sendOne(`mqtts://localhost:${port}`)).rejects.toThrow('closed')
  })
})
