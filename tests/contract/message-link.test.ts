import { vi } from 'vitest'
import { createRealClock } from '../../src/adapters/clock/real-clock.ts'
import { createEmbeddedBroker } from '../../src/adapters/mqtt/embedded-broker.ts'
import { createExternalLink } from '../../src/adapters/mqtt/external-link.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { noMosquitto, startMosquitto } from '../fixtures/mqtt/mosquitto.ts'
import { messageLinkContract } from './message-link.ts'

function deviceMaker(port: number) {
  const devices: Device[] = []
  return {
    async device(id: string) {
      const made = await connectDevice(port, { clientId: id })
      devices.push(made)
      return made
    },
    leave: () => Promise.all(devices.map(({ client }) => client.endAsync(true))),
  }
}

messageLinkContract('embedded broker', undefined, async (door) => {
  const broker = await createEmbeddedBroker({ door, tcp: { host: '127.0.0.1', port: 0 } })
  const { device, leave } = deviceMaker(broker.port)
  return { link: broker, device, stop: () => leave().then(() => broker.stop()) }
})

messageLinkContract('external link to mosquitto', noMosquitto, async (door) => {
  const mosquitto = await startMosquitto()
  const url = `mqtt://127.0.0.1:${mosquitto.port}`
  const clock = createRealClock()
  const link = createExternalLink({ url, door, clock, random: () => 0.5, clientId: 'controller' })
  await vi.waitFor(() => {
    if (!link.connected) throw new Error('not yet')
  }, 5000)
  const { device, leave } = deviceMaker(mosquitto.port)
  const stop = async () => {
    await leave()
    await link.stop()
    await mosquitto.stop()
  }
  return { link, device, stop }
})
