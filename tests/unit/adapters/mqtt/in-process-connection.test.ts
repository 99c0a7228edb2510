import { once } from 'node:events'
import { expect, it } from 'vitest'
import { createEmbeddedBroker } from '../../../../src/adapters/mqtt/embedded-broker.ts'

it('tells a client in the same process that the broker has gone', async () => {
  const broker = await createEmbeddedBroker({ door: { receive: () => Promise.resolve() } })
  const client = broker.connect()
  client.resume()
  const gone = once(client, 'close')
  await broker.stop()
  await gone
  expect(client.destroyed).toBe(true)
})
