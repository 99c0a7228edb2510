import { expect, it, onTestFinished } from 'vitest'
import { withCo2Fallback } from '../../../../src/adapters/fallback/fallback-source.ts'
import { CO2_PROVIDERS, type Co2ServiceName } from '../../../../src/adapters/prices/co2-providers.ts'
import { createLiveCo2 } from '../../../../src/adapters/prices/live-co2.ts'
import { createLiveSlots, type LiveSlotsSetup } from '../../../../src/adapters/prices/live-slots.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import { energiDataCo2Answer, fingridAnswer, slotPrice } from '../../../fixtures/prices/documents.ts'
import { type ReplyOrRule, startScriptedServer } from '../../../fixtures/web/scripted-server.ts'
import { testClient } from '../../../fixtures/web/test-client.ts'

const signal = new AbortController().signal
const DAY = { from: Date.UTC(2026, 0, 14, 23), to: Date.UTC(2026, 0, 15, 23) }

async function start(name: Co2ServiceName, zone: string, reply: ReplyOrRule) {
  const provider = CO2_PROVIDERS[name]
  const secretHeaders = provider.key && 'header' in provider.key ? { [provider.key.header]: 'hush' } : {}
  const { client, clock, end } = testClient({ secretHeaders, secrets: ['hush'], tries: 1 })
  const server = await startScriptedServer(reply)
  onTestFinished(() => {
    end.abort()
    return server.stop()
  })
  const setup: LiveSlotsSetup = {
    provider,
    client,
    zone,
    baseUrl: server.url,
    onNote: () => {},
    life: end.signal,
    random: () => 0,
  }
  return { live: createLiveSlots(setup), source: createLiveCo2(setup), clock, server }
}

it('asks Energi Data Service for its prognosis of the day', async () => {
  const body = energiDataCo2Answer(DAY, 'DK1')
  const { live, clock, server } = await start('energi-data-service', 'DK1', {
    status: 200,
    type: 'application/json',
    body,
  })
  const { series } = await live.read({ from: clock.at, to: clock.at + DAY_MS }, clock.at, signal)
  expect(series.values[0]).toBeCloseTo(slotPrice(clock.at), 10)
  expect(series.values.findIndex(Number.isNaN)).toBe((DAY.to - clock.at) / SLOT_MS)
  expect(server.asked[0]?.url.pathname).toBe('/CO2EmisProg')
  expect(server.asked[0]?.url.searchParams.get('filter')).toBe('{"PriceArea":["DK1"]}')
})

it('asks Fingrid for what was, its key in a header and not in the address', async () => {
  const { live, clock, server } = await start('fingrid', 'FI', ({ url }) => ({
    status: 200,
    type: 'application/json',
    body: fingridAnswer({
      from: Date.parse(url.searchParams.get('startTime')!),
      to: Date.UTC(2026, 0, 15, 10),
    }),
  }))
  const { series } = await live.read(
    { from: clock.at - 2 * HOUR_MS, to: clock.at + HOUR_MS },
    clock.at,
    signal,
  )
  expect([...series.values].map((value, k) => value - slotPrice(series.start + k * SLOT_MS))).toEqual([
    ...new Array(8).fill(expect.closeTo(0, 9)),
    ...new Array(4).fill(Number.NaN),
  ])
  expect(server.asked).toHaveLength(1)
  const [asked] = server.asked
  expect(asked?.headers['x-api-key']).toBe('hush')
  expect(asked?.url.href).not.toContain('hush')
  expect(asked?.url.pathname).toBe('/datasets/265/data')
})

it.each([
  { name: 'energi-data-service', zone: 'DK1', kind: 'forecast' },
  { name: 'fingrid', zone: 'FI', kind: 'estimated' },
] as const)('says of $name that it is $kind', async ({ name, zone, kind }) => {
  const window = { from: DAY.from - HOUR_MS, to: DAY.to }
  const body = name === 'fingrid' ? fingridAnswer(window) : energiDataCo2Answer(window, zone)
  const { source, clock } = await start(name, zone, { status: 200, type: 'application/json', body })
  const told = await source.co2({ from: clock.at - HOUR_MS, to: clock.at + HOUR_MS }, clock.at, signal)
  expect(told.provenance).toMatchObject({ source: `${name}:${zone}`, kind })
  expect(told.values[0]).toBeCloseTo(slotPrice(clock.at - HOUR_MS), 9)
})

it('lives on its last answer for two days, on the slots that are asked for, and then is silent', async () => {
  let isAway = false
  const values = Float64Array.of(80, 90, 100, 110)
  const provenance = { source: 'grid', kind: 'estimated', issuedAt: DAY.from } as const
  const grid = {
    co2: () =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve({ start: DAY.from, values, provenance }),
  }
  const told: unknown[] = []
  const source = withCo2Fallback([{ name: 'grid', source: grid }], { onChange: (lost) => told.push(lost) })
  const hour = { from: DAY.from, to: DAY.from + HOUR_MS }
  await source.co2(hour, hour.from, signal)
  isAway = true
  const later = { from: DAY.from + 2 * SLOT_MS, to: DAY.from + HOUR_MS + SLOT_MS }
  const kept = await source.co2(later, hour.from + HOUR_MS, signal)
  expect([...kept.values]).toEqual([100, 110, Number.NaN])
  expect(kept.provenance.standsInFor).toContain('away')
  expect(told.filter(Boolean)).toHaveLength(1)
  await expect(source.co2(hour, hour.from + 3 * DAY_MS, signal)).rejects.toThrow('away')
})
