import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { createEmbeddedBroker, type EmbeddedBroker } from '../../src/adapters/mqtt/embedded-broker.ts'
import { openSessionJournal } from '../../src/adapters/mqtt/session-journal.ts'
import { connectDevice } from '../fixtures/mqtt/device.ts'
import { createTestDoor } from '../fixtures/mqtt/door.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

async function journalPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'heatflex-journal-'))
  cleanUp.push(() => rm(directory, { recursive: true }))
  return join(directory, 'sessions.jsonl')
}

async function start(path: string, door = createTestDoor()): Promise<EmbeddedBroker> {
  const journal = await openSessionJournal(path)
  const broker = await createEmbeddedBroker({ door, tcp: { host: '127.0.0.1', port: 0 }, journal })
  cleanUp.push(() => broker.stop())
  return broker
}

/** What a killed process leaves behind: the file as it stands, and nobody to close it. */
async function afterKill(path: string): Promise<string> {
  const copy = await journalPath()
  await writeFile(copy, await readFile(path))
  return copy
}

const SETPOINT = 'heatflex/v1/b-1/setpoint'

it('keeps retained messages over a kill from the moment that publish resolves', async () => {
  const path = await journalPath()
  const first = await start(path)
  await first.publish(SETPOINT, 'old', { qos: 1, retain: true })
  await first.publish('heatflex/v1/b-2/setpoint', 'cleared later', { qos: 1, retain: true })
  await first.publish(SETPOINT, 'new', { qos: 1, retain: true })
  await first.publish('heatflex/v1/b-2/setpoint', '', { qos: 1, retain: true })
  const second = await start(await afterKill(path))
  const { client, heard } = await connectDevice(second.port, { clientId: 'b-1' })
  cleanUp.push(() => client.endAsync(true))
  await client.subscribeAsync('heatflex/v1/+/setpoint', { qos: 1 })
  await vi.waitFor(() => expect(heard).toEqual([{ topic: SETPOINT, text: 'new', retained: true }]))
})

it('keeps the subscriptions of who is away and the last setpoint meant for it', async () => {
  const path = await journalPath()
  const first = await start(path)
  const options = { clientId: 'b-1', clean: false }
  const before = await connectDevice(first.port, options)
  await before.client.subscribeAsync(SETPOINT, { qos: 1 })
  await before.client.endAsync()
  for (const text of ['1', '2', '3']) await first.publish(SETPOINT, text, { qos: 1, retain: true })
  const second = await start(await afterKill(path))
  const after = await connectDevice(second.port, options)
  cleanUp.push(() => after.client.endAsync(true))
  await vi.waitFor(() => expect(after.heard.map(({ text }) => text)).toEqual(['3']))
  await second.publish(SETPOINT, '4', { qos: 1, retain: true })
  await vi.waitFor(() => expect(after.heard.map(({ text }) => text)).toEqual(['3', '4']))
  await vi.waitFor(() => expect(second.isQuiet()).toBe(true))
})

it('delivers once what was confirmed, also after a restart', async () => {
  const path = await journalPath()
  const first = await start(path)
  const options = { clientId: 'b-1', clean: false }
  const before = await connectDevice(first.port, options)
  await before.client.subscribeAsync(SETPOINT, { qos: 1 })
  await first.publish(SETPOINT, 'taken', { qos: 1, retain: false })
  await vi.waitFor(() => expect(first.isQuiet()).toBe(true))
  await before.client.endAsync()
  await first.stop()
  const second = await start(path)
  await second.publish(SETPOINT, 'next', { qos: 1, retain: false })
  const after = await connectDevice(second.port, options)
  cleanUp.push(() => after.client.endAsync(true))
  await vi.waitFor(() => expect(after.heard.map(({ text }) => text)).toEqual(['next']))
})

it('says by their wills that those are gone whom a killed broker left connected', async () => {
  const path = await journalPath()
  const first = await start(path)
  const will = {
    topic: 'heatflex/v1/b-1/status',
    payload: Buffer.from('gone'),
    qos: 1 as const,
    retain: true,
  }
  const { client } = await connectDevice(first.port, { clientId: 'b-1', will })
  cleanUp.push(() => client.endAsync(true))
  // Durable once something later is.
  await first.publish(SETPOINT, 'x', { qos: 1, retain: true })
  const door = createTestDoor()
  await start(await afterKill(path), door)
  expect(door.received).toEqual([{ topic: 'heatflex/v1/b-1/status', text: 'gone', clientId: 'b-1' }])
})

it('reads a journal that was cut short, and goes on with it', async () => {
  const path = await journalPath()
  const first = await start(path)
  await first.publish(SETPOINT, 'whole', { qos: 1, retain: true })
  await first.stop()
  const text = await readFile(path, 'utf8')
  await writeFile(path, `${text}${text.slice(0, 40)}`)
  const second = await start(path)
  await second.publish('heatflex/v1/b-2/setpoint', 'later', { qos: 1, retain: true })
  await second.stop()
  const { kept, close } = await openSessionJournal(path).then((journal) => ({
    kept: journal.kept,
    close: () => journal.close(),
  }))
  await close()
  const topics = kept.map((change) => 'message' in change && change.message.payload.toString())
  expect(topics).toEqual(['whole', 'later'])
})

it('writes its journal anew once it has grown long', async () => {
  const path = await journalPath()
  const journal = await openSessionJournal(path, 2000)
  const broker = await createEmbeddedBroker({ door: createTestDoor(), journal })
  cleanUp.push(() => broker.stop())
  let longest = 0
  for (let i = 0; i < 100; i++) {
    await broker.publish(SETPOINT, `${i} ${'x'.repeat(100)}`, { qos: 1, retain: true })
    longest = Math.max(longest, (await stat(path)).size)
  }
  expect(longest).toBeGreaterThan(1500)
  expect(longest).toBeLessThan(3000)
  const again = await openSessionJournal(path)
  await again.close()
  const last = again.kept.at(-1)
  expect(last && 'message' in last && last.message.payload.toString()).toMatch(/^99 x/)
})

it('names the journal that it cannot open', async () => {
  const file = await journalPath()
  await writeFile(file, '')
  const path = join(file, 'sessions.jsonl')
  await expect(openSessionJournal(path)).rejects.toMatchObject({
    name: 'SessionJournalError',
    message: `opening the session journal ${path}`,
  })
})
