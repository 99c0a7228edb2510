import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { BuildingView, FleetView } from '../../src/core/domain/views.ts'
import { connectDevice, type Device } from '../fixtures/mqtt/device.ts'
import { type Product, productConfig, startProduct, temporaryFolder } from '../fixtures/product.ts'

const BUILDINGS = Array.from({ length: 20 }, (_, n) => `b-${n + 1}`)
const SOON = { timeout: 20_000, interval: 50 }
const GARBAGE = 20_000
const MOST_KEPT = 200
const MOST_GROWN_MB = 200

describe('a building that sends rubbish as fast as it can', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let product: Product
  const devices = new Map<string, Device>()

  beforeAll(async () => {
    folder = await temporaryFolder('flood')
    product = await startProduct(folder.path, productConfig(BUILDINGS))
    for (const id of BUILDINGS) devices.set(id, await connectDevice(product.mqttPort, { clientId: id }))
  })
  afterAll(async () => {
    for (const { client } of devices.values()) await client.endAsync(true)
    await product?.kill()
    await folder?.remove()
  })

  const residentMb = () => {
    const status = readFileSync(`/proc/${product.child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }
  const behave = (id: string) => {
    const readings = { heatKw: 40, outdoorC: -4, zones: { a: { indoorC: 21 } } }
    const payload = JSON.stringify({ at: Date.now(), intervalS: 300, readings })
    return devices.get(id)?.client.publishAsync(`heatflex/v1/${id}/telemetry`, payload, { qos: 1 })
  }

  it('is counted in full, kept in part, and holds up nobody', async (test) => {
    if (process.platform !== 'linux') return test.skip('the size of a process is read from /proc')
    const [loud = '', ...others] = BUILDINGS
    const loudClient = devices.get(loud)?.client
    const before = residentMb()
    let confirmed = 0
    const garbage = async () => {
      const sending = Array.from({ length: GARBAGE }, async (_, n) => {
        await loudClient?.publishAsync(`heatflex/v1/${loud}/telemetry`, `{"at":${n}`, { qos: 1 })
        confirmed++
      })
      await Promise.all(sending)
    }
    const flooded = garbage()
    await Promise.all(others.map(behave))
    expect(confirmed).toBeLessThan(GARBAGE)
    await vi.waitFor(async () => {
      const { buildings } = await product.get<FleetView>('/fleet')
      expect(buildings.filter(({ lease }) => lease)).toHaveLength(others.length)
    }, SOON)
    await flooded
    const { rejectedByCode } = await product.get<BuildingView>(`/buildings/${loud}`)
    expect(rejectedByCode).toEqual({ 'not-json': GARBAGE })
    expect(await product.table('rejections')).toHaveLength(MOST_KEPT)
    expect(product.said().split('refused:').length - 1).toBeLessThanOrEqual(MOST_KEPT)
    expect(residentMb() - before).toBeLessThan(MOST_GROWN_MB)
    // It is heard again as soon as it makes sense.
    await behave(loud)
    await vi.waitFor(async () => {
      expect((await product.get<BuildingView>(`/buildings/${loud}`)).lease).not.toBeNull()
    }, SOON)
  }, 60_000)
})
