import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { hashPassword } from '../../src/adapters/mqtt/password.ts'
import type { BuildingView, FleetView } from '../../src/core/domain/views.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { type Product, productConfig, startProduct, temporaryFolder } from '../fixtures/product.ts'

const SECRET = { 'b-1': 'a long secret of b-1', 'b-2': 'a long secret of b-2' }

describe('a controller that listens off loopback', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let product: Product
  const devices: Device[] = []

  const connect = async (clientId: string, username?: string, password?: string) => {
    const device = await connectDevice(product.mqttPort, { clientId, username, password })
    devices.push(device)
    return device
  }
  const telemetry = JSON.stringify({ at: Date.now(), intervalS: 300, readings: { heatKw: 40, indoorC: 21 } })

  beforeAll(async () => {
    folder = await temporaryFolder('outside')
    const lines = await Promise.all(
      Object.entries(SECRET).map(async ([id, secret]) => `${id}:${await hashPassword(secret)}`),
    )
    writeFileSync(join(folder.path, 'passwords'), `${lines.join('\n')}\n`)
    const config = productConfig(['b-1', 'b-2']).replace(
      'mqtt: { port: 0 }',
      'mqtt: { host: 0.0.0.0, port: 0, passwordsFile: passwords }',
    )
    product = await startProduct(folder.path, config)
  })
  afterAll(async () => {
    for (const { client } of devices) await client.endAsync(true)
    await product?.kill()
    await folder?.remove()
  })

  it.each([
    ['without a name', 'visitor', undefined, undefined],
    ['with a wrong password', 'b-1', 'b-1', SECRET['b-2']],
    ['under another’s id', 'b-2', 'b-1', SECRET['b-1']],
    ['as the controller', 'controller', 'controller', SECRET['b-1']],
  ])('turns away who comes %s', async (_how, clientId, username, password) => {
    await expect(connect(clientId, username, password)).rejects.toThrow('closed')
  })

  it('lets a building speak for itself alone, and hear of itself alone', async () => {
    const one = await connect('b-1', 'b-1', SECRET['b-1'])
    const two = await connect('b-2', 'b-2', SECRET['b-2'])
    await one.client.subscribeAsync('heatflex/v1/b-1/setpoint', { qos: 1 })
    for (const filter of ['heatflex/v1/b-1/setpoint', 'heatflex/v1/+/setpoint', '#']) {
      await two.client.subscribeAsync(filter, { qos: 1 }).catch(() => undefined)
    }
    await two.client.publishAsync('heatflex/v1/b-1/telemetry', telemetry, { qos: 1 })
    expect(await product.get<BuildingView>('/buildings/b-1')).toMatchObject({
      lastSampleAt: null,
      rejectedByCode: { 'not-allowed': 1 },
    })
    await one.client.publishAsync('heatflex/v1/b-1/telemetry', telemetry, { qos: 1 })
    await vi.waitFor(() => expect(one.heard.map(({ topic }) => topic)).toEqual(['heatflex/v1/b-1/setpoint']))
    expect(two.heard.filter(({ topic }) => topic.includes('b-1'))).toEqual([])
  })
})

describe('a simulated street off loopback', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let product: Product | undefined

  beforeAll(async () => {
    folder = await temporaryFolder('street-outside')
    const mine = `b-1:${await hashPassword(SECRET['b-1'])}`
    // The name of a simulated building, as whoever read the sources would guess it.
    const guessed = `concrete-block-1:${await hashPassword(SECRET['b-2'])}`
    writeFileSync(join(folder.path, 'passwords'), `${mine}\n${guessed}\n`)
    const config = productConfig(['b-1'], 'simulated: { count: 3, telemetryMinutes: 1 }').replace(
      'mqtt: { port: 0 }',
      'mqtt: { host: 0.0.0.0, port: 0, passwordsFile: passwords }',
    )
    product = await startProduct(folder.path, config)
  })
  afterAll(async () => {
    await product?.stop()
    await folder?.remove()
  })

  it('gets in with passwords of its own, which nobody else has', async () => {
    const port = product?.mqttPort ?? 0
    await vi.waitFor(async () => {
      const fleet = await product?.get<FleetView>('/fleet')
      const heard = fleet?.buildings.filter(({ lastSampleAt }) => lastSampleAt !== null)
      expect(heard?.map(({ id }) => String(id)).sort()).toEqual(
        ['concrete-block-1', 'insulated-block-1', 'concrete-block-2'].sort(),
      )
    }, 25_000)
    for (const password of [undefined, SECRET['b-1'], SECRET['b-2']]) {
      const id = 'concrete-block-1'
      await expect(connectDevice(port, { clientId: id, username: id, password })).rejects.toThrow('closed')
    }
  })
})
