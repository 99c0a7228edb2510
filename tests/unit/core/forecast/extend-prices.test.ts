import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import { localMidnight, localTime } from '../../../../src/core/domain/local-time.ts'
import type { PriceSeries } from '../../../../src/core/domain/series.ts'
import { extendPrices } from '../../../../src/core/forecast/extend-prices.ts'

const ZONE = 'Europe/Helsinki'
const provenance = { source: 'csv:x.csv', kind: 'measured', issuedAt: 0 } as const
const isWeekend = (at: number) => localTime(at, ZONE).weekday >= 5
/** Dear on workday mornings by the clock on the wall. */
const shaped = (at: number) => {
  const { hour } = localTime(at, ZONE)
  return hour >= 7 && hour < 9 && !isWeekend(at) ? 120 : 40
}

/** Eight days of prices up to `end`, then nothing for three more. */
function knownUntil(end: number, price: (at: number) => number): PriceSeries {
  const start = end - 8 * DAY_MS
  const values = Float64Array.from({ length: 11 * 96 }, (_, k) => {
    const at = start + k * SLOT_MS
    return at < end ? price(at) : Number.NaN
  })
  return { start, values, provenance }
}
const THURSDAY = localMidnight(Date.parse('2024-01-18T12:00:00Z'), ZONE)

it('keeps what is published and marks where estimates begin', () => {
  const known = knownUntil(THURSDAY, shaped)
  const { eurPerMwh, knownUntil: edge, start } = extendPrices(known, window(THURSDAY, 6), ZONE)
  expect(edge).toBe(THURSDAY)
  expect(start).toBe(THURSDAY - 6 * HOUR_MS)
  for (let k = 0; k < 24; k++) expect(eurPerMwh[k]).toBe(shaped(start + k * SLOT_MS))
  expect(eurPerMwh).toHaveLength(48 * 4)
  expect(eurPerMwh.some(Number.isNaN)).toBe(false)
})

function window(end: number, hoursKnown: number) {
  const from = end - hoursKnown * HOUR_MS
  return { from, to: from + 48 * HOUR_MS }
}

it.each([
  { what: 'an ordinary night', end: THURSDAY },
  { what: 'the night of 23 hours', end: localMidnight(Date.parse('2024-03-31T12:00:00Z'), ZONE) },
  { what: 'the night of 25 hours', end: localMidnight(Date.parse('2024-10-27T12:00:00Z'), ZONE) },
  { what: 'the day after 23 hours', end: localMidnight(Date.parse('2024-04-01T12:00:00Z'), ZONE) },
  { what: 'the day after 25 hours', end: localMidnight(Date.parse('2024-10-28T12:00:00Z'), ZONE) },
])('expects the morning peak at the hour on the wall after $what', ({ end }) => {
  const { eurPerMwh, start } = extendPrices(
    knownUntil(end, shaped),
    { from: end, to: end + 47 * HOUR_MS },
    ZONE,
  )
  const peak = eurPerMwh.indexOf(Math.max(...eurPerMwh))
  const { hour } = localTime(start + peak * SLOT_MS, ZONE)
  expect(hour).toBe(7)
})

it('expects the workday peak again on the Monday after a weekend', () => {
  const monday = THURSDAY + 4 * DAY_MS
  const { eurPerMwh } = extendPrices(knownUntil(monday, shaped), window(monday, 0), ZONE)
  expect(eurPerMwh[8 * 4]).toBe(120)
})

it('does not expect yesterday’s spike of 2000 again', () => {
  const spiky = (at: number) => (at >= THURSDAY - DAY_MS && shaped(at) === 120 ? 2000 : shaped(at))
  const { eurPerMwh } = extendPrices(knownUntil(THURSDAY, spiky), window(THURSDAY, 0), ZONE)
  expect(Math.max(...eurPerMwh)).toBeLessThan(200)
  expect(Math.max(...eurPerMwh)).toBe(120)
})

it('expects negative nights where nights were negative', () => {
  const windy = (at: number) => (localTime(at, ZONE).hour < 5 ? -12 : 30)
  const { eurPerMwh } = extendPrices(knownUntil(THURSDAY, windy), window(THURSDAY, 0), ZONE)
  expect(eurPerMwh[8]).toBeCloseTo(-12)
})

it('bridges and names a gap inside what is published', () => {
  const gap = [THURSDAY - 4 * SLOT_MS, THURSDAY - 3 * SLOT_MS]
  const holed = (at: number) => (gap.includes(at) ? Number.NaN : at < THURSDAY - 3 * SLOT_MS ? 10 : 40)
  const { eurPerMwh, bridged } = extendPrices(knownUntil(THURSDAY, holed), window(THURSDAY, 3), ZONE)
  expect(bridged).toEqual(gap)
  expect([...eurPerMwh.slice(7, 11)].map(Math.round)).toEqual([10, 20, 30, 40])
})

it.each([{ hours: 48 }, { hours: 96 }])(
  'has a price for each of $hours hours though none was ever seen',
  ({ hours }) => {
    const known = { start: THURSDAY, values: new Float64Array(96).fill(Number.NaN), provenance }
    const { eurPerMwh, knownUntil: edge } = extendPrices(
      known,
      { from: THURSDAY, to: THURSDAY + hours * HOUR_MS },
      ZONE,
    )
    expect(eurPerMwh).toHaveLength(hours * 4)
    expect(new Set(eurPerMwh).size).toBe(1)
    expect(edge).toBe(THURSDAY)
  },
)

it('has nothing to estimate where all is published', () => {
  const known = knownUntil(THURSDAY + 2 * DAY_MS, shaped)
  const result = extendPrices(known, window(THURSDAY, 0), ZONE)
  expect(result.knownUntil).toBe(THURSDAY + 2 * DAY_MS)
  expect(result.bridged).toEqual([])
})

it('takes the forecast as far as it reaches, then the profile, and says where prices are expected', () => {
  const slots = 96
  const forecast = {
    start: THURSDAY,
    eurPerMwh: new Float64Array(slots).fill(77),
    lowEurPerMwh: new Float64Array(slots).fill(60),
    highEurPerMwh: new Float64Array(slots).fill(110),
  }
  const known = knownUntil(THURSDAY, shaped)
  const result = extendPrices(known, window(THURSDAY, 6), ZONE, forecast)
  const at = (k: number) => [result.lowEurPerMwh[k], result.eurPerMwh[k], result.highEurPerMwh[k]]
  expect(at(23)).toEqual([Number.NaN, shaped(THURSDAY - SLOT_MS), Number.NaN])
  expect(at(24)).toEqual([60, 77, 110])
  expect(at(24 + slots - 1)).toEqual([60, 77, 110])
  expect(at(24 + slots)).toEqual([Number.NaN, 40, Number.NaN])
  expect(result.beyond).toBe('forecast')
  expect(extendPrices(known, window(THURSDAY, 6), ZONE).beyond).toBe('profile')
})
