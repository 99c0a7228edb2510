import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { connectAsync } from 'mqtt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { demoConfig } from '../../src/config.ts'
import { SLOT_MS } from '../../src/core/domain/instant.ts'
import type { BuildingView, FleetView, HealthView } from '../../src/core/domain/views.ts'
import { connectDevice } from '../fixtures/mqtt/device.ts'
import { type Product, productConfig, startProduct, temporaryFolder } from '../fixtures/product.ts'

const run = promisify(execFile)
const STREET = ['mqtt: { port: 0 }', 'http: { port: 0 }', 'simulated: {}', 'log: { level: warn }'].join('\n')
const SOON = { timeout: 90_000, interval: 200 }

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function childrenOf({ child }: Product): Promise<number[]> {
  // ps says with its exit code that it has found none.
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(child.pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.split('\n').flatMap((line) => (line.trim() ? [Number(line)] : []))
}

const seqs = (fleet: FleetView) => new Map(fleet.buildings.map(({ id, lease }) => [id, lease?.seq ?? 0]))

describe('a simulated street from one command', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let product: Product
  let before: FleetView

  beforeAll(async () => {
    folder = await temporaryFolder('start')
    product = await startProduct(folder.path, STREET)
  })
  afterAll(async () => {
    await product?.kill()
    await folder?.remove()
  })

  it('has twenty buildings with fresh telemetry, a plan and an applied lease, seen from outside', async () => {
    const client = await connectAsync(`mqtt://127.0.0.1:${product.mqttPort}`)
    const seen = new Map<string, Set<string>>()
    client.on('message', (topic, payload) => {
      const [, , building = '', channel = ''] = topic.split('/')
      const state = channel === 'ack' ? `ack ${JSON.parse(payload.toString()).state}` : channel
      seen.set(state, (seen.get(state) ?? new Set()).add(building))
    })
    await client.subscribeAsync(['heatflex/v1/+/setpoint', 'heatflex/v1/+/ack', 'heatflex/v1/+/status'], {
      qos: 1,
    })
    await vi.waitFor(() => expect(seen.get('ack applied')?.size).toBe(20), SOON)
    expect(seen.get('setpoint')?.size).toBe(20)
    expect(seen.get('status')?.has('controller')).toBe(true)
    await client.endAsync()

    before = await product.get<FleetView>('/fleet')
    for (const building of before.buildings) {
      expect(building).toMatchObject({ steeredBy: 'lease', online: true, ack: { state: 'applied' } })
      expect(before.at - (building.lastSampleAt ?? 0)).toBeLessThan(SLOT_MS)
      const { plan } = await product.get<BuildingView>(`/buildings/${building.id}`)
      expect(plan?.heatKw.length).toBeGreaterThan(180)
    }
    expect(before.simulated).toBe(true)
    expect([before.prices?.kind, before.weather?.kind]).toEqual(['synthetic', 'synthetic'])
    expect(product.said()).toMatch(/20 SIMULATED buildings.*\n.*prices +SYNTHETIC, weather SYNTHETIC/)
  }, 100_000)

  it('shows its leases to mosquitto_sub', async (test) => {
    if (!existsSync('/usr/bin/mosquitto_sub')) return test.skip('mosquitto_sub is not installed here')
    const args = [
      '-p',
      String(product.mqttPort),
      '-t',
      'heatflex/v1/+/setpoint',
      '-C',
      '20',
      '-W',
      '10',
      '-v',
    ]
    const { stdout } = await run('mosquitto_sub', args)
    expect(
      new Set(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split('/')[2]),
      ).size,
    ).toBe(20)
  })

  it('serves its console', async () => {
    const page = await fetch(product.httpUrl)
    expect(page.headers.get('content-type')).toContain('text/html')
    const text = await page.text()
    const script = /src="([^"]+\.js)"/.exec(text)?.[1]
    expect((await fetch(new URL(script ?? 'none', product.httpUrl))).status).toBe(200)
  })

  it('ends with its street when told to, and says so on the broker’s way out', async () => {
    const [street = 0] = await childrenOf(product)
    expect(isAlive(street)).toBe(true)
    before = await product.get<FleetView>('/fleet')
    expect(await product.stop()).toBe(0)
    expect(isAlive(street)).toBe(false)
    expect(product.complained()).toBe('')
  })

  it('goes on with the same leases after a restart, and does not plan the quarter-hour again', async () => {
    product = await startProduct(folder.path, STREET)
    const first = await product.get<FleetView>('/fleet')
    const isSameSlot = Math.floor(first.at / SLOT_MS) === Math.floor(before.at / SLOT_MS)
    const old = seqs(before)
    for (const [id, seq] of seqs(first)) expect(seq, id).toBeGreaterThanOrEqual(old.get(id) ?? 0)
    if (isSameSlot) expect([...seqs(first)]).toEqual([...old])
    await vi.waitFor(async () => {
      const fleet = await product.get<FleetView>('/fleet')
      expect(fleet.buildings.filter(({ online, ack }) => online && ack).length).toBe(20)
    }, SOON)
  }, 100_000)

  it('takes its street with it when it is killed, and a killed street comes back', async () => {
    const [street = 0] = await childrenOf(product)
    process.kill(street, 'SIGKILL')
    await vi.waitFor(async () => {
      const [again = street] = await childrenOf(product)
      expect(again).not.toBe(street)
    }, SOON)
    const [again = 0] = await childrenOf(product)
    await product.kill()
    await vi.waitFor(() => expect(isAlive(again)).toBe(false), { timeout: 10_000 })
  }, 100_000)
})

