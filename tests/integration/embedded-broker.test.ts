import { afterEach, expect, it, vi } from 'vitest'
import type { BrokerEvent, EmbeddedBrokerOptions } from '../../src/adapters/mqtt/broker-options.ts'
import { createEmbeddedBroker, type EmbeddedBroker } from '../../src/adapters/mqtt/embedded-broker.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { createTestDoor } from '../fixtures/mqtt/door.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

async function start(options: Partial<EmbeddedBrokerOptions> = {}) {
  const door = createTestDoor()
  const events: BrokerEvent[] = []
  const broker = await createEmbeddedBroker({
    door,
    tcp: { host: '127.0.0.1', port: 0 },
    onEvent: (event) => events.push(event),
    ...options,
  })
  cleanUp.push(() => broker.stop())
  return { broker, door, events }
}

async function device(broker: EmbeddedBroker, clientId: string, options = {}): Promise<Device> {
  const made = await connectDevice(broker.port, { clientId, ...options })
  cleanUp.push(() => made.client.endAsync(true))
  return made
}

it('confirms a publish only when the door has kept it, while others go on', async () => {
  const { broker, door } = await start()
  const held = await device(broker, 'b-1')
  const other = await device(broker, 'b-2')
  door.close()
  let confirmed = 0
  const publishes = ['1', '2', '3'].map(async (text) => {
    await held.client.publishAsync('heatflex/v1/b-1/telemetry', text, { qos: 1 })
    confirmed++
  })
  publishes.push(
    other.client.publishAsync('heatflex/v1/b-2/telemetry', '4', { qos: 1 }).then(() => undefined),
  )
  await vi.waitFor(() => expect(door.received).toHaveLength(4))
  // Setpoints flow while acknowledgements wait.
  await other.client.subscribeAsync('heatflex/v1/b-2/setpoint', { qos: 1 })
  await broker.publish('heatflex/v1/b-2/setpoint', '{}', { qos: 1, retain: true })
  await vi.waitFor(() => expect(other.heard).toHaveLength(1))
  expect(broker.inFlight.held).toBe(4)
  expect(broker.isQuiet()).toBe(false)
  expect(confirmed).toBe(0)
  door.open()
  await Promise.all(publishes)
  await vi.waitFor(() => expect(broker.isQuiet()).toBe(true))
})

it('does not confirm what the door could not keep: its sender comes back with it', async () => {
  const { broker, door } = await start()
  const { client } = await device(broker, 'b-1', { reconnectPeriod: 20, clean: false })
  door.close()
  const confirmed = client.publishAsync('heatflex/v1/b-1/telemetry', '1', { qos: 1 })
  await vi.waitFor(() => expect(door.received).toHaveLength(1))
  door.open(false)
  await confirmed
  expect(door.received.map(({ text }) => text)).toEqual(['1', '1'])
})

it('confirms what it refuses, counts it, and takes the next message', async () => {
  const { broker, door, events } = await start()
  const { client } = await device(broker, 'b-1', { reconnectPeriod: 20, clean: false })
  const denied = [
    'heatflex/v1/b-2/setpoint',
    'heatflex/v1/controller/status',
    '$SYS/x/heartbeat',
    'elsewhere/entirely',
    `deep${'/x'.repeat(300)}`,
    'heatflex/v1/__proto__/telemetry',
  ]
  for (const topic of denied) await client.publishAsync(topic, 'x', { qos: 1 })
  await client.publishAsync('heatflex/v1/b-1/telemetry', 'x'.repeat(300_000), { qos: 1 })
  await client.publishAsync('heatflex/v1/b-1/telemetry', 'good', { qos: 1 })
  expect(door.received.map(({ text }) => text)).toEqual(['good'])
  expect(door.refused.map((line) => line.slice(0, 40))).toEqual(
    [
      'not-allowed heatflex/v1/b-2/setpoint',
      'not-allowed heatflex/v1/controller/status',
      'not-allowed $SYS/x/heartbeat',
      'unknown-topic elsewhere/entirely',
      'unknown-topic deep/x/x/x/x/x/x/x/x/x/x/x/',
      'unknown-topic heatflex/v1/__proto__/telemetry',
      'too-large heatflex/v1/b-1/telemetry',
    ].map((line) => line.slice(0, 40)),
  )
  expect(events.filter(({ kind }) => kind === 'connected')).toHaveLength(1)
})

