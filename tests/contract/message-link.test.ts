import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTestDoor } from '../fixtures/mqtt/door.ts'
import { LINKS, type LinkUnderTest } from '../fixtures/mqtt/links.ts'

const SETPOINT = 'heatflex/v1/b-1/setpoint'

const made: LinkUnderTest[] = []
afterEach(async () => {
  for (const one of made.splice(0)) await one.stop()
})

// What every way to the buildings keeps to, whatever broker is behind it.
for (const { name, why, make } of LINKS) {
  describe.skipIf(why)(`${name}${why ? ` (skipped: ${why})` : ''}`, () => {
    const start = async () => {
      const door = createTestDoor()
      const under = await make(door)
      made.push(under)
      return { door, ...under }
    }

    it('brings a setpoint to who listens, and the last one to who comes later', async () => {
      const { link, device } = await start()
      expect(link.connected).toBe(true)
      const early = await device('b-1')
      await early.client.subscribeAsync(SETPOINT, { qos: 1 })
      await link.publish(SETPOINT, 'one', { qos: 1, retain: true })
      await link.publish(SETPOINT, 'two', { qos: 1, retain: true })
      await vi.waitFor(() => expect(early.heard.map(({ text }) => text)).toEqual(['one', 'two']))
      const late = await device('late')
      await late.client.subscribeAsync(SETPOINT, { qos: 1 })
      await vi.waitFor(() => expect(late.heard).toEqual([{ topic: SETPOINT, text: 'two', retained: true }]))
    })

    it('clears a setpoint by an empty payload', async () => {
      const { link, device } = await start()
      await link.publish(SETPOINT, 'one', { qos: 1, retain: true })
      await link.publish(SETPOINT, '', { qos: 1, retain: true })
      const late = await device('late')
      await late.client.subscribeAsync(SETPOINT, { qos: 1 })
      await link.publish(SETPOINT, 'live', { qos: 1, retain: false })
      await vi.waitFor(() => expect(late.heard).toHaveLength(1))
      expect(late.heard).toEqual([{ topic: SETPOINT, text: 'live', retained: false }])
    })

    it('hands over all that buildings say, as they said it', async () => {
      const { door, device } = await start()
      const { client } = await device('b-1')
      const topics = ['telemetry', 'ack', 'status', 'override'].map((channel) => `heatflex/v1/b-1/${channel}`)
      for (const topic of topics) await client.publishAsync(topic, 'ä{', { qos: 1 })
      await vi.waitFor(() => expect(door.received).toHaveLength(4))
      expect(door.received.map(({ topic, text }) => ({ topic, text }))).toEqual(
        topics.map((topic) => ({ topic, text: 'ä{' })),
      )
    })

    it('goes on reading while the door has answered nothing', async () => {
      const { door, link, device } = await start()
      const { client, heard } = await device('b-1')
      await client.subscribeAsync(SETPOINT, { qos: 1 })
      door.close()
      const sent = Array.from({ length: 100 }, (_, i) =>
        client.publishAsync('heatflex/v1/b-1/telemetry', String(i), { qos: 1 }),
      )
      await vi.waitFor(() => expect(door.received).toHaveLength(100))
      await link.publish(SETPOINT, 'meanwhile', { qos: 1, retain: false })
      await vi.waitFor(() => expect(heard).toHaveLength(1))
      door.open()
      await Promise.all(sent)
    })

    it('sends nothing once it is stopped, and says so', async () => {
      const { link } = await start()
      await link.stop()
      expect(link.connected).toBe(false)
      const late = link.publish(SETPOINT, 'x', { qos: 1, retain: true })
      await expect(late).rejects.toMatchObject({ name: 'LinkError' })
      await link.stop()
    })
  })
}
