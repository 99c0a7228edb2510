import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { Aedes, type PublishPacket } from 'aedes'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectTo } from '../../simulators/broker-client.ts'
import { createDevice, type Device, type DeviceOptions } from '../../simulators/device.ts'
import { encodeLease } from '../../src/core/devices/lease-payload.ts'
import { type BuildingId, parseBuildingId } from '../../src/core/domain/building-id.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/core/domain/instant.ts'
import { createManualClock, type ManualClock } from '../unit/simulators/manual-clock.ts'
import { createPlainBuilding, type PlainBuilding } from '../unit/simulators/plain-building.ts'

const NOON = Date.UTC(2025, 0, 14, 12)
const id = parseBuildingId('b-001') as BuildingId

let broker: Aedes
let server: Server
let sockets: Socket[]
let clock: ManualClock
let building: PlainBuilding
let heard: { topic: string; body: Record<string, unknown>; retain: boolean }[]
let device: Device

beforeEach(async () => {
  broker = await Aedes.createBroker()
  sockets = []
  server = createServer((socket) => {
    sockets.push(socket.setNoDelay(true))
    broker.handle(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  heard = []
  broker.on('publish', ({ topic, payload, retain }) => {
    if (topic.startsWith('heatflex/')) heard.push({ topic, body: JSON.parse(String(payload)), retain })
  })
  clock = createManualClock(NOON)
  building = createPlainBuilding(NOON - 15 * MINUTE_MS)
  device = newDevice()
})

afterEach(async () => {
  await device.stop()
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  await new Promise<void>((resolve) => broker.close(resolve))
})

function newDevice(change: Partial<DeviceOptions> = {}): Device {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return createDevice({
    ...{ id, building, clock, weather: () => ({ outdoorC: -10, solarWm2: 0, windMs: 4 }) },
    connect: connectTo(`mqtt://127.0.0.1:${port}`),
    limits: { supplyOffsetK: { min: -10, max: 10 } },
    ...{ telemetryMinutes: 15, seed: 1, outboxLimit: 1000 },
    ...change,
  })
}

const on = (channel: string) => heard.filter(({ topic }) => topic === `heatflex/v1/${id}/${channel}`)
const still = () => vi.waitFor(() => expect([device.isOnline, device.pending]).toEqual([true, 0]))

function liveTo(at: number) {
  clock.goTo(at)
  device.advance(at)
}

async function publish(topic: string, payload: string) {
  const packet = { cmd: 'publish', qos: 1, retain: true, dup: false, topic, payload } as PublishPacket
  await new Promise<void>((resolve, reject) =>
    broker.publish(packet, (error) => (error ? reject(error) : resolve())),
  )
}

const lease = (seq: number, from: number, supplyOffsetK: number) =>
  encodeLease({
    ...{ id: `lease-${seq}`, building: id, seq, issuedAt: from, validFrom: from },
    validUntil: from + 30 * MINUTE_MS,
    steps: [{ from, supplyOffsetK }],
    mode: 'auto',
    reason: { code: 'steady', text: 'Nothing to do.' },
  })

const sampleTimes = () =>
  on('telemetry').flatMap(({ body }) =>
    Array.isArray(body['samples']) ? body['samples'].map((one) => Number(one.at)) : [Number(body['at'])],
  )

describe('a device at a real broker', () => {
  it('says that it is online and publishes its first sample at once', async () => {
    device.start()
    await still()
    expect(on('status')).toMatchObject([{ body: { state: 'online', at: NOON }, retain: true }])
    expect(on('telemetry')).toMatchObject([{ body: { at: NOON, intervalS: 900 }, retain: false }])
  })

  it('applies a retained lease that lay there before it came, and returns to its curve when it ends', async () => {
    await publish(`heatflex/v1/${id}/setpoint`, lease(1, NOON, -3))
    device.start()
    await vi.waitFor(() => expect(on('ack')).toHaveLength(1))
    expect(on('ack')[0]).toMatchObject({
      body: { id: 'lease-1', seq: 1, state: 'applied', applied: { supplyOffsetK: -3 } },
      retain: true,
    })
    liveTo(NOON + HOUR_MS)
    await still()
    expect(building.offsets.slice(15)).toEqual([...Array(30).fill(-3), ...Array(30).fill(null)])
    expect(on('ack')[1]).toMatchObject({ body: { state: 'expired', applied: { supplyOffsetK: null } } })
    expect(sampleTimes()).toEqual([0, 15, 30, 45, 60].map((minutes) => NOON + minutes * MINUTE_MS))
  })

  it('holds a lease that came within the minute without a break', async () => {
    device.start()
    await still()
    clock.goTo(NOON + 20_000)
    await publish(`heatflex/v1/${id}/setpoint`, lease(1, NOON + 20_000, 4))
    await vi.waitFor(() => expect(on('ack')).toHaveLength(1))
    liveTo(NOON + 2 * MINUTE_MS)
    expect(building.offsets.slice(15)).toEqual([4, 4])
    expect(device.stats.writes.total).toBe(1)
  })

  it('leaves its will when the cable is pulled, and a greater session when it comes back', async () => {
    device.start()
    await still()
    for (const socket of sockets) socket.destroy()
    await vi.waitFor(() => expect(on('status')).toHaveLength(2))
    clock.goTo(NOON + 5 * MINUTE_MS)
    await vi.waitFor(() => expect(on('status')).toHaveLength(3))
    const [first, will, second] = on('status').map(({ body }) => body)
    expect([first?.['state'], will?.['state'], second?.['state']]).toEqual(['online', 'offline', 'online'])
    expect(will?.['session']).toBe(first?.['session'])
    expect(Number(second?.['session'])).toBeGreaterThan(Number(first?.['session']))
  })

  it('sends in batches what it kept while the link was down, every sample once or more', async () => {
    const cut = { kind: 'offline', from: NOON + 1, until: NOON + 40 * HOUR_MS, buildings: 'all' } as const
    device = newDevice({ faults: [cut] })
    await publish(`heatflex/v1/${id}/setpoint`, lease(1, NOON, -3))
    device.start()
    await vi.waitFor(() => expect(on('ack')).toHaveLength(1))
    await still()
    for (let hour = 1; hour < 40; hour++) liveTo(NOON + hour * HOUR_MS)
    expect(device.isOnline).toBe(false)
    expect(on('telemetry')).toHaveLength(1)
    liveTo(NOON + 40 * HOUR_MS)
    await still()
    const batches = on('telemetry').filter(({ body }) => 'samples' in body)
    expect(batches.length).toBeGreaterThan(1)
    const expected = Array.from({ length: 161 }, (_, slot) => NOON + slot * 15 * MINUTE_MS)
    expect([...new Set(sampleTimes())].sort((a, b) => a - b)).toEqual(expected)
    expect(device.memory().samples).toEqual([])
    expect(building.offsets.slice(15, 45)).toEqual(Array(30).fill(-3))
    expect(building.offsets.slice(45)).toEqual(Array(40 * 60 - 30).fill(null))
    expect(on('ack').map(({ body }) => body['state'])).toEqual(['applied', 'expired'])
  })

  it('keeps a sample until the broker has answered for it', async () => {
    broker.authorizePublish = (_client, packet, callback) => {
      if (packet.topic.endsWith('telemetry')) broker.emit('held', callback)
      else callback(null)
    }
    const held = new Promise<(error: null) => void>((resolve) => {
      broker.once('held' as 'closed', resolve as () => void)
    })
    device.start()
    const answer = await held
    expect(device.memory().samples.map(({ at }) => at)).toEqual([NOON])
    answer(null)
    await still()
    expect(device.memory().samples).toEqual([])
  })

  it('goes on after a power cut with the lease it had, and an older one does not take its place', async () => {
    await publish(`heatflex/v1/${id}/setpoint`, lease(5, NOON, -3))
    device.start()
    await vi.waitFor(() => expect(on('ack')).toHaveLength(1))
    await device.stop()
    const restored = JSON.parse(JSON.stringify(device.memory()))
    await publish(`heatflex/v1/${id}/setpoint`, lease(4, NOON, 9))
    device = newDevice({ restored })
    liveTo(NOON + 5 * MINUTE_MS)
    device.start()
    await vi.waitFor(() => expect(on('ack').length).toBeGreaterThan(2))
    await still()
    expect(building.offsets.slice(15)).toEqual(Array(5).fill(-3))
    // The broker gives the older lease twice: queued for the session, and retained.
    const states = on('ack').map(({ body }) => `${body['id']} ${body['state']}`)
    expect(states.slice(0, 3)).toEqual(['lease-5 applied', 'lease-4 superseded', 'lease-5 applied'])
    expect(states.at(-1)).toBe('lease-5 applied')
  })

  it('lets a cold resident go before the lease, and tells the controller', async () => {
    building = createPlainBuilding(NOON - 15 * MINUTE_MS, { 'z-1': { indoorC: 18.9 } })
    device = newDevice({ residents: { coldBelowC: 19.5, pressChance: 1, lastsHours: 1 } })
    await publish(`heatflex/v1/${id}/setpoint`, lease(1, NOON, -3))
    device.start()
    await vi.waitFor(() => expect(on('override')).toHaveLength(1))
    expect(on('override')[0]).toMatchObject({
      body: { kind: 'warmer', deltaK: 1, by: 'resident', zone: 'z-1', untilAt: NOON + HOUR_MS },
      retain: false,
    })
    await vi.waitFor(() => expect(on('ack').at(-1)).toMatchObject({ body: { state: 'overridden' } }))
    liveTo(NOON + 5 * MINUTE_MS)
    expect(building.offsets.slice(15)).toEqual(Array(5).fill(null))
  })
})
