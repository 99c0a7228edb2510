import { describe, expect, it, onTestFinished } from 'vitest'
import type { SourceLost } from '../../src/adapters/fallback/ask-in-turn.ts'
import { withWeatherFallback } from '../../src/adapters/fallback/fallback-source.ts'
import { createFileWeather } from '../../src/adapters/files/file-weather.ts'
import { readWeatherCsv } from '../../src/adapters/files/weather-csv.ts'
import { syntheticWeather } from '../../src/adapters/synthetic/synthetic-weather.ts'
import { WEATHER_SERVICES, type WeatherServiceName } from '../../src/adapters/weather/providers.ts'
import { DAY_MS, HOUR_MS } from '../../src/core/domain/instant.ts'
import { DOCUMENTS } from '../fixtures/weather/documents.ts'
import { fineReply, startLiveService } from '../fixtures/weather/live-service.ts'
import type { Reply } from '../fixtures/web/scripted-server.ts'
import { weatherSourceContract } from './weather-source.ts'

const NOW = Date.UTC(2026, 0, 15, 10)
const signal = new AbortController().signal
const day = (from: number) => ({ from, to: from + DAY_MS })

weatherSourceContract('the synthetic series', async () => ({
  source: syntheticWeather({ seed: 1 }),
  asOf: NOW,
  stop: async () => {},
}))

weatherSourceContract('a file', async () => {
  const rows = Array.from(
    { length: 96 },
    (_, hour) => `${NOW + (hour - 36) * HOUR_MS},${hour / 4 - 12},${hour},2`,
  )
  const read = readWeatherCsv(['at,outdoorC,solarWm2,windMs', ...rows].join('\n'), 'weather.csv')
  if (!read.ok) throw new Error(read.faults[0]?.message)
  const source = createFileWeather(read.series, { error: 'perfect', seed: 1 })
  return { source, asOf: NOW, stop: async () => {} }
})

for (const name of WEATHER_SERVICES) {
  weatherSourceContract(name, async () => {
    const live = await startLiveService(name, [fineReply(name, NOW)])
    return { source: live.source, asOf: live.clock.at, stop: live.stop }
  })
}

const cut = (name: WeatherServiceName) => {
  const { body, type } = fineReply(name, NOW) as { body: string; type: string }
  return { body: body.slice(0, body.length / 2), type }
}

describe.each(WEATHER_SERVICES.map((name) => ({ name })))('$name in trouble', ({ name }) => {
  const start = async (...replies: Reply[]) => {
    const live = await startLiveService(name, replies, { timeoutMs: 100, tries: 2 })
    onTestFinished(live.stop)
    return live
  }
  const { type } = DOCUMENTS[name]

  it.each<{ what: string; reply: Reply; why: RegExp }>([
    { what: 'too much asked', reply: { status: 429 }, why: /patience \(429\)/ },
    { what: 'a fault of its own', reply: { status: 503 }, why: /503/ },
    { what: 'no answer at all', reply: { does: 'hang' }, why: /ETIMEDOUT/ },
    { what: 'a lost connection', reply: { does: 'reset' }, why: /ECONNRESET/ },
    { what: 'an answer cut short', reply: { does: 'truncate', ...cut(name) }, why: /./ },
    {
      what: 'half a document that claims to be whole',
      reply: { status: 200, ...cut(name) },
      why: /not-(json|xml)/,
    },
    {
      what: 'a page for people',
      reply: { status: 200, type: 'text/html', body: '<html>maintenance</html>' },
      why: /content-type/,
    },
    {
      what: 'a page for people under the right type',
      reply: { status: 200, type, body: '<html><body>maintenance</body></html>' },
      why: /not-json|bad-shape/,
    },
    {
      what: 'something else than weather',
      reply: { status: 200, type, body: '{}' },
      why: /bad-shape|not-xml/,
    },
    { what: 'nothing', reply: { status: 204 }, why: /no data yet/ },
    { what: 'nothing new, though nothing was had', reply: { status: 304 }, why: /not-modified/ },
    {
      what: 'a way into our own network',
      reply: { status: 302, headers: { location: 'http://10.0.0.1/latest/meta-data' } },
      why: /redirect/,
    },
    { what: 'a shut door', reply: { status: 403, body: 'who are you' }, why: /access denied \(403\)/ },
    {
      what: 'a fault in our question',
      reply: { status: 400, body: '{"error":true,"reason":"no"}' },
      why: /400/,
    },
  ])('is lost with a reason on $what', async ({ reply, why }) => {
    const { source, clock } = await start(reply)
    await expect(source.weather(day(clock.at), clock.at, signal)).rejects.toThrow(why)
  })

  it('gives its last answer while it is away, then leans on the synthetic one, and is back when it is', async () => {
    const { source, clock, server } = await start(fineReply(name, NOW))
    const changes: (SourceLost | undefined)[] = []
    const chain = withWeatherFallback(
      [
        { name, source },
        { name: 'synthetic', source: syntheticWeather({ seed: 1 }) },
      ],
      { onChange: (lost) => changes.push(lost) },
    )
    const ask = () => chain.weather(day(clock.at), clock.at, signal)
    const first = await ask()
    server.reply({ status: 500 })
    clock.at += 7 * HOUR_MS
    const lost = await ask()
    expect(lost.outdoorC[0]).toBe(first.outdoorC[28])
    expect(lost.provenance.standsInFor).toMatch(/500/)
    expect(lost.outdoorC.some(Number.isNaN)).toBe(false)
    clock.at += 3 * DAY_MS
    expect((await ask()).provenance.source).toBe('synthetic')
    server.reply(fineReply(name, clock.at))
    clock.at += HOUR_MS / 2
    expect((await ask()).provenance.standsInFor).toBeUndefined()
    expect(changes.at(-1)).toBeUndefined()
    expect(changes).toHaveLength(3)
  })
})