describe('a controller that was stopped', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let product: Product

  beforeEach(async () => {
    folder = await temporaryFolder('again')
    product = await startProduct(folder.path, productConfig(['b-1', 'b-2']))
  })
  afterEach(async () => {
    await product?.kill()
    await folder?.remove()
  })

  it.each(['SIGTERM', 'SIGKILL'])('believes after %s what it believed before', async (signal) => {
    const { client } = await connectDevice(product.mqttPort, { clientId: 'b-1' })
    const now = Date.now()
    for (let n = 20; n >= 0; n--) {
      const readings = {
        heatKw: 60 + n,
        outdoorC: -5,
        supplyC: 45,
        returnC: 33,
        zones: { 'flat-1': { indoorC: 20.5 + n / 100 }, 'flat-2': { indoorC: 21.5 } },
      }
      const sample = { at: now - n * 300_000, intervalS: 300, readings }
      await client.publishAsync('heatflex/v1/b-1/telemetry', JSON.stringify(sample), { qos: 1 })
    }
    await vi.waitFor(async () => {
      expect((await product.get<BuildingView>('/buildings/b-1')).lease).not.toBeNull()
    })
    const known = await product.get<BuildingView>('/buildings/b-1')
    if (signal === 'SIGTERM') expect(await product.stop()).toBe(0)
    else await product.kill()
    product = await startProduct(folder.path, productConfig(['b-1', 'b-2']))
    const again = await product.get<BuildingView>('/buildings/b-1')
    const { lease, zones, coldestC, meanC, heatKw, curveHeatKw, lastSampleAt, flags } = known
    expect(again).toMatchObject({ lease, zones, coldestC, meanC, heatKw, curveHeatKw, lastSampleAt, flags })
    expect((await product.get<HealthView>('/health')).status).toBe('ok')

    const device = await connectDevice(product.mqttPort, { clientId: 'visitor' })
    await device.client.subscribeAsync('heatflex/v1/#', { qos: 1 })
    await vi.waitFor(() => expect(device.heard.some(({ topic }) => topic.endsWith('/setpoint'))).toBe(true))
    const retained = device.heard.find(({ topic }) => topic === 'heatflex/v1/b-1/setpoint')
    expect(JSON.parse(retained?.text ?? '{}')).toMatchObject({ id: lease?.id, seq: lease?.seq })
    await device.client.endAsync(true)
    await client.endAsync(true)
  })
})

it('is for this machine alone, on the ports that everybody knows, where nothing is configured', () => {
  const { mqtt, http, simulated } = demoConfig()
  expect([mqtt.host, mqtt.port, http.host, http.port]).toEqual(['127.0.0.1', 1883, '127.0.0.1', 8080])
  expect(simulated?.count).toBe(20)
})
