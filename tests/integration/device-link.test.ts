import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { Aedes, type AuthenticateError } from 'aedes'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { type Connect, connectOver, connectTo } from '../../simulators/broker-client.ts'
import { createLink, type Link } from '../../simulators/link.ts'
import { type BuildingId, parseBuildingId } from '../../src/core/domain/building-id.ts'
import { MINUTE_MS } from '../../src/core/domain/instant.ts'
import { createManualClock, type ManualClock } from '../unit/simulators/manual-clock.ts'

const NOON = Date.UTC(2025, 0, 14, 12)
const id = parseBuildingId('b-001') as BuildingId

let broker: Aedes
let clock: ManualClock
let link: Link | undefined

beforeEach(async () => {
  broker = await Aedes.createBroker()
  clock = createManualClock(NOON)
})

afterEach(async () => {
  await link?.stop()
  await new Promise<void>((resolve) => broker.close(resolve))
})

function newLink(connect: Connect, onSetpoint: (payload: Uint8Array) => void = () => {}): Link {
  const quiet = { localNow: () => clock.now(), onUp: () => {}, onSetpoint }
  return createLink({ id, clock, connect, seed: 1, lastSession: 0, ...quiet })
}

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** Both ends of a pipe in this process. */
function pipe(): [Duplex, Duplex] {
  const ends: Duplex[] = [0, 1].map(
    (side) =>
      new Duplex({
        read() {},
        write(chunk, _encoding, done) {
          ends[1 - side]?.push(chunk)
          done()
        },
        destroy(error, done) {
          ends[1 - side]?.push(null)
          done(error)
        },
      }),
  )
  return ends as [Duplex, Duplex]
}

const isUp = () => vi.waitFor(() => expect([link?.isUp, link?.pending]).toEqual([true, 0]))

describe('a link', () => {
  it('runs over a stream in this process, and pending says when all is still', async () => {
    const heard: string[] = []
    broker.on('publish', ({ topic }) => topic.startsWith('heatflex') && heard.push(topic))
    link = newLink(
      connectOver(() => {
        const [near, far] = pipe()
        broker.handle(far)
        return near
      }),
    )
    link.start()
    expect(link.pending).toBe(1)
    await isUp()
    const answered = vi.fn()
    link.publish({ topic: `heatflex/v1/${id}/telemetry`, payload: '{}', retain: false }, answered)
    expect(link.pending).toBe(1)
    await isUp()
    expect(answered.mock.calls).toEqual([[true]])
    expect(heard).toEqual([`heatflex/v1/${id}/status`, `heatflex/v1/${id}/telemetry`])
  })

  it('knocks again ever more seldom, by its own clock, and not twice at one time', async () => {
    const knocks: number[] = []
    link = newLink(
      connectOver(() => {
        knocks.push(clock.now())
        return new Duplex({ read() {}, write() {} }).destroy()
      }),
    )
    link.start()
    for (let second = 0; second <= 900; second++) {
      await vi.waitFor(() => expect(link?.pending).toBe(0), { interval: 1 })
      clock.goTo(NOON + second * 1000)
    }
    const waitsMs = knocks.slice(1).map((at, index) => at - (knocks[index] ?? 0))
    expect(waitsMs[0]).toBeLessThanOrEqual(1_000)
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(2 * MINUTE_MS + 1000)
    expect(waitsMs.at(-1)).toBeGreaterThanOrEqual(MINUTE_MS)
    expect(knocks.length).toBeLessThan(25)
    expect(link.isUp).toBe(false)
  })

  it('answers false at once what is published while it is down', () => {
    link = newLink(connectOver(() => new Duplex({ read() {}, write() {} })))
    const answered = vi.fn()
    link.publish({ topic: 'heatflex/v1/b-001/ack', payload: '{}', retain: true }, answered)
    expect(answered.mock.calls).toEqual([[false]])
  })

  it('shows who it is by id and password, and says why it was refused', async () => {
    broker.authenticate = (client, username, password, done) => {
      const isKnown = client.id === id && username === id && String(password) === 'secret'
      const refusal: AuthenticateError = Object.assign(new Error('refused'), { returnCode: 5 })
      done(isKnown ? null : refusal, isKnown)
    }
    const sockets: Socket[] = []
    const server = createServer((socket) => {
      sockets.push(socket)
      broker.handle(socket)
    })
    const url = `mqtt://127.0.0.1:${await listening(server)}`
    link = newLink(connectTo(url, { password: 'wrong' }))
    link.start()
    await vi.waitFor(() => expect(link?.trouble).toContain('Not authorized'))
    await link.stop()
    link = newLink(connectTo(url, { password: 'secret' }))
    link.start()
    await isUp()
    await link.stop()
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  it('speaks MQTT over WebSocket as well', async () => {
    const server = createHttpServer()
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket, request) => broker.handle(createWebSocketStream(socket), request))
    const setpoints: string[] = []
    link = newLink(connectTo(`ws://127.0.0.1:${await listening(server)}/mqtt`), (payload) =>
      setpoints.push(String(payload)),
    )
    link.start()
    await isUp()
    broker.publish(
      {
        cmd: 'publish',
        topic: `heatflex/v1/${id}/setpoint`,
        payload: 'x',
        qos: 1,
        retain: false,
        dup: false,
      },
      () => {},
    )
    await vi.waitFor(() => expect(setpoints).toEqual(['x']))
    await link.stop()
    sockets.close()
    server.close()
  })
})
