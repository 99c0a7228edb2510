import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'
import type { BrokerEvent, BrokerLimits } from '../../src/adapters/mqtt/broker-options.ts'
import { createEmbeddedBroker } from '../../src/adapters/mqtt/embedded-broker.ts'
import { connectDevice } from '../fixtures/mqtt/device.ts'
import { createTestDoor } from '../fixtures/mqtt/door.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

const BIG = 'x'.repeat(64 * 1024)

async function startWithFrozen(limits: Partial<BrokerLimits>) {
  const events: BrokerEvent[] = []
  const tcp = { host: '127.0.0.1', port: 0 }
  const onEvent = (event: BrokerEvent) => events.push(event)
  const broker = await createEmbeddedBroker({ door: createTestDoor(), tcp, limits, onEvent })
  cleanUp.push(() => broker.stop())
  const frozen = await connectDevice(broker.port, { clientId: 'frozen' })
  const reader = await connectDevice(broker.port, { clientId: 'reader' })
  cleanUp.push(
    () => frozen.client.endAsync(true),
    () => reader.client.endAsync(true),
  )
  await frozen.client.subscribeAsync('heatflex/#', { qos: 0 })
  await reader.client.subscribeAsync('heatflex/v1/b-1/setpoint', { qos: 1 })
  frozen.client.stream.pause()
  const flood = (messages: number) =>
    Promise.all(
      Array.from({ length: messages }, () =>
        broker.publish('heatflex/v1/b-2/status', BIG, { qos: 0, retain: false }),
      ),
    )
  return { broker, events, frozen, reader, flood }
}

it('plain aedes stops all delivery behind a frozen subscriber and dies when it leaves', () => {
  const script = fileURLToPath(new URL('../fixtures/mqtt/plain-aedes.mjs', import.meta.url))
  const run = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 20_000 })
  expect(run.stdout).toContain('received while frozen: 0')
  expect(run.stderr).toContain('RangeError: Maximum call stack size exceeded')
  expect(run.status).not.toBe(0)
})

it('delivers to the others while one is frozen, and lives when that one leaves', async () => {
  const { broker, events, frozen, reader, flood } = await startWithFrozen({ maxBacklogBytes: 1e9 })
  await flood(400)
  for (let i = 0; i < 20_000; i++) {
    void broker.publish('heatflex/v1/nobody/status', 'x', { qos: 0, retain: false })
  }
  await broker.publish('heatflex/v1/b-1/setpoint', 'while frozen', { qos: 1, retain: true })
  await vi.waitFor(() => expect(reader.heard.map(({ text }) => text)).toEqual(['while frozen']), 5000)
  // Nobody had to be sent away for it.
  expect(events.filter(({ kind }) => kind !== 'connected')).toEqual([])
  frozen.client.stream.destroy()
  await vi.waitFor(() => expect(events).toContainEqual({ kind: 'disconnected', client: 'frozen' }), 5000)
  await broker.publish('heatflex/v1/b-1/setpoint', 'after', { qos: 1, retain: true })
  await vi.waitFor(() => expect(reader.heard).toHaveLength(2))
})

it('sends a subscriber away once too much waits for it', async () => {
  const { events, flood } = await startWithFrozen({ maxBacklogBytes: 1024 * 1024 })
  // The kernel takes some megabytes before anything waits here.
  await vi.waitFor(async () => {
    await flood(20)
    expect(events).toContainEqual(expect.objectContaining({ kind: 'sent-away', client: 'frozen' }))
  }, 10_000)
})

it('sends a subscriber away that has taken nothing for too long', async () => {
  const { events, flood } = await startWithFrozen({ maxBacklogBytes: 1e9, maxFrozenMs: 100 })
  await flood(400)
  await vi.waitFor(
    () => expect(events).toContainEqual({ kind: 'failed', client: 'frozen', detail: 'drain timeout' }),
    5000,
  )
})
