import type { IClientOptions } from 'mqtt'
import { expect, it, vi } from 'vitest'
import { connectOver } from '../../../../simulators/broker-client.ts'
import { createEmbeddedBroker, type EmbeddedBroker } from '../../../../src/adapters/mqtt/embedded-broker.ts'
import { createTestDoor } from '../../../fixtures/mqtt/door.ts'

const will = {
  topic: 'heatflex/v1/b-1/status',
  payload: Buffer.from('offline'),
  qos: 1 as const,
  retain: true,
}

async function connected(broker: EmbeddedBroker, options: IClientOptions) {
  const client = connectOver(() => broker.connect())({ reconnectPeriod: 0, ...options })
  await vi.waitFor(() => expect(client.connected).toBe(true))
  return client
}

it('tells a client in the same process that the broker has gone', async () => {
  const broker = await createEmbeddedBroker({ door: createTestDoor() })
  const client = await connected(broker, { clientId: 'b-1' })
  const onClosed = vi.fn<() => void>()
  client.on('close', onClosed)
  await broker.stop()
  await vi.waitFor(() => expect(onClosed).toHaveBeenCalledOnce())
  expect(client.connected).toBe(false)
})

it('tells the broker that a client in the same process was cut off', async () => {
  const door = createTestDoor()
  const broker = await createEmbeddedBroker({ door })
  const client = await connected(broker, { clientId: 'b-1', will })
  client.stream.destroy()
  await vi.waitFor(() => expect(door.received.map(({ topic }) => topic)).toEqual([will.topic]))
  await broker.stop()
})
