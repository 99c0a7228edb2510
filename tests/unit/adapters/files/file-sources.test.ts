import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createFilePrices } from '../../../../src/adapters/files/file-prices.ts'
import { createFileWeather, fileWeatherTruth } from '../../../../src/adapters/files/file-weather.ts'
import { readNordpoolPredictFi } from '../../../../src/adapters/files/nordpool-predict-fi.ts'
import { readPricesFile, readWeatherFile } from '../../../../src/adapters/files/read-file.ts'
import { syntheticWeather } from '../../../../src/adapters/synthetic/synthetic-weather.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { PriceSeries, WeatherSeries } from '../../../../src/core/domain/series.ts'

const { signal } = new AbortController()
const START = Date.parse('2024-01-05T00:00:00Z')
const DAYS = 20
const provenance = { source: 'csv:x.csv', kind: 'measured', issuedAt: START } as const

const prices: PriceSeries = {
  start: START,
  values: Float64Array.from({ length: DAYS * 96 }, (_, k) => k - 50),
  provenance,
}
const weather: WeatherSeries = {
  start: START,
  outdoorC: Float64Array.from({ length: DAYS * 96 }, (_, k) => -10 + (k % 96) / 10),
  solarWm2: Float64Array.from({ length: DAYS * 96 }, (_, k) => (k % 96 > 40 && k % 96 < 56 ? 60 : 0)),
  windMs: new Float64Array(DAYS * 96).fill(4),
  provenance,
}

it.each([
  { asOf: '2024-01-06T11:59:59Z', knownUntil: '2024-01-06T23:00:00Z' },
  { asOf: '2024-01-06T12:00:00Z', knownUntil: '2024-01-07T23:00:00Z' },
])('at $asOf knows prices until $knownUntil', async ({ asOf, knownUntil }) => {
  const window = { from: START + DAY_MS, to: START + 4 * DAY_MS }
  const known = await createFilePrices(prices).prices(window, Date.parse(asOf), signal)
  known.values.forEach((value, k) => {
    const at = window.from + k * SLOT_MS
    if (at < Date.parse(knownUntil)) expect(value).toBe(96 + k - 50)
    else expect(value).toBeNaN()
  })
  expect(known.provenance.issuedAt).toBeLessThanOrEqual(Date.parse(asOf))
})

it.each([
  { day: '2024-03-31', hours: 23 },
  { day: '2024-10-27', hours: 25 },
  { day: '2024-11-05', hours: 24 },
])('publishes the $hours hours of the delivery day $day at once', async ({ day, hours }) => {
  const midday = Date.parse(`${day}T12:00:00Z`)
  const flat = { ...prices, start: midday - 3 * DAY_MS, values: new Float64Array(6 * 96).fill(40) }
  const window = { from: midday - 2 * DAY_MS, to: midday + 2 * DAY_MS }
  const count = async (asOf: number) =>
    (await createFilePrices(flat).prices(window, asOf, signal)).values.filter((value) => value === 40).length
  expect((await count(midday - DAY_MS + 2 * HOUR_MS)) - (await count(midday - DAY_MS - 3 * HOUR_MS))).toBe(
    hours * 4,
  )
})

it('knows no price before the file and after it', async () => {
  const before = await createFilePrices(prices).prices({ from: START - DAY_MS, to: START }, START, signal)
  expect(before.values).toHaveLength(96)
  expect(before.values.every(Number.isNaN)).toBe(true)
})

it('forecasts the file itself where forecasts are perfect, and measures before asOf where they are not', async () => {
  const asOf = START + 3 * DAY_MS
  const window = { from: asOf - DAY_MS, to: asOf + 2 * DAY_MS }
  const perfect = await createFileWeather(weather, { error: 'perfect', seed: 1 }).weather(
    window,
    asOf,
    signal,
  )
  expect([...perfect.outdoorC]).toEqual([...weather.outdoorC.slice(192, 192 + 288)])
  const wrong = await createFileWeather(weather, { error: 'high', seed: 1 }).weather(window, asOf, signal)
  expect([...wrong.outdoorC.slice(0, 96)]).toEqual([...perfect.outdoorC.slice(0, 96)])
  expect(wrong.outdoorC.slice(96).every((c, k) => c !== perfect.outdoorC[96 + k])).toBe(true)
  expect(wrong.provenance.kind).toBe('forecast')
})

