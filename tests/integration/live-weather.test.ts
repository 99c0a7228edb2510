import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { createSources } from '../../src/controller/sources.ts'
import { DAY_MS, HOUR_MS } from '../../src/core/domain/instant.ts'
import { fineReply } from '../fixtures/weather/live-service.ts'
import { type ScriptedServer, startScriptedServer } from '../fixtures/web/scripted-server.ts'

// A clock that is not the world's asks no service.
const NOW = Date.now()
const clock = { now: () => Date.now(), at: () => () => {} }
const window = { from: NOW, to: NOW + DAY_MS }
const signal = new AbortController().signal

let service: ScriptedServer
let life: AbortController
beforeEach(async () => {
  // The tests' own switch would keep this one from asking even a service on this machine.
  vi.stubEnv('HEATFLEX_OFFLINE', '')
  service = await startScriptedServer(fineReply('met-norway', NOW))
  life = new AbortController()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  life.abort()
  await service.stop()
})

/** The sources of a configuration whose weather comes from the service on this machine. */
async function sources(more: { speed?: number; clock?: typeof clock } = {}) {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const outcome = parseConfig(`
site: { contact: ops@example.org, latitude: 61.05871, longitude: 28.18865 }
prices: synthetic
weather: { service: met-norway, baseUrl: ${service.url}/compact }
simulated: {}
`)
  if (!outcome.ok) throw new Error(outcome.faults[0]?.message)
  const setup = { config: outcome.config, clock, version: '9.9.9', log, life: life.signal, speed: 1, ...more }
  return { ...(await createSources(setup)), lines }
}

it('takes the weather of the site from the configured service, and says who asks', async () => {
  const { weather } = await sources()
  const { outdoorC, provenance } = await weather.weather(window, NOW, signal)
  // Somewhere between its first two hours.
  expect(outdoorC[0]).toBeGreaterThanOrEqual(-10)
  expect(outdoorC[0]).toBeLessThan(-9.7)
  expect(provenance.source).toBe('met-norway, sun estimated from its clouds')
  expect(provenance.standsInFor).toBeUndefined()
  expect(service.asked[0]?.headers['user-agent']).toBe('heatflex/9.9.9 (ops@example.org)')
  expect(service.asked[0]?.url.search).toBe('?lat=61.0587&lon=28.1887')
})

it('leans on the built-in series where the service fails, and says which and why', async () => {
  service.reply({ status: 503 })
  const { weather, lines } = await sources()
  const { provenance } = await weather.weather(window, NOW, signal)
  expect(provenance).toMatchObject({ source: 'synthetic', kind: 'synthetic' })
  expect(provenance.standsInFor).toMatch(/^met-norway: .*503/)
  expect(lines.map(({ msg }) => msg)).toEqual(['service is asked again', 'source lost, another stands in'])
})

it('says loudly, once, that a service does not let it in', async () => {
  service.reply({ status: 403, body: 'no contact in your user agent' })
  const { weather, lines } = await sources()
  await weather.weather(window, NOW, signal)
  await weather.weather(window, NOW + HOUR_MS, signal)
  expect(service.asked).toHaveLength(1)
  const alarms = lines.filter(({ level }) => level === 50)
  expect(alarms).toMatchObject([{ service: 'met-norway', status: 403, msg: 'service does not let us in' }])
})

it('asks nobody where a street that lived faster has left the world behind', async () => {
  const { weather } = await sources({ clock: { ...clock, now: () => Date.now() + DAY_MS } })
  expect((await weather.weather(window, NOW, signal)).provenance.source).toBe('synthetic')
  expect(service.asked).toHaveLength(0)
})

it.each([
  { when: 'time runs sixty times as fast', speed: 60, offline: '' },
  { when: 'services are switched off', speed: 1, offline: '1' },
])('asks nobody when $when', async ({ speed, offline }) => {
  vi.stubEnv('HEATFLEX_OFFLINE', offline)
  const { weather } = await sources({ speed })
  expect((await weather.weather(window, NOW, signal)).provenance.source).toBe('synthetic')
  expect(service.asked).toHaveLength(0)
})

it('asks Open-Meteo with the key of its file, which no log ever shows', async () => {
  service.reply({ status: 400, body: '{"error":true,"reason":"apikey=hush-hush is void"}' })
  const folder = await mkdtemp(join(tmpdir(), 'heatflex-key-'))
  await writeFile(`${folder}/key`, 'hush-hush\n')
  const outcome = parseConfig(
    `{ prices: synthetic, weather: { service: open-meteo, baseUrl: "${service.url}/v1", keyFile: "${folder}/key" }, simulated: {} }`,
  )
  if (!outcome.ok) throw new Error(outcome.faults[0]?.message)
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) })
  const setup = { config: outcome.config, clock, version: '9.9.9', log, life: life.signal, speed: 1 }
  const { weather } = await createSources(setup)
  const { provenance } = await weather.weather(window, NOW, signal)
  await rm(folder, { recursive: true })
  expect(service.asked[0]?.url.searchParams.get('apikey')).toBe('hush-hush')
  expect(provenance.standsInFor).toContain('400')
  expect(`${lines.join('\n')}${provenance.standsInFor}`).not.toContain('hush')
})
