import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS, SLOT_MS } from '../../../../src/core/domain/instant.ts'
import { drawCalls, meanOutdoorC } from '../../../../src/replay/orders/draw-calls.ts'

const START = Date.parse('2024-01-15T00:00:00+02:00')
const DAYS = 30
const weather = {
  start: START - DAY_MS,
  outdoorC: Float64Array.from({ length: (DAYS + 2) * 96 }, (_, k) => -6 + 14 * Math.sin(k / 150)),
}
const terms = {
  count: 20,
  hours: 2,
  everyHours: 33,
  noticeMinutes: [180, 10],
  coldestC: -15,
  warmestC: 5,
}
const draw = (seed: number, change: Partial<typeof terms> = {}) =>
  drawCalls({ ...terms, ...change }, { seed, start: START, days: DAYS }, weather)

describe('drawn calls', () => {
  it('are the same for the same seed and others for another', () => {
    expect(draw(3)).toEqual(draw(3))
    expect(draw(4)).not.toEqual(draw(3))
  })

  it('begin at quarter-hours, last as long as asked and come with a notice of those given', () => {
    const calls = draw(5)
    expect(calls.length).toBeGreaterThan(10)
    for (const { announcedAt, from, until } of calls) {
      expect(from % SLOT_MS).toBe(0)
      expect(until - from).toBe(2 * HOUR_MS)
      expect([180, 10]).toContain((from - announcedAt) / MINUTE_MS)
    }
    expect(new Set(calls.map(({ announcedAt, from }) => from - announcedAt)).size).toBe(2)
  })

  it('leave each other a day, and the beginning to settle', () => {
    const calls = draw(6)
    expect(calls[0]!.from - START).toBeGreaterThanOrEqual(DAY_MS + 3 * HOUR_MS)
    for (const [i, { from }] of calls.entries()) {
      if (i > 0) expect(from - calls[i - 1]!.until).toBeGreaterThanOrEqual(DAY_MS)
    }
    expect(calls.at(-1)!.until).toBeLessThanOrEqual(START + DAYS * DAY_MS - DAY_MS)
  })

  it('come in the weather that is wanted, or not at all', () => {
    for (const { from, until } of draw(7)) {
      expect(meanOutdoorC(weather, from, until)).toBeGreaterThanOrEqual(-15)
      expect(meanOutdoorC(weather, from, until)).toBeLessThanOrEqual(5)
    }
    expect(draw(7, { coldestC: 30, warmestC: 40 })).toEqual([])
  })
})
