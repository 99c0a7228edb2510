import { describe, expect, it, onTestFinished } from 'vitest'
import type { SourceLost } from '../../src/adapters/fallback/ask-in-turn.ts'
import { withPriceFallback } from '../../src/adapters/fallback/fallback-source.ts'
import { createFilePrices } from '../../src/adapters/files/file-prices.ts'
import { readPricesCsv } from '../../src/adapters/files/prices-csv.ts'
import { PRICE_SERVICES, type PriceServiceName } from '../../src/adapters/prices/price-providers.ts'
import { syntheticPrices } from '../../src/adapters/synthetic/synthetic-prices.ts'
import { DAY_MS, HOUR_MS } from '../../src/core/domain/instant.ts'
import { acknowledgement, slotPrice } from '../fixtures/prices/documents.ts'
import { KEY, startLiveMarket, typeOf } from '../fixtures/prices/live-market.ts'
import type { Reply } from '../fixtures/web/scripted-server.ts'
import { priceSourceContract } from './price-source.ts'

const NOW = Date.UTC(2026, 0, 15, 10)
const signal = new AbortController().signal
const nothing = async () => {}
const ahead = (at: number) => ({ from: at, to: at + 2 * DAY_MS })

priceSourceContract('the synthetic series', async () => ({
  source: syntheticPrices({ seed: 1 }),
  asOf: NOW,
  stop: nothing,
}))

priceSourceContract('a file', async () => {
  const rows = Array.from({ length: 480 }, (_, hour) => {
    const at = NOW + (hour - 240) * HOUR_MS
    return `${at},${slotPrice(at)}`
  })
  const read = readPricesCsv(['at,eurPerMwh', ...rows].join('\n'), 'prices.csv')
  if (!read.ok) throw new Error(read.faults[0]?.message)
  return { source: createFilePrices(read.series), asOf: NOW, stop: nothing }
})

for (const name of PRICE_SERVICES) {
  priceSourceContract(name, async () => {
    const market = await startLiveMarket(name)
    return { source: market.source, asOf: market.clock.at, stop: market.stop }
  })
}

priceSourceContract('the synthetic series behind a market that is away', async () => {
  const market = await startLiveMarket('elering', [{ status: 500 }], { tries: 1 })
  const chain = [
    { name: 'elering', source: market.source },
    { name: 'synthetic', source: syntheticPrices({ seed: 1 }) },
  ]
  const source = withPriceFallback(chain, { onChange: () => {} })
  return { source, asOf: NOW, stop: market.stop }
})

function cut(name: PriceServiceName): { body: string; type: string } {
  const body =
    name === 'entsoe' ? '<Publication_MarketDocument><type>A44</type><TimeSer' : '{"records":[{"Tim'
  return { body, type: typeOf(name) }
}

