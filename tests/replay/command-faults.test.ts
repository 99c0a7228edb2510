import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { HealthView } from '../../src/core/domain/views.ts'
import { connectDevice } from '../fixtures/mqtt/device.ts'
import {
  buildingYaml,
  productConfig,
  runCommand,
  startProduct,
  temporaryFolder,
} from '../fixtures/product.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder('faults')
})
afterAll(() => folder.remove())

function write(name: string, text: string): string {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

const start = (config: string) => runCommand(folder.path, 'start', '--config', write('config.yaml', config))
const two = `buildings:\n${buildingYaml('b-1')}\n${buildingYaml('b-2')}\n`
const wrong = `${two}${buildingYaml('controller')}\n`
  .replace('floorAreaM2: 3000', 'floorAreaM2: 3')
  .replace('maxHeatKw: 220', 'maxHeatKw: 220 kW')

describe('a configuration that is wrong', () => {
  it.each([
    [
      'has faults of many kinds',
      `mqtt: { prot: 1 }\n${wrong}`,
      ['mqtt', 'buildings.0.floorAreaM2', 'buildings.0.maxHeatKw', 'buildings.2.id'],
    ],
    ['has two buildings of one id', two.replace('b-2', 'b-1'), ['buildings.1.id']],
    [
      'is off loopback without passwords',
      `${two}mqtt: { host: 0.0.0.0 }\nhttp: { host: "::" }`,
      ['mqtt.passwordsFile', 'http.tokenFile'],
    ],
    [
      'names a file that is not there',
      `${two}prices: { csv: none.csv }\nmqtt: { port: 0 }\nhttp: { port: 0 }`,
      ['none.csv'],
    ],
    ['is no YAML', 'buildings: [', ['YAML']],
  ])('that %s ends it with 2 and every place by name', async (_what, config, places) => {
    const { code, stdout, stderr } = await start(config)
    expect([code, stdout]).toEqual([2, ''])
    for (const place of places) expect(stderr).toContain(place)
    expect(stderr).not.toMatch(/\n {4}at /)
  })

  it('that is missing ends it with 2', async () => {
    const { code, stderr } = await runCommand(folder.path, 'start', '--config', 'none.yaml')
    expect(code).toBe(2)
    expect(stderr).toContain('none.yaml')
  })

  it.each([
    [['start', '--speed', 'fast'], '--speed'],
    [['export', '--table', 'secrets'], 'table'],
    [['replay', 'none.yaml'], 'none.yaml'],
  ])('%j ends with 2 and says what it took offence at', async (args, word) => {
    const { code, stderr } = await runCommand(folder.path, ...args)
    expect(code).toBe(2)
    expect(stderr).toContain(word)
  })
})

describe('a world that is in the way', () => {
  it.each(['mqtt', 'http'])('where another holds the %s port ends it with 3 and a way out', async (which) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const config = productConfig(['b-1']).replace(`${which}: { port: 0 }`, `${which}: { port: ${port} }`)
    const { code, stderr } = await start(config)
    other.close()
    expect(code).toBe(3)
    expect(stderr).toContain(String(port))
    expect(stderr).toContain('Another program listens there')
    expect(stderr).not.toMatch(/\n {4}at /)
  })

  it('where another controller holds the store names it', async () => {
    const product = await startProduct(folder.path, productConfig(['b-1']))
    const { code, stderr } = await start(productConfig(['b-1']))
    await product.stop()
    expect(code).toBe(2)
    expect(stderr).toContain('data/store.duckdb')
    expect(stderr).toContain(String(product.child.pid))
  })

  it('where the folder is read-only says so', async (test) => {
    const place = join(folder.path, 'read-only')
    mkdirSync(place)
    if (!mounted(place, 'size=1m,ro')) return test.skip('a read-only file system needs root and mount')
    try {
      for (const path of [`${place}/store.duckdb`, `${place}/data/store.duckdb`]) {
        const { code, stderr } = await start(productConfig(['b-1']).replace('data/store.duckdb', path))
        expect(code).toBe(2)
        expect(stderr).toMatch(/read-only/i)
        expect(stderr.trim().split('\n')).toHaveLength(1)
      }
    } finally {
      execFileSync('umount', [place])
    }
  })

  it('where the disk is full confirms nothing, says so, and goes on when there is room', async (test) => {
    const place = join(folder.path, 'small')
    mkdirSync(place)
    if (!mounted(place, 'size=12m')) return test.skip('a small disk needs root and mount')
    const config = productConfig(['b-1']).replace('data/store.duckdb', `${place}/store.duckdb`)
    const product = await startProduct(folder.path, config)
    try {
      const confirmed: number[] = []
      let at = Date.now() - 3_600_000
      const send = async () => {
        const { client } = await connectDevice(product.mqttPort, { clientId: 'b-1' })
        const readings = { heatKw: 30, indoorC: 21, heatSource: 'x'.repeat(60) }
        const samples = Array.from({ length: 300 }, () => ({ at: at++, intervalS: 60, readings }))
        const sent = client.publishAsync('heatflex/v1/b-1/telemetry', JSON.stringify({ samples }), { qos: 1 })
        const isConfirmed = await Promise.race([
          sent.then(
            () => true,
            () => false,
          ),
          new Promise<false>((resolve) => client.once('close', () => resolve(false))),
        ])
        if (isConfirmed) confirmed.push(...samples.map((sample) => sample.at))
        await client.endAsync(true)
        return isConfirmed
      }
      expect(await send()).toBe(true)
      writeFileSync(join(place, 'filler'), Buffer.alloc(Math.max(0, freeBytes(place) - 200_000)))
      await vi.waitFor(async () => expect(await send()).toBe(false), { timeout: 15_000, interval: 0 })
      const sick = await product.get<HealthView>('/health').catch(() => undefined)
      expect(sick).toMatchObject({ status: 'degraded', storeWritable: false })

      await rm(join(place, 'filler'))
      await vi.waitFor(async () => expect(await send()).toBe(true), { timeout: 15_000, interval: 100 })
      expect(await product.get<HealthView>('/health')).toMatchObject({ status: 'ok', storeWritable: true })
      const kept = new Set((await product.table('telemetry')).map((row) => Number(row['at'])))
      expect(confirmed.filter((one) => !kept.has(one))).toEqual([])
    } finally {
      await product.kill()
      execFileSync('umount', [place])
    }
  })
})

