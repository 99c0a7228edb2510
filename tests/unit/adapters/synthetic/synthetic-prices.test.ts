import { expect, it } from 'vitest'
import { syntheticPrices } from '../../../../src/adapters/synthetic/synthetic-prices.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'

const { signal } = new AbortController()

function slots(seed: number, from: number, to: number): number[] {
  const { priceAt } = syntheticPrices({ seed })
  return Array.from({ length: (to - from) / SLOT_MS }, (_, k) => priceAt(from + k * SLOT_MS))
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

it('costs what Nordic power costs: tens of euros, hundreds in spikes, below zero in storms', () => {
  const years = [1, 2, 3].flatMap((seed) => slots(seed, Date.UTC(2025, 9, 1), Date.UTC(2026, 3, 1)))
  const share = (is: (price: number) => boolean) => years.filter(is).length / years.length
  expect(mean(years)).toBeGreaterThan(35)
  expect(mean(years)).toBeLessThan(90)
  expect(share((price) => price < 0)).toBeGreaterThan(0.02)
  expect(share((price) => price < 0)).toBeLessThan(0.15)
  expect(Math.max(...years)).toBeGreaterThan(400)
  expect(share((price) => price > 1000)).toBeLessThan(0.002)
})

it('is dear on workday mornings and evenings, cheap at night, cheaper at weekends', () => {
  const { priceAt } = syntheticPrices({ seed: 2 })
  const at = (weekday: number, hour: number) =>
    mean(
      Array.from({ length: 20 }, (_, week) =>
        // 6 October 2025 was a Monday; local time is UTC+2 from the end of October on.
        priceAt(Date.UTC(2025, 10, 3) + (week * 7 + weekday) * DAY_MS + (hour - 2) * HOUR_MS),
      ),
    )
  expect(at(1, 8)).toBeGreaterThan(1.3 * at(1, 3))
  expect(at(1, 18)).toBeGreaterThan(1.3 * at(1, 13))
  expect(at(6, 8)).toBeLessThan(at(1, 8))
})

it('is dearer in frost than in a thaw', () => {
  const still = (outdoorC: number) => ({
    weatherAt: () => ({ outdoorC, solarWm2: 0, windMs: 3 }),
    clearSkyWm2: () => 0,
  })
  const at = Date.UTC(2026, 0, 14, 16)
  const frost = syntheticPrices({ seed: 5, weather: still(-25) }).priceAt(at)
  expect(frost).toBeGreaterThan(1.5 * syntheticPrices({ seed: 5, weather: still(2) }).priceAt(at))
})

it('moves from quarter-hour to quarter-hour', () => {
  const day = slots(1, Date.UTC(2026, 0, 13, 5), Date.UTC(2026, 0, 13, 8))
  expect(new Set(day).size).toBe(12)
})

it.each([
  { asOf: '2026-01-13T11:59:00Z', knownUntil: '2026-01-13T23:00:00Z' },
  { asOf: '2026-01-13T12:00:00Z', knownUntil: '2026-01-14T23:00:00Z' },
  { asOf: '2026-01-13T22:59:00Z', knownUntil: '2026-01-14T23:00:00Z' },
  { asOf: '2026-01-13T23:00:00Z', knownUntil: '2026-01-14T23:00:00Z' },
])('knows prices until $knownUntil at $asOf', async ({ asOf, knownUntil }) => {
  const from = Date.parse('2026-01-13T00:00:00Z')
  const { start, values, provenance } = await syntheticPrices({ seed: 1 }).prices(
    { from, to: from + 3 * DAY_MS },
    Date.parse(asOf),
    signal,
  )
  const firstUnknown = values.findIndex((price) => Number.isNaN(price))
  expect(start + firstUnknown * SLOT_MS).toBe(Date.parse(knownUntil))
  expect(values.slice(firstUnknown).every((price) => Number.isNaN(price))).toBe(true)
  expect(provenance.kind).toBe('synthetic')
})

it('gives the same price to whoever asks, whenever', async () => {
  const from = Date.parse('2026-01-13T00:00:00Z')
  const window = { from, to: from + DAY_MS }
  const early = await syntheticPrices({ seed: 1 }).prices(window, from, signal)
  const late = await syntheticPrices({ seed: 1 }).prices(
    { ...window, from: from - DAY_MS },
    from + 9 * DAY_MS,
    signal,
  )
  expect([...early.values]).toEqual([...late.values.slice(96)].map((v, k) => (k < 92 ? v : Number.NaN)))
})