describe.each(PRICE_SERVICES.map((name) => ({ name })))('$name in trouble', ({ name }) => {
  const start = async (...replies: Reply[]) => {
    const market = await startLiveMarket(name, replies, { timeoutMs: 100, tries: 2 })
    onTestFinished(market.stop)
    return market
  }
  const type = typeOf(name)

  it.each<{ what: string; reply: Reply; why: RegExp; requests: number }>([
    { what: 'too much asked', reply: { status: 429 }, why: /patience \(429\)/, requests: 1 },
    { what: 'a fault of its own', reply: { status: 503 }, why: /503/, requests: 2 },
    { what: 'no answer at all', reply: { does: 'hang' }, why: /ETIMEDOUT/, requests: 2 },
    { what: 'a lost connection', reply: { does: 'reset' }, why: /ECONNRESET/, requests: 2 },
    {
      what: 'an answer cut short',
      reply: { does: 'truncate', ...cut(name) },
      why: /ERR|ECONN|aborted/,
      requests: 2,
    },
    {
      what: 'half a document that claims to be whole',
      reply: { status: 200, ...cut(name) },
      why: /not-(json|xml)/,
      requests: 1,
    },
    {
      what: 'a page for people',
      reply: { status: 200, type: 'text/html', body: '<html>maintenance</html>' },
      why: /content-type/,
      requests: 1,
    },
    {
      what: 'a page for people under the right type',
      reply: { status: 200, type, body: '<html><body>maintenance</body></html>' },
      why: /not-(json|xml)/,
      requests: 1,
    },
    {
      what: 'something else than prices',
      reply: { status: 200, type, body: name === 'entsoe' ? '<a/>' : '{}' },
      why: /other-document/,
      requests: 1,
    },
    { what: 'nothing new, though nothing was had', reply: { status: 304 }, why: /not-modified/, requests: 1 },
    {
      what: 'a way into our own network',
      reply: { status: 302, headers: { location: 'http://192.168.0.1/prices' } },
      why: /redirect/,
      requests: 1,
    },
    {
      what: 'a shut door',
      reply: { status: 401, body: `${KEY}?` },
      why: /access denied \(401\)/,
      requests: 1,
    },
    {
      what: 'a fault in our question',
      reply: { status: 400, body: 'no' },
      why: /refused \(400\)/,
      requests: 1,
    },
    {
      what: 'a fifth of a gigabyte',
      reply: { status: 200, type, body: ' '.repeat(9e6), gzip: true },
      why: /too-large/,
      requests: 1,
    },
  ])('is lost with a reason on $what, asked no more than is decent', async ({ reply, why, requests }) => {
    const { source, clock, server, events } = await start(reply)
    const failed = source.prices(ahead(clock.at), clock.at, signal)
    await expect(failed).rejects.toThrow(why)
    expect(server.asked).toHaveLength(requests)
    // Within the next minutes nobody asks again, whoever wants prices.
    clock.at += 4 * 60_000
    const again = await source.prices(ahead(clock.at), clock.at, signal).catch((error: Error) => error)
    expect(String(again)).toMatch(why)
    expect(String(again)).not.toContain(KEY)
    expect(JSON.stringify(events)).not.toContain(KEY)
    expect(server.asked).toHaveLength(requests)
  })

  it.each<{ what: string; reply: Reply }>([
    { what: 'nothing', reply: { status: 204 } },
    {
      what: 'a document that says so',
      reply: {
        status: 200,
        type,
        body:
          name === 'entsoe'
            ? acknowledgement('No matching data found')
            : JSON.stringify({
                currency: 'EUR',
                areaStates: [],
                multiAreaEntries: [],
                records: [],
                data: { fi: [] },
              }),
      },
    },
  ])('has nothing yet when it answers $what, which is no fault', async ({ reply }) => {
    const { source, clock, events } = await start(reply)
    await expect(source.prices(ahead(clock.at), clock.at, signal)).rejects.toThrow('nothing is published')
    expect(events).toEqual([])
  })

  it('goes on with what it knows while it is away, then leans on the synthetic series, and is back when it is', async () => {
    const { source, clock, server, fine, notes, idle } = await start()
    const changes: (SourceLost | undefined)[] = []
    const chain = withPriceFallback(
      [
        { name, source },
        { name: 'synthetic', source: syntheticPrices({ seed: 1 }) },
      ],
      { onChange: (lost) => changes.push(lost) },
    )
    const ask = () => chain.prices(ahead(clock.at), clock.at, signal)
    const first = await ask()
    expect(first.values[0]).toBe(slotPrice(clock.at))
    server.reply({ status: 500 })
    clock.at = Date.UTC(2026, 0, 15, 14)
    const lost = await ask()
    await idle()
    expect(notes.map(({ kind }) => kind)).toEqual(['no-answer'])
    expect(lost.values[0]).toBe(slotPrice(clock.at))
    expect(lost.provenance.issuedAt).toBe(first.provenance.issuedAt)
    clock.at += 3 * DAY_MS
    expect((await ask()).provenance.source).toBe('synthetic')
    server.reply(fine)
    clock.at += HOUR_MS
    expect((await ask()).provenance.standsInFor).toBeUndefined()
    expect(changes.map((change) => change?.standIn)).toEqual(['synthetic', undefined])
  })
})
