import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRealClock } from '../../src/adapters/clock/real-clock.ts'
import { createExternalLink } from '../../src/adapters/mqtt/external-link.ts'
import type { LinkEvent } from '../../src/adapters/mqtt/link-connection.ts'
import type { MessageLink } from '../../src/controller/ports.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { createTestDoor, type TestDoor } from '../fixtures/mqtt/door.ts'
import { freePort, type Mosquitto, noMosquitto, startMosquitto } from '../fixtures/mqtt/mosquitto.ts'

const TELEMETRY = 'heatflex/v1/b-1/telemetry'
const SETPOINT = 'heatflex/v1/b-1/setpoint'
const STATUS = 'heatflex/v1/controller/status'
// A second of the link's delays is ten milliseconds here.
const fast = createRealClock({ epoch: 0, realStart: Date.now(), speed: 100 })

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

function link(port: number, door: TestDoor, onEvent?: (event: LinkEvent) => void): MessageLink {
  const url = `mqtt://127.0.0.1:${port}`
  const will = () => ({ topic: STATUS, payload: 'lost' })
  const options = { url, door, clock: fast, random: () => 0.5, clientId: 'controller', will, onEvent }
  const made = createExternalLink(options)
  cleanUp.push(() => made.stop())
  return made
}

const ready = (made: MessageLink) => vi.waitFor(() => expect(made.connected).toBe(true), 5000)

describe.skipIf(noMosquitto)(`against mosquitto ${noMosquitto ?? ''}`, () => {
  let mosquitto: Mosquitto
  let device: Device
  beforeEach(async () => {
    mosquitto = await startMosquitto()
    cleanUp.push(() => mosquitto.stop())
    device = await connectDevice(mosquitto.port, { clientId: 'b-1' })
    cleanUp.push(() => device.client.endAsync(true))
  })

  const send = (text: string) => device.client.publishAsync(TELEMETRY, text, { qos: 1 })
  const texts = (door: TestDoor) => door.received.map(({ text }) => text)

  it('is sent again what its predecessor took and did not keep, and nothing that it kept', async () => {
    const first = createTestDoor()
    const before = link(mosquitto.port, first)
    await ready(before)
    await send('kept')
    await vi.waitFor(() => expect(texts(first)).toEqual(['kept']))
    first.close()
    await send('lost 1')
    await send('lost 2')
    await vi.waitFor(() => expect(first.received).toHaveLength(3))
    await before.stop()
    await send('meanwhile')
    const second = createTestDoor()
    await ready(link(mosquitto.port, second))
    await vi.waitFor(() => expect(texts(second)).toEqual(['lost 1', 'lost 2', 'meanwhile']))
  })

  it('makes the broker send again what the door could not keep', async () => {
    const door = createTestDoor()
    await ready(link(mosquitto.port, door))
    door.close()
    await send('once more')
    await vi.waitFor(() => expect(door.received).toHaveLength(1))
    door.open(false)
    await vi.waitFor(() => expect(texts(door)).toEqual(['once more', 'once more']), 5000)
    // It left in good order, so nobody was told that it is lost.
    await device.client.subscribeAsync(STATUS, { qos: 1 })
    await send('next')
    await vi.waitFor(() => expect(door.received).toHaveLength(3))
    expect(device.heard).toEqual([])
  })

  it('says that nothing can be sent while the broker is away, and comes back by itself', async () => {
    const events: string[] = []
    const door = createTestDoor()
    const made = link(mosquitto.port, door, ({ kind }) => events.push(kind))
    await ready(made)
    await mosquitto.stop()
    await vi.waitFor(() => expect(made.connected).toBe(false))
    const publish = made.publish(SETPOINT, 'x', { qos: 1, retain: true })
    await expect(publish).rejects.toMatchObject({ name: 'LinkError' })
    await mosquitto.start()
    await ready(made)
    await made.publish(SETPOINT, 'again', { qos: 1, retain: true })
    const after = await connectDevice(mosquitto.port, { clientId: 'b-1' })
    cleanUp.push(() => after.client.endAsync(true))
    await after.client.publishAsync(TELEMETRY, 'again', { qos: 1 })
    await vi.waitFor(() => expect(texts(door)).toEqual(['again']))
    expect(events.filter((kind) => kind !== 'failed')).toEqual(['connected', 'disconnected', 'connected'])
  })

  it('leaves a will that says when it is lost', async () => {
    await device.client.subscribeAsync(STATUS, { qos: 1 })
    const door = createTestDoor()
    await ready(link(mosquitto.port, door))
    const usurper = await connectDevice(mosquitto.port, { clientId: 'controller' })
    cleanUp.push(() => usurper.client.endAsync(true))
    // The link comes back under the same name, so that each may push out the other more than once.
    await vi.waitFor(() => expect(device.heard.map(({ text }) => text)).toContain('lost'))
    await usurper.client.endAsync()
    // The usurper's clean session took the link's with it: what comes before the link is back is for nobody.
    await vi.waitFor(async () => {
      await send('a building')
      expect(texts(door)).toContain('a building')
    })
  })
})

it('keeps trying where nobody answers, and stops when it is told to', async () => {
  const events: LinkEvent[] = []
  const made = link(await freePort(), createTestDoor(), (event) => events.push(event))
  await vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(3), 5000)
  expect(events[0]).toMatchObject({ kind: 'failed', detail: expect.stringContaining('ECONNREFUSED') })
  await made.stop()
})

it.each(['', 'localhost', 'http://localhost:1883', 'mqtt://', 'mqtt//x'])(
  'knows %j for no address',
  (url) => {
    const options = { url, door: createTestDoor(), clock: fast, random: () => 0, clientId: 'controller' }
    expect(() => createExternalLink(options)).toThrow(expect.objectContaining({ name: 'LinkError' }))
  },
)
