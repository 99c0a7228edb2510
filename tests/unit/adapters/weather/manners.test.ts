import { expect, it, onTestFinished } from 'vitest'
import { WEATHER_SERVICES } from '../../../../src/adapters/weather/providers.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import { fineReply, startLiveService } from '../../../fixtures/weather/live-service.ts'
import type { ReplyOrRule } from '../../../fixtures/web/scripted-server.ts'

const NOW = Date.UTC(2026, 0, 15, 10)
const signal = new AbortController().signal
const httpDate = (at: number) => new Date(at).toUTCString()

async function start(name: (typeof WEATHER_SERVICES)[number], ...replies: ReplyOrRule[]) {
  const live = await startLiveService(name, replies)
  onTestFinished(live.stop)
  const ask = () =>
    live.source.weather({ from: live.clock.at, to: live.clock.at + DAY_MS }, live.clock.at, signal)
  return { ...live, ask }
}

it.each([
  { name: 'met-norway', query: 'lat=61.0587&lon=28.1887' },
  {
    name: 'open-meteo',
    query:
      'latitude=61.0587&longitude=28.1887&hourly=temperature_2m%2Cshortwave_radiation%2Cwind_speed_10m%2Ccloud_cover' +
      '&timeformat=unixtime&timezone=GMT&wind_speed_unit=ms&past_days=1&forecast_days=6',
  },
  {
    name: 'fmi',
    query:
      'service=WFS&version=2.0.0&request=getFeature' +
      '&storedquery_id=fmi%3A%3Aforecast%3A%3Aharmonie%3A%3Asurface%3A%3Apoint%3A%3Amultipointcoverage' +
      '&latlon=61.0587%2C28.1887&parameters=Temperature%2CWindSpeedMS%2CTotalCloudCover%2CRadiationGlobalAccumulation' +
      '&timestep=60&starttime=2026-01-15T10%3A00%3A00Z&endtime=2026-01-17T22%3A00%3A00Z',
  },
  {
    name: 'dmi',
    query:
      'coords=POINT%2828.1887+61.0587%29&crs=crs84' +
      '&parameter-name=temperature-2m%2Cwind-speed-10m%2Cfraction-of-cloud-cover%2Cglobal-radiation-flux&f=CoverageJSON',
  },
] as const)('asks $name for the place to four decimals, and says who asks', async ({ name, query }) => {
  const { ask, server } = await start(name, fineReply(name, NOW))
  await ask()
  expect(server.asked).toHaveLength(1)
  const [asked] = server.asked
  expect(asked?.url.search).toBe(`?${query}`)
  expect(asked?.url.search).not.toMatch(/\.\d{5}/)
  expect(asked?.headers['user-agent']).toBe('heatflex/0.0.0 (test@example.org)')
})

it.each(WEATHER_SERVICES)('asks %s no more often than it likes, turn by turn over a day', async (name) => {
  const expiresIn = (at: number) => ({ date: httpDate(at), expires: httpDate(at + 32 * MINUTE_MS) })
  const { ask, server, clock } = await start(name, () => fineReply(name, clock.at, expiresIn(clock.at)))
  for (let turn = 0; turn < 96; turn++) {
    clock.at = NOW + turn * 15 * MINUTE_MS + 20_000
    await ask()
  }
  expect(server.asked.length).toBeLessThanOrEqual(name === 'met-norway' ? 32 : 24)
  expect(server.asked.length).toBeGreaterThan(16)
})

it('asks MET Norway again only after what it called fresh has expired, with the very string of its last change', async () => {
  const lastModified = 'Thu, 15 Jan 2026 09:47:11 GMT'
  const headers = {
    'last-modified': lastModified,
    date: httpDate(NOW),
    expires: httpDate(NOW + 32 * MINUTE_MS),
  }
  const { ask, server, clock } = await start('met-norway', fineReply('met-norway', NOW, headers), {
    status: 304,
    headers: { date: httpDate(NOW + 40 * MINUTE_MS), expires: httpDate(NOW + 75 * MINUTE_MS) },
  })
  const first = await ask()
  clock.at = NOW + 31 * MINUTE_MS
  await ask()
  expect(server.asked).toHaveLength(1)
  clock.at = NOW + 40 * MINUTE_MS
  const renewed = await ask()
  expect(server.asked).toHaveLength(2)
  expect(server.asked[1]?.headers['if-modified-since']).toBe(lastModified)
  expect(renewed.outdoorC[0]).toBe(first.outdoorC[2])
  clock.at = NOW + 74 * MINUTE_MS
  await ask()
  expect(server.asked).toHaveLength(2)
})

it('does not ask again and again where an answer calls itself expired', async () => {
  const headers = { date: httpDate(NOW), expires: httpDate(NOW - DAY_MS) }
  const { ask, server, clock } = await start('met-norway', fineReply('met-norway', NOW, headers))
  for (const minutes of [0, 1, 5, 9]) {
    clock.at = NOW + minutes * MINUTE_MS
    await ask()
  }
  expect(server.asked).toHaveLength(1)
})

it('leaves the full hour to others as long as it has an answer of late', async () => {
  const { ask, server, clock } = await start('open-meteo', () => fineReply('open-meteo', NOW))
  const asksAt = async (at: number) => {
    clock.at = at
    const before = server.asked.length
    await ask()
    return server.asked.length - before
  }
  expect(await asksAt(NOW + 10 * MINUTE_MS)).toBe(1)
  expect(await asksAt(NOW + 2 * HOUR_MS + 20_000)).toBe(0)
  expect(await asksAt(NOW + 2 * HOUR_MS + 15 * MINUTE_MS)).toBe(1)
  expect(await asksAt(NOW + 6 * HOUR_MS)).toBe(1)
})

it('notes once that a version of the service ends, and uses what it says', async () => {
  const fine = fineReply('met-norway', NOW)
  const { ask, notes, clock } = await start('met-norway', { ...fine, status: 203 })
  const { outdoorC } = await ask()
  clock.at += 2 * HOUR_MS + 15 * MINUTE_MS
  await ask()
  expect(outdoorC[0]).toBe(-10)
  expect(notes).toEqual([{ kind: 'deprecated' }])
})
