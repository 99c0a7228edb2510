import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Credentials } from '../../src/adapters/mqtt/broker-access.ts'
import { createEmbeddedBroker, type EmbeddedBroker } from '../../src/adapters/mqtt/embedded-broker.ts'
import { hashPassword } from '../../src/adapters/mqtt/password.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { createTestDoor } from '../fixtures/mqtt/door.ts'

let credentials: Credentials
beforeAll(async () => {
  const [one, two, operator] = await Promise.all(['one', 'two', 'desk'].map(hashPassword))
  credentials = {
    buildings: new Map([
      ['b-1', one],
      ['b-2', two],
    ]),
    operators: new Map([['desk', operator]]),
  }
})

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

async function start(host: string) {
  const door = createTestDoor()
  const broker = await createEmbeddedBroker({ door, tcp: { host, port: 0 }, credentials })
  cleanUp.push(() => broker.stop())
  return { broker, door }
}

async function connect(broker: EmbeddedBroker, clientId: string, username?: string, password?: string) {
  const device = await connectDevice(broker.port, { clientId, username, password })
  cleanUp.push(() => device.client.endAsync(true))
  return device
}

async function granted({ client }: Device, filter: string): Promise<boolean> {
  return client.subscribeAsync(filter, { qos: 1 }).then(
    (grants) => grants.every(({ qos }) => qos < 128),
    () => false,
  )
}

it.each([
  ['nameless', 'b-1', undefined, undefined],
  ['nameless under a free id', 'visitor', undefined, undefined],
  ['with a wrong password', 'b-1', 'b-1', 'two'],
  ['without a password', 'b-1', 'b-1', undefined],
  ['under the id of another', 'b-2', 'b-1', 'one'],
  ['as nobody known', 'b-3', 'b-3', 'one'],
  ['as the controller', 'controller', 'controller', 'one'],
  ['as __proto__', '__proto__', '__proto__', 'one'],
  ['as an operator under the id of a building', 'b-1', 'desk', 'desk'],
])('off loopback turns away who comes %s', async (_how, clientId, username, password) => {
  const { broker } = await start('0.0.0.0')
  await expect(connect(broker, clientId, username, password)).rejects.toThrow('closed')
})

it('off loopback lets a building read its own setpoint and speak for itself alone', async () => {
  const { broker, door } = await start('0.0.0.0')
  const device = await connect(broker, 'b-1', 'b-1', 'one')
  await device.client.publishAsync('heatflex/v1/b-1/telemetry', 'own', { qos: 1 })
  await device.client.publishAsync('heatflex/v1/b-2/telemetry', 'foreign', { qos: 1 })
  await device.client.publishAsync('heatflex/v1/b-1/setpoint', 'own lease', { qos: 1 })
  expect(door.received).toEqual([{ topic: 'heatflex/v1/b-1/telemetry', text: 'own', clientId: 'b-1' }])
  expect(door.refused).toEqual([
    'not-allowed heatflex/v1/b-2/telemetry',
    'not-allowed heatflex/v1/b-1/setpoint',
  ])
  expect(await granted(device, 'heatflex/v1/b-1/setpoint')).toBe(true)
  expect(await granted(device, 'heatflex/v1/controller/status')).toBe(true)
  const forbidden = ['#', '+/+/+/setpoint', 'heatflex/v1/+/setpoint', 'heatflex/v1/b-2/setpoint', '$SYS/#']
  for (const filter of forbidden) expect(await granted(device, filter), filter).toBe(false)
})

it('gives a building nothing of a filter that it asked for beside an allowed one', async () => {
  const { broker } = await start('0.0.0.0')
  const options = { clientId: 'b-1', username: 'b-1', password: 'one', clean: false }
  const first = await connectDevice(broker.port, options)
  await first.client
    .subscribeAsync(['heatflex/v1/b-1/setpoint', 'heatflex/v1/+/setpoint'], { qos: 1 })
    .catch(() => undefined)
  await first.client.endAsync()
  await broker.publish('heatflex/v1/b-2/setpoint', 'foreign', { qos: 1, retain: false })
  await broker.publish('heatflex/v1/b-1/setpoint', 'own', { qos: 1, retain: false })
  const again = await connectDevice(broker.port, options)
  cleanUp.push(() => again.client.endAsync(true))
  await vi.waitFor(() => expect(again.heard.map(({ text }) => text)).toEqual(['own']))
})

it('lets an operator read along and say nothing', async () => {
  const { broker, door } = await start('0.0.0.0')
  const desk = await connect(broker, 'desk-screen', 'desk', 'desk')
  expect(await granted(desk, 'heatflex/v1/#')).toBe(true)
  const device = await connect(broker, 'b-1', 'b-1', 'one')
  await device.client.publishAsync('heatflex/v1/b-1/telemetry', 'x', { qos: 1 })
  await vi.waitFor(() => expect(desk.heard).toHaveLength(1))
  await desk.client.publishAsync('heatflex/v1/b-1/setpoint', 'x', { qos: 1 })
  await desk.client.publishAsync('heatflex/v1/b-1/telemetry', 'x', { qos: 1 })
  expect(door.received).toHaveLength(1)
})

it('does not let a wrong password push a building off its session', async () => {
  const { broker } = await start('0.0.0.0')
  const device = await connect(broker, 'b-1', 'b-1', 'one')
  await expect(connect(broker, 'b-1', 'b-1', 'guess')).rejects.toThrow('closed')
  await device.client.publishAsync('heatflex/v1/b-1/telemetry', 'still here', { qos: 1 })
})

it('on loopback takes the nameless, but not under a name that has a password', async () => {
  const { broker } = await start('127.0.0.1')
  await connect(broker, 'visitor')
  await connect(broker, 'b-1', 'b-1', 'one')
  await expect(connect(broker, 'b-1')).rejects.toThrow('closed')
  await expect(connect(broker, 'b-2', 'b-2', 'guess')).rejects.toThrow('closed')
})
