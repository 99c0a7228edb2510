import { expect, it, onTestFinished } from 'vitest'
import {
  PRICE_PROVIDERS,
  PRICE_SERVICES,
  type PriceServiceName,
} from '../../../../src/adapters/prices/price-providers.ts'
import { dayAheadKnownUntil } from '../../../../src/core/domain/day-ahead.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import { acknowledgement, slotPrice } from '../../../fixtures/prices/documents.ts'
import { KEY, startLiveMarket } from '../../../fixtures/prices/live-market.ts'
import type { ReplyOrRule } from '../../../fixtures/web/scripted-server.ts'

const MORNING = Date.UTC(2026, 0, 15, 10)
const signal = new AbortController().signal

async function start(name: PriceServiceName, ...replies: ReplyOrRule[]) {
  const market = await startLiveMarket(name, replies)
  onTestFinished(market.stop)
  const { source, clock, idle } = market
  const ask = async (backMs = 0) => {
    const series = await source.prices(
      { from: clock.at - backMs, to: clock.at + 2 * DAY_MS },
      clock.at,
      signal,
    )
    await idle()
    return series
  }
  return { ...market, ask }
}

it.each([
  {
    name: 'entsoe',
    path: '/',
    query:
      'documentType=A44&contract_MarketAgreement.type=A01&in_Domain=10YFI-1--------U&out_Domain=10YFI-1--------U' +
      `&periodStart=202601142300&periodEnd=202601152300&securityToken=${new URLSearchParams({ a: KEY }).toString().slice(2)}`,
  },
  {
    name: 'nordpool',
    path: '/DayAheadPrices',
    query: 'date=2026-01-15&market=DayAhead&deliveryArea=FI&currency=EUR',
  },
  {
    name: 'energi-data-service',
    path: '/DayAheadPrices',
    query: 'start=2026-01-15&end=2026-01-16&filter=%7B%22PriceArea%22%3A%5B%22DK1%22%5D%7D&limit=5000',
  },
  {
    name: 'elering',
    path: '/nps/price',
    query: 'start=2026-01-14T23%3A00%3A00.000Z&end=2026-01-15T22%3A59%3A59.999Z',
  },
] as const)(
  'asks $name once for the day that is public, and says who asks',
  async ({ name, path, query }) => {
    const { ask, server } = await start(name)
    await ask()
    expect(server.asked.map(({ url }) => url.pathname)).toEqual([path])
    const [asked] = server.asked
    expect(asked?.url.search).toBe(`?${query}`)
    expect(asked?.headers).toMatchObject({
      'user-agent': 'heatflex/0.0.0 (test@example.org)',
      accept: PRICE_PROVIDERS[name].accept.join(', '),
      'accept-encoding': expect.stringContaining('gzip'),
    })
  },
)

it.each(PRICE_SERVICES)('asks %s only when something is due, turn by turn over a day', async (name) => {
  const { ask, server, clock } = await start(name)
  const askedAt: number[] = []
  for (let turn = 0; turn < 96; turn++) {
    clock.at = MORNING + turn * SLOT_MS + 20_000
    const before = server.asked.length
    const { start: from, values } = await ask(DAY_MS)
    if (server.asked.length > before) askedAt.push(clock.at)
    const slot = Math.floor((clock.at - from) / SLOT_MS)
    expect(values[slot]).toBe(slotPrice(from + slot * SLOT_MS))
  }
  const hours = askedAt.map((at) => Math.floor((at - MORNING) / HOUR_MS) + 10)
  // At the start, when tomorrow is out (13:00 CET), and every six hours what may have been corrected.
  expect(hours).toEqual([10, 12, 18, 24, 30])
  expect(server.asked.length).toBeLessThanOrEqual(name === 'nordpool' ? 10 : 5)
})

