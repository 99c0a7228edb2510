import { expect, it, onTestFinished } from 'vitest'
import { syntheticWeather } from '../../../../src/adapters/synthetic/synthetic-weather.ts'
import { completeWeather } from '../../../../src/adapters/weather/complete-weather.ts'
import { sunFromCloud } from '../../../../src/adapters/weather/sun-from-cloud.ts'
import { cutWeather, rememberWeather } from '../../../../src/adapters/weather/weather-memory.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { WeatherSeries } from '../../../../src/core/domain/series.ts'
import type { WeatherTruth } from '../../../../src/core/domain/weather-truth.ts'
import { metnoDocument } from '../../../fixtures/weather/documents.ts'
import { startLiveService } from '../../../fixtures/weather/live-service.ts'

const NOW = Date.UTC(2026, 0, 15, 10)
const provenance = { source: 'test', kind: 'forecast', issuedAt: NOW } as const
const gap = Number.NaN

function series(start: number, outdoorC: readonly number[]): WeatherSeries {
  const values = Float64Array.from(outdoorC)
  return { start, outdoorC: values, solarWm2: values.map(() => 10), windMs: values.map(() => 3), provenance }
}

const steady: WeatherTruth = {
  weatherAt: () => ({ outdoorC: 5, solarWm2: 50, windMs: 1 }),
  clearSkyWm2: () => 400,
}

it('draws its line over a gap as the stand-in goes, from edge to edge', () => {
  const completed = completeWeather(series(NOW, [-1, gap, gap, 2]), steady)
  expect([...completed.outdoorC].map((value) => Number(value.toFixed(9)))).toEqual([-1, 0, 1, 2])
  expect(completed.provenance.source).toBe('test, gaps in outdoorC synthetic')
})

it('comes back to the stand-in slowly behind the last known slot and before the first', () => {
  const { outdoorC } = completeWeather(series(NOW, [gap, -5, ...new Array(6 * 96).fill(gap)]), steady)
  expect(outdoorC[0]).toBeCloseTo(-5, 0)
  expect(outdoorC[2]).toBeCloseTo(-5, 0)
  expect(outdoorC[96]).toBeGreaterThan(-2)
  expect(outdoorC.at(-1)).toBeGreaterThan(4)
  expect(outdoorC.at(-1)).toBeLessThan(5)
})

it('is handed on as it came where nothing is missing', () => {
  const whole = series(NOW, [1, 2, 3])
  expect(completeWeather(whole, steady)).toBe(whole)
})

it('takes sun and wind of the stand-in as they are', () => {
  const dark = { ...series(NOW, [0, 0]), solarWm2: Float64Array.of(20, gap), windMs: Float64Array.of(gap, 2) }
  const { solarWm2, windMs, provenance: said } = completeWeather(dark, steady)
  expect([[...solarWm2], [...windMs]]).toEqual([
    [20, 50],
    [1, 2],
  ])
  expect(said.source).toBe('test, gaps in solarWm2, windMs synthetic')
})

it.each([
  { cloud: 0, wm2: 400 },
  { cloud: 0.5, wm2: 371.58 },
  { cloud: 1, wm2: 100 },
  { cloud: gap, wm2: gap },
])('lets $wm2 of 400 W/m² through $cloud of clouds', ({ cloud, wm2 }) => {
  const [through] = sunFromCloud(NOW, Float64Array.of(cloud), () => 400)
  if (Number.isNaN(wm2)) expect(through).toBeNaN()
  else expect(through).toBeCloseTo(wm2, 2)
})

it('remembers what the older forecast said of hours that the newer one has left behind', () => {
  const merged = rememberWeather(series(NOW, [1, 2, 3, 4]), series(NOW + 2 * SLOT_MS, [30, 40, 50]), NOW)
  expect(merged.start).toBe(NOW)
  expect([...merged.outdoorC]).toEqual([1, 2, 30, 40, 50])
})

it('forgets what is older than two days, and leaves what nobody said open', () => {
  const later = NOW + 5 * DAY_MS
  const merged = rememberWeather(series(NOW, [1, 2, 3, 4]), series(later, [5]), later)
  expect(merged.start).toBe(later - 2 * DAY_MS)
  expect(merged.outdoorC).toHaveLength(2 * 96 + 1)
  expect([...merged.outdoorC.slice(0, -1)].every(Number.isNaN)).toBe(true)
})

it('cuts any window out of a series', () => {
  const cut = cutWeather(series(NOW, [1, 2, 3]), { from: NOW - SLOT_MS, to: NOW + 2 * SLOT_MS })
  expect([...cut.outdoorC]).toEqual([gap, 1, 2])
})

it('answers from MET Norway with an estimate of the sun from its clouds, no more than a clear sky gives', async () => {
  const body = metnoDocument({ start: NOW, outdoorC: new Array(25).fill(-3) })
  const { source, stop } = await startLiveService('met-norway', [
    { status: 200, type: 'application/json', body },
  ])
  onTestFinished(stop)
  const sky = syntheticWeather({ seed: 1, latitude: 61.0587, longitude: 28.1887 })
  const { solarWm2, provenance: said } = await source.weather(
    { from: NOW, to: NOW + 6 * HOUR_MS },
    NOW,
    new AbortController().signal,
  )
  expect(said).toEqual({
    source: 'met-norway, sun estimated from its clouds',
    kind: 'forecast',
    issuedAt: NOW,
  })
  for (const [k, wm2] of solarWm2.entries()) {
    const clearWm2 = sky.clearSkyWm2(NOW + (k + 0.5) * SLOT_MS)
    expect(wm2).toBeCloseTo(clearWm2 * (1 - 0.75 * Math.exp(3.4 * Math.log(0.5))), 0)
  }
  expect(Math.max(...solarWm2)).toBeGreaterThan(20)
})
