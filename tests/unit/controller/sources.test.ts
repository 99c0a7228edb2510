import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Config, parseConfig } from '../../../src/config.ts'
import { MarketKeyError } from '../../../src/controller/market-service.ts'
import { createSources } from '../../../src/controller/sources.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import { eleringAnswer, entsoeAnswer, slotPrice } from '../../fixtures/prices/documents.ts'
import { type ScriptedServer, startScriptedServer } from '../../fixtures/web/scripted-server.ts'

const signal = new AbortController().signal
let market: ScriptedServer
let folder: string
let life: AbortController

beforeEach(async () => {
  vi.stubEnv('HEATFLEX_OFFLINE', '')
  market = await startScriptedServer(({ url }) => {
    const from = Math.floor((Date.now() - 12 * HOUR_MS) / SLOT_MS) * SLOT_MS
    const window = { from, to: from + DAY_MS }
    return url.searchParams.has('documentType')
      ? { status: 200, type: 'text/xml', body: entsoeAnswer(window) }
      : { status: 200, type: 'application/json', body: eleringAnswer(window, 'FI') }
  })
  folder = mkdtempSync(join(tmpdir(), 'heatflex-sources-'))
  life = new AbortController()
})

afterEach(async () => {
  life.abort(new Error('the test is over'))
  vi.unstubAllEnvs()
  await market.stop()
  rmSync(folder, { recursive: true, force: true })
})

function configOf(prices: string): Config {
  const outcome = parseConfig(
    `simulated: {}\nweather: synthetic\nprices: ${prices}\nsite: { contact: me@example.org }`,
  )
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
  return outcome.config
}

function start(prices: string | Config, { speed = 1, aheadMs = 0 } = {}) {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) })
  const clock = { now: () => Date.now() + aheadMs, at: () => () => {} }
  const config = typeof prices === 'string' ? configOf(prices) : prices
  const made = createSources({
    config,
    clock,
    speed,
    version: '9.9.9',
    log,
    life: life.signal,
  })
  return { made, clock, lines }
}

async function priceNow(prices: string, options = {}) {
  const { made, clock, lines } = start(prices, options)
  const asOf = clock.now()
  const series = await (await made).prices.prices({ from: asOf, to: asOf + HOUR_MS }, asOf, signal)
  return {
    value: series.values[0],
    at: Math.floor(asOf / SLOT_MS) * SLOT_MS,
    provenance: series.provenance,
    lines,
  }
}

const elering = () => `{ service: elering, zone: FI, baseUrl: "${market.url}" }`
const entsoe = (more = '') => `{ service: entsoe, zone: FI, baseUrl: "${market.url}"${more} }`

it('asks the market that is configured, by name and with an address to write to', async () => {
  const { value, at, provenance } = await priceNow(elering())
  expect(value).toBe(slotPrice(at))
  expect(provenance).toMatchObject({ source: 'elering:FI', kind: 'measured' })
  expect(market.asked[0]?.headers['user-agent']).toBe('heatflex/9.9.9 (me@example.org)')
})

it.each([
  { where: 'a file', more: () => `, keyFile: "${join(folder, 'key')}"`, environment: '' },
  { where: 'the environment', more: () => '', environment: 'hush-hush' },
])('takes a key from $where, sends it to the market and tells nobody', async ({ more, environment }) => {
  writeFileSync(join(folder, 'key'), 'hush-hush\n')
  vi.stubEnv('HEATFLEX_ENTSOE_KEY', environment)
  market.reply({ status: 401, body: 'hush-hush is void' })
  const { provenance, lines } = await priceNow(entsoe(more()))
  expect(market.asked[0]?.url.searchParams.get('securityToken')).toBe('hush-hush')
  expect(provenance).toMatchObject({ kind: 'synthetic', standsInFor: expect.stringContaining('401') })
  const told = lines.join('\n') + JSON.stringify(provenance)
  expect(told).toContain('service does not let us in')
  expect(told).not.toContain('hush-hush')
})

it('does not start on a market whose key is nowhere', async () => {
  vi.stubEnv('HEATFLEX_ENTSOE_KEY', '')
  await expect(start(entsoe()).made).rejects.toThrow(MarketKeyError)
})

it.each([
  { what: 'time runs faster', options: { speed: 60 }, offline: '' },
  { what: 'the clock is ahead of the world', options: { aheadMs: 2 * MINUTE_MS }, offline: '' },
  { what: 'it is told to stay offline', options: {}, offline: '1' },
])('asks nobody where $what', async ({ options, offline }) => {
  vi.stubEnv('HEATFLEX_OFFLINE', offline)
  const { provenance, lines } = await priceNow(elering(), options)
  expect(provenance.kind).toBe('synthetic')
  expect(market.asked).toEqual([])
  expect(lines.join()).toContain('no service is asked')
})

it('warns a real fleet that names no zone', async () => {
  const outcome = parseConfig(`weather: synthetic
buildings: [{ id: house-1, kind: school, floorAreaM2: 900, builtYear: 1990, persons: 9, maxHeatKw: 40,
  curve: [{ outdoorC: -20, supplyC: 60 }, { outdoorC: 15, supplyC: 25 }] }]`)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
  const { made, lines } = start(outcome.config)
  await made
  expect(lines.join()).toContain('no price zone is named')
  expect(market.asked).toEqual([])
})

it('says which series stands in for a market that is away, and why', async () => {
  market.reply({ status: 500 })
  const { provenance, lines } = await priceNow(elering())
  expect(provenance).toMatchObject({ source: 'synthetic', standsInFor: 'elering:FI: status 500' })
  expect(lines.join()).toContain('source lost, another stands in')
}, 30_000)

it.each([
  { co2: 'none', told: undefined },
  { co2: '{ gPerKwh: 130 }', told: [130, '130 g/kWh'] },
])('takes emissions of electricity from $co2', async ({ co2, told }) => {
  const config = parseConfig(`simulated: {}\nweather: synthetic\nprices: synthetic\nco2: ${co2}`)
  if (!config.ok) throw new Error(JSON.stringify(config.faults))
  const source = (await start(config.config).made).co2
  const now = Date.now()
  const series = await source?.co2({ from: now, to: now + HOUR_MS }, now, signal)
  expect(series && [series.values[0], series.provenance.source]).toEqual(told)
})

it('wants a key where a service of emissions does', async () => {
  const config = parseConfig(
    'simulated: {}\nweather: synthetic\nprices: synthetic\nco2: { service: fingrid }',
  )
  if (!config.ok) throw new Error(JSON.stringify(config.faults))
  await expect(start(config.config).made).rejects.toThrow(/co2: fingrid wants a key/)
})
