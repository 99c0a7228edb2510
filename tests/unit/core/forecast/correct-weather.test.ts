import { describe, expect, it } from 'vitest'
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
  const { outdoorC } = correctWeather(weather, { reading: { at: NOW, outdoorC: -12 } }, NOW)
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
  expect([...correctWeather(weather, { reading }, NOW).outdoorC]).toEqual([...weather.outdoorC])
})

it('believes a sensor in the sun no further than five kelvin', () => {
  expect(correctWeather(weather, { reading: { at: NOW, outdoorC: 25 } }, NOW).outdoorC[4]).toBeCloseTo(-5)
})

describe('with what was learned at the place', () => {
  // At night 2 K colder than forecast, by day 1 K warmer; a day ahead half a kelvin more.
  const cells = (means: readonly number[]) => Float64Array.from(means.flatMap((mean) => [mean, 0, 14]))
  const local = {
    learnedHour: 0,
    byHour: cells(Array.from({ length: 24 }, (_, hour) => (hour < 8 ? -2 : 1))),
    byLead: cells([0, 0, 0, 0.5, 0.5, 0.5]),
  }
  const slotAt = (at: number) => Math.round((at - weather.start) / SLOT_MS)
  const corrected = (reading?: { at: number; outdoorC: number }) =>
    correctWeather(weather, { reading, local }, NOW).outdoorC

  it.each([
    { hoursAhead: 3, biasK: 1 },
    { hoursAhead: 16, biasK: -2 },
    { hoursAhead: 24, biasK: 1.5 },
    { hoursAhead: 40, biasK: -1.5 },
  ])('puts a forecast right by $biasK K $hoursAhead h ahead', ({ hoursAhead, biasK }) => {
    const slot = slotAt(NOW + hoursAhead * HOUR_MS)
    // Hours lean a little on their neighbours.
    expect(Math.abs((corrected()[slot] ?? 0) + 10 - biasK)).toBeLessThan(0.6)
    expect(Math.sign((corrected()[slot] ?? 0) + 10)).toBe(Math.sign(biasK))
  })

  it('fades from what is measured now to what is usual then, not to the forecast', () => {
    const outdoorC = corrected({ at: NOW, outdoorC: -6 })
    expect(outdoorC[slotAt(NOW)]).toBeCloseTo(-6)
    expect(outdoorC[slotAt(NOW + 40 * HOUR_MS)]).toBeCloseTo(corrected()[slotAt(NOW + 40 * HOUR_MS)] ?? 0, 1)
  })

  it('leaves what is past alone', () => {
    expect([...corrected().slice(0, slotAt(NOW) - 1)].every((value) => value === -10)).toBe(true)
  })
})