describe('a series of prices', () => {
  const scenario = (prices: string) =>
    `name: bad\nseed: 1\nstart: '2024-01-15T00:00:00+02:00'\ndays: 1\nfleet: { count: 1 }\nprices: ${prices}\nweather: synthetic\n`
  const rows = (hours: readonly number[], cell = '50') =>
    hours.map((hour) => `${new Date(Date.UTC(2024, 0, 7) + hour * 3_600_000).toISOString()},${cell}`)

  const week = Array.from({ length: 264 }, (_, hour) => hour)

  it.each([
    [
      'with a gap',
      ['at,eurPerMwh', ...rows(week.filter((hour) => hour < 200 || hour > 209))],
      '2024-01-15T08:00:00.000Z',
    ],
    [
      'with a repeated hour and decimal commas',
      ['at,eurPerMwh', ...rows([0, 1, 1]), ...rows([2], '"50,5"')],
      'prices.csv:4: the same instant as line 3',
    ],
    ['without a header', rows([0, 1, 2]), 'prices.csv'],
  ])('%s ends a replay with 2 and the place', async (_what, lines, word) => {
    write('prices.csv', `${lines.join('\n')}\n`)
    const { code, stdout, stderr } = await runCommand(
      folder.path,
      'replay',
      write('s.yaml', scenario('{ csv: prices.csv }')),
    )
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(word)
  })

  it('that is missing ends a replay with 2', async () => {
    const { code, stderr } = await runCommand(
      folder.path,
      'replay',
      write('s.yaml', scenario('{ csv: none.csv }')),
    )
    expect(code).toBe(2)
    expect(stderr).toContain('none.csv')
  })

  it('with an order to a branch that no network has is not replayed without it', async () => {
    const order =
      "orders: [{ kind: cap, kw: 9, branch: north, from: '2024-01-15T06:00:00Z', until: '2024-01-15T09:00:00Z' }]\n"
    const file = write('s.yaml', scenario('synthetic') + order)
    const { code, stderr } = await runCommand(folder.path, 'replay', file)
    expect(code).toBe(2)
    expect(stderr).toContain('north')
  })
})

function mounted(place: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function freeBytes(place: string): number {
  const [, line = ''] = execFileSync('df', ['--output=avail', '-B1', place], { encoding: 'utf8' }).split('\n')
  return Number(line)
}
