import { expect, it } from 'vitest'
import { HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { WeatherSeries } from '../../../../src/core/domain/series.ts'
import { correctWeather } from '../../../../src/core/forecast/correct-weather.ts'

const NOW = Date.parse('2024-01-05T12:00:00Z')
const weather: WeatherSeries = {
  start: NOW - HOUR_MS,
  outdoorC: new Float64Array(200).fill(-10),
  solarWm2: new Float64Array(200),
  windMs: new Float64Array(200),
  provenance: { source: 'x', kind: 'forecast', issuedAt: NOW },
}

it('leans on the own sensor now and on the forecast tomorrow', () => {
  const { outdoorC } = correctWeather(weather, { at: NOW, outdoorC: -12 }, NOW)
  expect(outdoorC[4]).toBeCloseTo(-12)
  expect(outdoorC[4 + 24]).toBeCloseTo(-10 - 2 * Math.exp(-1))
  expect(outdoorC[4 + 96]).toBeCloseTo(-10, 1)
  for (let k = 5; k < 200; k++) expect(outdoorC[k]).toBeGreaterThan(outdoorC[k - 1] ?? 0)
})

it.each([
  { what: 'no reading', reading: undefined },
  { what: 'a reading of NaN', reading: { at: NOW, outdoorC: Number.NaN } },
  { what: 'a reading of two hours ago', reading: { at: NOW - 2 * HOUR_MS, outdoorC: -30 } },
  { what: 'a reading from before the forecast', reading: { at: NOW - HOUR_MS - 2 * SLOT_MS, outdoorC: -30 } },
])('takes the forecast as it is after $what', ({ reading }) => {
  expect([...correctWeather(weather, reading, NOW).outdoorC]).toEqual([...weather.outdoorC])
})

it('believes a sensor in the sun no further than five kelvin', () => {
  expect(correctWeather(weather, { at: NOW, outdoorC: 25 }, NOW).outdoorC[4]).toBeCloseTo(-5)
})
