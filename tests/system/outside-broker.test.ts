import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { BuildingView, HealthView } from '../../src/core/domain/views.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { type Mosquitto, noMosquitto, startMosquitto } from '../fixtures/mqtt/mosquitto.ts'
import { type Product, productConfig, startProduct, temporaryFolder } from '../fixtures/product.ts'

const SOON = { timeout: 20_000, interval: 50 }
const STATUS = 'heatflex/v1/controller/status'

describe.skipIf(noMosquitto)(
  `a controller at another broker${noMosquitto ? ` (${noMosquitto})` : ''}`,
  () => {
    let folder: Awaited<ReturnType<typeof temporaryFolder>>
    let broker: Mosquitto
    let product: Product
    let config = ''

    beforeAll(async () => {
      folder = await temporaryFolder('broker')
      broker = await startMosquitto()
      config = productConfig(['b-1', 'b-2']).replace(
        '{ port: 0 }',
        `{ url: "mqtt://127.0.0.1:${broker.port}" }`,
      )
      product = await startProduct(folder.path, config)
    })
    afterAll(async () => {
      await product?.kill()
      await broker?.stop()
      await folder?.remove()
    })

    /** The building itself: hears its setpoint, tells its rooms, answers. */
    async function join(id: string): Promise<Device> {
      const device = await connectDevice(broker.port, { clientId: id })
      await device.client.subscribeAsync([`heatflex/v1/${id}/setpoint`, STATUS], { qos: 1 })
      return device
    }
    const tell = ({ client }: Device, id: string, indoorC = 21) =>
      client.publishAsync(
        `heatflex/v1/${id}/telemetry`,
        JSON.stringify({
          at: Date.now(),
          intervalS: 300,
          readings: { heatKw: 40, outdoorC: -4, zones: { a: { indoorC } } },
        }),
        { qos: 1 },
      )
    const setpoints = ({ heard }: Device) =>
      heard.filter(({ topic, text }) => topic.endsWith('setpoint') && text !== '')
    const states = ({ heard }: Device) =>
      heard.filter(({ topic }) => topic === STATUS).map(({ text }) => JSON.parse(text).state)
    const view = (id: string) => product.get<BuildingView>(`/buildings/${id}`)

    it('takes telemetry and answers with a lease', async () => {
      const device = await join('b-1')
      await vi.waitFor(() => expect(states(device)).toEqual(['online']), SOON)
      await tell(device, 'b-1')
      await vi.waitFor(() => expect(setpoints(device)).toHaveLength(1), SOON)
      const { id, seq } = JSON.parse(setpoints(device)[0]?.text ?? '{}')
      const ack = { id, seq, at: Date.now(), state: 'applied' }
      await device.client.publishAsync('heatflex/v1/b-1/ack', JSON.stringify(ack), { qos: 1, retain: true })
      await vi.waitFor(async () => expect((await view('b-1')).ack).toMatchObject({ id, seq }), SOON)
      await device.client.endAsync(true)
    })

    it('is said to be offline when it is killed, and goes on with the same lease', async () => {
      const device = await join('b-1')
      const { lease } = await view('b-1')
      await product.kill()
      await vi.waitFor(() => expect(states(device).at(-1)).toBe('offline'), SOON)
      await tell(device, 'b-1', 21.1)
      product = await startProduct(folder.path, config)
      await vi.waitFor(() => expect(states(device).at(-1)).toBe('online'), SOON)
      expect((await view('b-1')).lease).toEqual(lease)
      // What was said while it was away had waited at the broker.
      await vi.waitFor(async () => expect((await view('b-1')).meanC).toBeCloseTo(21.1), SOON)
      await device.client.endAsync(true)
    })

    it('comes back by itself when the broker does, and says its leases again', async () => {
      const { lease } = await view('b-1')
      await broker.stop()
      await vi.waitFor(async () => {
        expect(await product.get<HealthView>('/health').catch(() => undefined)).toMatchObject({
          brokerConnected: false,
        })
      }, SOON)
      await broker.start()
      await vi.waitFor(async () => {
        expect(await product.get<HealthView>('/health')).toMatchObject({
          status: 'ok',
          brokerConnected: true,
        })
      }, SOON)
      const one = await join('b-1')
      await vi.waitFor(
        () => expect(setpoints(one).map(({ text }) => JSON.parse(text).id)).toContain(lease?.id),
        SOON,
      )
      const two = await join('b-2')
      await tell(two, 'b-2')
      await vi.waitFor(() => expect(setpoints(two).length).toBeGreaterThan(0), SOON)
      await one.client.endAsync(true)
      await two.client.endAsync(true)
    })

    it('says goodbye when it is stopped', async () => {
      const device = await join('b-1')
      expect(await product.stop()).toBe(0)
      await vi.waitFor(() => expect(states(device).at(-1)).toBe('offline'), SOON)
      await device.client.endAsync(true)
    })
  },
)
