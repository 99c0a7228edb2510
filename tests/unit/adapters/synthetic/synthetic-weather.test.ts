import { getPosition } from 'suncalc'
import { expect, it } from 'vitest'
import { clearSkyWm2, sineOfSunHeight } from '../../../../src/adapters/synthetic/sun.ts'
import { syntheticWeather } from '../../../../src/adapters/synthetic/synthetic-weather.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'

const PLACE = { latitude: 61.06, longitude: 28.19 }
const SEEDS = [1, 2, 3, 4, 5, 6]
const { signal } = new AbortController()

function hourly(seed: number, from: number, days: number): number[] {
  const { weatherAt } = syntheticWeather({ seed })
  return Array.from({ length: days * 24 }, (_, h) => weatherAt(from + h * HOUR_MS).outdoorC)
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

it.each([
  { month: 0, days: 31, expectedC: -5.9 },
  { month: 1, days: 28, expectedC: -10.3 },
  { month: 3, days: 30, expectedC: 3.8 },
  { month: 6, days: 31, expectedC: 21.2 },
  { month: 8, days: 30, expectedC: 8.5 },
])('has the mean of Lappeenranta in month $month: $expectedC °C', ({ month, days, expectedC }) => {
  const years = Array.from({ length: 40 }, (_, seed) => hourly(seed, Date.UTC(2020 + seed, month, 1), days))
  // A month's own mean strays by some 3 K in winter; that of forty by half a kelvin.
  expect(Math.abs(mean(years.flat()) - expectedC)).toBeLessThan(1.2)
})

it('brings cold snaps of −26 °C in some winters, and no cold that Finland has never seen', () => {
  const coldest = SEEDS.map((seed) => Math.min(...hourly(seed, Date.UTC(2023, 11, 1), 90)))
  expect(Math.min(...coldest)).toBeLessThan(-26)
  expect(Math.min(...coldest)).toBeGreaterThan(-42)
  expect(Math.max(...coldest)).toBeLessThan(-12)
})

it('changes by a few kelvin an hour at most, as air does', () => {
  const winter = hourly(3, Date.UTC(2024, 0, 1), 60)
  const steps = winter.slice(1).map((c, h) => Math.abs(c - (winter[h] ?? 0)))
  expect(Math.max(...steps)).toBeLessThan(4)
  expect(mean(steps)).toBeGreaterThan(0.05)
})

it.each([
  '2024-01-05T10:00:00Z',
  '2024-03-20T06:00:00Z',
  '2024-06-21T02:30:00Z',
  '2024-06-21T10:10:00Z',
  '2024-11-03T13:00:00Z',
])('knows where the sun stands at %s', (iso) => {
  const at = Date.parse(iso)
  const { altitude } = getPosition(new Date(at), PLACE.latitude, PLACE.longitude)
  const oursDegrees = (Math.asin(sineOfSunHeight(at, PLACE)) * 180) / Math.PI
  // The library answers in degrees or in radians, by version; the sun is never under two degrees at these times.
  const theirsDegrees = Math.abs(altitude) < 1 ? (altitude * 180) / Math.PI : altitude
  expect(Math.abs(oursDegrees - theirsDegrees)).toBeLessThan(0.6)
})

it('has no sun at night, little in January, and never more than a clear sky gives', () => {
  const { weatherAt } = syntheticWeather({ seed: 4 })
  for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2024, 0, 15); at += SLOT_MS) {
    const { solarWm2 } = weatherAt(at)
    expect(solarWm2).toBeGreaterThanOrEqual(0)
    expect(solarWm2).toBeLessThanOrEqual(clearSkyWm2(at, PLACE))
    expect(solarWm2).toBeLessThan(150)
  }
  expect(weatherAt(Date.parse('2024-01-05T21:00:00Z')).solarWm2).toBe(0)
})

it('tells the same past whenever it is asked, through any window', async () => {
  const source = syntheticWeather({ seed: 9 })
  const from = Date.UTC(2024, 0, 10)
  const asOf = from + 2 * DAY_MS
  const long = await source.weather({ from: from - DAY_MS, to: asOf }, asOf, signal)
  const short = await syntheticWeather({ seed: 9 }).weather(
    { from, to: from + HOUR_MS },
    asOf + DAY_MS,
    signal,
  )
  expect([...long.outdoorC.slice(96, 100)]).toEqual([...short.outdoorC])
  expect([...long.solarWm2.slice(96, 100)]).toEqual([...short.solarWm2])
  expect(short.provenance.kind).toBe('synthetic')
})

it('errs more about the days ahead than about the next hours, and differently in each issue', async () => {
  const from = Date.UTC(2024, 0, 10)
  const errors = { near: [] as number[], far: [] as number[] }
  for (let issue = 0; issue < 60; issue++) {
    const source = syntheticWeather({ seed: 9 })
    const asOf = from + issue * 6 * HOUR_MS
    const { outdoorC } = await source.weather({ from: asOf, to: asOf + 2 * DAY_MS }, asOf, signal)
    const errorK = (slot: number) => (outdoorC[slot] ?? 0) - source.weatherAt(asOf + slot * SLOT_MS).outdoorC
    errors.near.push(errorK(2))
    errors.far.push(errorK(160))
  }
  const spread = (values: number[]) => Math.sqrt(mean(values.map((value) => value * value)))
  expect(spread(errors.near)).toBeGreaterThan(0.7)
  expect(spread(errors.near)).toBeLessThan(1.7)
  expect(spread(errors.far)).toBeGreaterThan(1.1)
  expect(spread(errors.far)).toBeLessThan(2.4)
  expect(new Set(errors.near).size).toBe(60)
})