it('never forecasts sun at night, a negative sun, or more than the brightest of the fortnight', async () => {
  const source = createFileWeather(weather, { error: 'high', seed: 3 })
  for (let day = 8; day < 12; day++) {
    const asOf = START + day * DAY_MS
    const { solarWm2 } = await source.weather({ from: asOf, to: asOf + 2 * DAY_MS }, asOf, signal)
    solarWm2.forEach((sun, k) => {
      expect(sun).toBeGreaterThanOrEqual(0)
      expect(sun).toBeLessThanOrEqual(weather.solarWm2[k % 96] === 0 ? 0 : 60)
    })
  }
})

it('keeps one forecast until the next issue, and another seed errs otherwise', async () => {
  const source = createFileWeather(weather, { error: 'medium', seed: 1 })
  const window = { from: START + 5 * DAY_MS, to: START + 6 * DAY_MS }
  const at = (hours: number) => source.weather(window, window.from - hours * HOUR_MS, signal)
  const [early, late, next] = [await at(23), await at(19), await at(17)]
  expect([...late.outdoorC]).toEqual([...early.outdoorC])
  expect([...next.outdoorC]).not.toEqual([...early.outdoorC])
  const other = createFileWeather(weather, { error: 'medium', seed: 2 })
  expect([...(await other.weather(window, window.from - 23 * HOUR_MS, signal)).outdoorC]).not.toEqual([
    ...early.outdoorC,
  ])
})

it('gives the weather between two slots', () => {
  const { weatherAt } = fileWeatherTruth(weather)
  expect(weatherAt(START + SLOT_MS / 2).outdoorC).toBeCloseTo(-9.95)
  expect(weatherAt(START - 1).outdoorC).toBeNaN()
})

const DUMP = '../shared/data/prices/FI_hourly_2023-01_2024-09_with_weather_wind_nuclear.csv'
const isThere = existsSync(DUMP)
const why = isThere ? '' : ` (skipped: ${DUMP} is not here)`

it.skipIf(!isThere)(`reads January 2024 out of the Finnish dump${why}`, async () => {
  const standIn = syntheticWeather({ seed: 1 })
  const read = await readPricesFile(DUMP, 'nordpool-predict-fi')
  const sky = await readWeatherFile(DUMP, 'nordpool-predict-fi', standIn)
  if (!read.ok || !sky.ok) throw new Error(JSON.stringify({ read, sky }).slice(0, 500))
  const slot = (iso: string) => (Date.parse(iso) - read.series.start) / SLOT_MS
  const fortnight = [slot('2024-01-01T00:00:00Z'), slot('2024-01-15T00:00:00Z')] as const
  expect(read.series.values[slot('2024-01-05T17:45:00Z')]).toBeCloseTo(2351.04)
  expect(Math.max(...read.series.values.slice(...fortnight))).toBeCloseTo(2351.04)
  expect(Math.min(...sky.series.outdoorC.slice(...fortnight))).toBeLessThan(-26)
  expect(sky.series.outdoorC[slot('2024-01-05T00:00:00Z')]).toBeCloseTo(-25.775)
  expect(read.series.values.slice(...fortnight).some(Number.isNaN)).toBe(false)
  expect(sky.series.provenance.source).toContain('synthetic solarWm2')
  expect(read.series.values.at(-1)).toBeNaN()
  expect(read.notes.some(({ message }) => /Price_cpkWh.*left empty/.test(message))).toBe(true)
})

it('takes the mean of the stations that answer', () => {
  const text = `timestamp,ws_1,t_1,t_2,Price_cpkWh\n2024-01-01 00:00:00+00:00,4,-10,-20,18.6\n2024-01-01 01:00:00+00:00,6,-12,,-0.5`
  const read = readNordpoolPredictFi(`${text}\n2024-01-01 02:00:00+00:00,6,-12,-14,1`, 'd.csv')
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  expect(read.prices.values[0]).toBeCloseTo(186)
  expect(read.prices.values[4]).toBeCloseTo(-5)
  expect(read.weather.outdoorC[0]).toBeCloseTo(-15)
  expect(readNordpoolPredictFi('timestamp,x\n2024-01-01 00:00:00Z,1', 'd.csv')).toMatchObject({ ok: false })
})