it.each(PRICE_SERVICES)(
  'asks %s each quarter-hour for a day that is late, and takes it when it comes',
  async (name) => {
    const { ask, server, clock, fine } = await start(name)
    clock.at = Date.UTC(2026, 0, 15, 11, 45)
    await ask()
    const early = clock.at
    server.reply((asked) => {
      const now = clock.at
      clock.at = now < Date.UTC(2026, 0, 15, 13) ? early : now
      const reply = typeof fine === 'function' ? fine(asked) : fine
      clock.at = now
      return reply
    })
    const lengths: number[] = []
    for (let turn = 1; turn <= 6; turn++) {
      clock.at = early + turn * SLOT_MS
      const before = server.asked.length
      await ask()
      lengths.push(server.asked.length - before)
    }
    // 12:00 to 12:45 UTC in vain, 13:00 with tomorrow in it, 13:15 not at all.
    expect(lengths.map((requests) => requests > 0)).toEqual([true, true, true, true, true, false])
    const { values } = await ask()
    const known = values.findIndex(Number.isNaN)
    expect(clock.at - (clock.at % SLOT_MS) + known * SLOT_MS).toBe(dayAheadKnownUntil(clock.at))
  },
)

it('asks for the days before in the same breath, and for those of a market a day a question the nearest first', async () => {
  const range = await start('entsoe')
  await range.ask(8 * DAY_MS)
  expect(range.server.asked).toHaveLength(1)
  const days = await start('nordpool')
  await days.ask(3 * DAY_MS)
  const dates = days.server.asked.map(({ url }) => url.searchParams.get('date'))
  expect(dates).toEqual(['2026-01-15', '2026-01-14', '2026-01-13', '2026-01-12'])
})

it('takes a correction, and lets no hole in it unsay what was said', async () => {
  const { ask, server, clock, fine, notes } = await start('energi-data-service')
  await ask()
  server.reply((asked) => {
    const reply = typeof fine === 'function' ? fine(asked) : fine
    if (!('status' in reply)) return reply
    const document = JSON.parse(String(reply.body))
    document.records.splice(60, 1)
    document.records[61].DayAheadPriceEUR = 777
    return { ...reply, body: JSON.stringify(document) }
  })
  for (const _ of [1, 2]) {
    clock.at += 6 * HOUR_MS + MINUTE_MS
    await ask()
  }
  expect(server.asked).toHaveLength(3)
  const { start: from, values } = await ask(10 * HOUR_MS)
  const day = Date.UTC(2026, 0, 14, 23)
  const told = (slot: number) => values[(day + slot * SLOT_MS - from) / SLOT_MS]
  expect([told(60), told(62)]).toEqual([slotPrice(day + 60 * SLOT_MS), 777])
  expect(notes).toEqual([expect.objectContaining({ kind: 'gaps' })])
})

it.each([
  { name: 'energi-data-service', requests: 1, perMs: MINUTE_MS },
  { name: 'entsoe', requests: 400, perMs: MINUTE_MS },
] as const)('keeps the limit that $name names', ({ name, requests, perMs }) => {
  const { manners } = PRICE_PROVIDERS[name]
  expect(manners.requests / manners.perMs).toBeLessThanOrEqual(requests / perMs)
})

it('stops asking a market that bans, for as long as its ban lasts', async () => {
  const { source, clock, server, fine } = await start('entsoe', { status: 429 })
  const ask = () => source.prices({ from: clock.at, to: clock.at + DAY_MS }, clock.at, signal)
  await expect(ask()).rejects.toThrow(/patience/)
  server.reply(fine)
  clock.at += 9 * MINUTE_MS
  await expect(ask()).rejects.toThrow(/patience/)
  expect(server.asked).toHaveLength(1)
  clock.at += MINUTE_MS
  expect((await ask()).values[0]).toBe(slotPrice(Date.UTC(2026, 0, 15, 10)))
})

it('knows "nothing yet" in a fault of the question, as ENTSO-E says it', async () => {
  const body = acknowledgement('No matching data found for Data item ENERGY_PRICES')
  const { source, clock, events } = await start('entsoe', { status: 400, type: 'application/xml', body })
  const asked = source.prices({ from: clock.at, to: clock.at + DAY_MS }, clock.at, signal)
  await expect(asked).rejects.toThrow('nothing is published')
  expect(events).toEqual([])
})

it('lets a turn go on that will not wait, and has the answer for the next', async () => {
  const { source, clock, idle } = await start('elering')
  const turn = new AbortController()
  const asked = source.prices({ from: clock.at, to: clock.at + DAY_MS }, clock.at, turn.signal)
  turn.abort(new Error('too late'))
  await expect(asked).rejects.toThrow('too late')
  await idle()
  const { values } = await source.prices({ from: clock.at, to: clock.at + DAY_MS }, clock.at, signal)
  expect(values[0]).toBe(slotPrice(clock.at))
})
