import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import type { Co2Series } from '../../../../src/core/domain/series.ts'
import { extendCo2 } from '../../../../src/core/forecast/extend-co2.ts'

const NOW = Date.UTC(2026, 0, 14, 12)
const timeZone = 'UTC'
const window = { from: NOW, to: NOW + 2 * DAY_MS }

/** Three days of the past and as far ahead as told: 100 by day, 40 by night. */
function told(until: number): Co2Series {
  const start = NOW - 3 * DAY_MS
  const values = Float64Array.from({ length: (window.to - start) / SLOT_MS }, (_, k) => {
    const at = start + k * SLOT_MS
    const hour = (at % DAY_MS) / HOUR_MS
    return at >= until ? Number.NaN : hour >= 6 && hour < 22 ? 100 : 40
  })
  return { start, values, provenance: { source: 'grid', kind: 'estimated', issuedAt: NOW } }
}

it('goes on by the hours of the days before where nobody tells', () => {
  const { gPerKwh, knownUntil } = extendCo2(told(NOW), window, timeZone)
  expect(knownUntil).toBe(NOW)
  expect(gPerKwh).toHaveLength(192)
  expect([gPerKwh[0], gPerKwh[4 * 12], gPerKwh[4 * 20]]).toEqual(
    [100, 40, 100].map((g) => expect.closeTo(g, 9)),
  )
})

it('keeps what is told', () => {
  const { gPerKwh, knownUntil } = extendCo2(told(NOW + 6 * HOUR_MS), window, timeZone)
  expect(knownUntil).toBe(NOW + 6 * HOUR_MS)
  expect(gPerKwh.subarray(0, 24)).toEqual(new Float64Array(24).fill(100))
})

it('believes yesterday more than the day before', () => {
  const series = told(NOW)
  const values = series.values.map((g, k) => (k < 96 ? 700 : g))
  const [first] = extendCo2({ ...series, values }, window, timeZone).gPerKwh
  expect(first).toBeGreaterThan(100)
  expect(first).toBeLessThan(300)
})

it('knows nothing where nothing was ever told', () => {
  const { gPerKwh } = extendCo2(told(0), window, timeZone)
  expect(gPerKwh.every(Number.isNaN)).toBe(true)
})