it('ends a connection that announces a packet beyond all measure, and no other', async () => {
  const { broker, door, events } = await start({ limits: { maxPacketBytes: 100_000 } })
  const rude = await device(broker, 'rude')
  const good = await device(broker, 'good')
  rude.client.publish('heatflex/v1/rude/telemetry', Buffer.alloc(200_000), { qos: 1 }, () => undefined)
  await vi.waitFor(() =>
    expect(events.find(({ kind }) => kind === 'failed')).toMatchObject({ client: 'rude' }),
  )
  await good.client.publishAsync('heatflex/v1/good/telemetry', 'x', { qos: 1 })
  expect(door.received).toHaveLength(1)
})

it.each(['constructor', '__proto__', 'toString', '+/+/#', 'heatflex/v1/constructor/setpoint'])(
  'lives through a subscription to %s',
  async (filter) => {
    const { broker } = await start()
    const { client } = await device(broker, 'constructor', { clean: false })
    await client.subscribeAsync(filter, { qos: 1 })
    await client.unsubscribeAsync(filter)
    await client.publishAsync('heatflex/v1/constructor/telemetry', '{}', { qos: 1 })
  },
)

it('passes what buildings say on to who listens, retained or not, in the order in which it came', async () => {
  const { broker, door } = await start()
  const listener = await device(broker, 'listener')
  await listener.client.subscribeAsync('#', { qos: 1 })
  const { client } = await device(broker, 'b-1')
  const topics = ['ack', 'telemetry', 'status', 'override', 'ack', 'telemetry'].map(
    (c) => `heatflex/v1/b-1/${c}`,
  )
  await Promise.all(
    topics.map((topic, i) => client.publishAsync(topic, String(i), { qos: 1, retain: i % 2 === 0 })),
  )
  await vi.waitFor(() => expect(listener.heard).toHaveLength(6))
  expect(listener.heard.map(({ text }) => text)).toEqual(door.received.map(({ text }) => text))
})

it('loses nothing where kept and passing messages go out in one breath', async () => {
  const { broker } = await start()
  const listener = await device(broker, 'listener')
  await listener.client.subscribeAsync('heatflex/v1/#', { qos: 1 })
  const topics = ['b-1/setpoint', 'controller/rejected', 'b-2/setpoint', 'controller/rejected']
  await Promise.all(
    topics.map((topic) => {
      const kept = topic.endsWith('setpoint')
      return broker.publish(`heatflex/v1/${topic}`, topic, { qos: kept ? 1 : 0, retain: kept })
    }),
  )
  await vi.waitFor(() => expect(listener.heard.map(({ text }) => text)).toEqual(topics))
})

it('connects inside the process as by a socket', async () => {
  const { broker, door } = await start({ tcp: undefined })
  expect(broker.port).toBe(0)
  const { client, heard } = await connectDevice(() => broker.connect(), { clientId: 'b-1' })
  cleanUp.push(() => client.endAsync(true))
  await client.subscribeAsync('heatflex/v1/b-1/setpoint', { qos: 1 })
  await broker.publish('heatflex/v1/b-1/setpoint', 'lease', { qos: 1, retain: true })
  expect(broker.isQuiet()).toBe(false)
  await vi.waitFor(() => expect(broker.isQuiet()).toBe(true))
  expect(heard).toEqual([{ topic: 'heatflex/v1/b-1/setpoint', text: 'lease', retained: false }])
  await client.publishAsync('heatflex/v1/b-1/telemetry', 'x', { qos: 1 })
  expect(door.received).toMatchObject([{ clientId: 'b-1' }])
})

it('publishes the will of who vanishes, unless it may not', async () => {
  const { broker, door } = await start()
  const will = (topic: string) => ({
    will: { topic, payload: Buffer.from('gone'), qos: 1 as const, retain: true },
  })
  const good = await device(broker, 'b-1', will('heatflex/v1/b-1/status'))
  const bad = await device(broker, 'b-2', will('heatflex/v1/controller/status'))
  bad.client.stream.destroy()
  good.client.stream.destroy()
  await vi.waitFor(() => expect(door.received).toHaveLength(1))
  const late = await device(broker, 'late')
  await late.client.subscribeAsync('heatflex/v1/+/status')
  await vi.waitFor(() => expect(late.heard).toHaveLength(1))
  expect(late.heard).toEqual([{ topic: 'heatflex/v1/b-1/status', text: 'gone', retained: true }])
})

it('names the address where it cannot listen', async () => {
  const { broker } = await start()
  const again = start({ tcp: { host: '127.0.0.1', port: broker.port } })
  await expect(again).rejects.toMatchObject({
    name: 'LinkError',
    message: `listening on 127.0.0.1:${broker.port}`,
  })
})
