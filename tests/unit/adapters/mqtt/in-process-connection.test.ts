import { once } from 'node:events'
import { expect, it } from 'vitest'
import { connectOver } from '../../../../simulators/broker-client.ts'
import { createEmbeddedBroker } from '../../../../src/adapters/mqtt/embedded-broker.ts'

async function connected() {
  const broker = await createEmbeddedBroker({ door: { receive: () => Promise.resolve(true) } })
  const client = connectOver(() => broker.connect())({ clientId: 'b-1', reconnectPeriod: 0 })
  await once(client, 'connect')
  return { broker, client }
}

it('tells a client in the same process that the broker has gone', async () => {
  const { broker, client } = await connected()
  const gone = once(client, 'close')
  await broker.stop()
  await gone
  expect(client.connected).toBe(false)
})

it('tells the broker that a client in the same process was cut off', async () => {
  const { broker, client } = await connected()
  const will = {
    topic: 'heatflex/v1/b-2/status',
    payload: Buffer.from('offline'),
    qos: 1 as const,
    retain: true,
  }
  const cut = connectOver(() => broker.connect())({ clientId: 'b-2', reconnectPeriod: 0, will })
  await once(cut, 'connect')
  await client.subscribeAsync(will.topic)
  const heard = once(client, 'message')
  cut.stream.destroy()
  expect((await heard)[0]).toBe(will.topic)
  await broker.stop()
})
