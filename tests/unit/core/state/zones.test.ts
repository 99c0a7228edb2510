import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import { observe } from '../../../../src/core/state/observe.ts'
import { AIR, BRIEF, SLOW } from '../../../../src/core/thermal/filter.ts'
import { block, live, quarter, ripple, rooms, sampleAt, stateOf, worldOf } from './pretend.ts'

/** Three rooms as usual: 22.0, 21.5 and 20.5 °C. */
const usual = (k: number) => rooms(22 + ripple(k, 0), 21.5 + ripple(k, 1), 20.5 + ripple(k, 2))
const heated = (k: number) => ({ ...usual(k), spaceHeatKw: 60 })
const DAY = 96

/** A day as usual, then the coldest room shows what `c` says; the others go on. */
function then(count: number, c: (k: number) => number | undefined, others: (k: number) => number = () => 0) {
  const before = live(DAY, heated)
  const after = live(
    count,
    (k) => ({
      ...rooms(22 + ripple(k, 0) + others(k), 21.5 + ripple(k, 1) + others(k), c(k - DAY)),
      spaceHeatKw: 60,
    }),
    { from: before, first: DAY + 1 },
  )
  return { before, after }
}

describe('a zone that cannot be believed', () => {
  it.each([
    { what: 'out-of-range', count: 2, c: () => 4 },
    { what: 'jump', count: 2, c: () => 25 },
    { what: 'jump', count: 2, c: () => 12 },
    { what: 'window-open', count: 2, c: (k: number) => 20.5 - 0.7 * k },
    { what: 'silent', count: 6, c: () => undefined },
  ])('is called $what and does not move the estimate', ({ what, count, c }) => {
    const { before, after } = then(count, c)
    expect(stateOf(after, 2)).toBe(what)
    expect(stateOf(after, 0)).toBe('ok')
    expect(Math.abs(after.comfort.coldestC! - before.comfort.coldestC!)).toBeLessThan(0.3)
    expect(Math.abs(after.filter!.mean[AIR] - before.filter!.mean[AIR])).toBeLessThan(0.2)
  })

  it('is called stuck when it stands still while the others move, and is then not followed', () => {
    const { after } = then(
      60,
      () => 20.5,
      (k) => (k - DAY) / 40,
    )
    expect(stateOf(after, 2)).toBe('stuck')
    expect(after.comfort.coldestC! - 20.5).toBeGreaterThan(1)
  })

  it('is believed again as soon as it moves', () => {
    const { after } = then(
      62,
      (k) => (k > 60 ? 21.9 : 20.5),
      (k) => (k - DAY) / 40,
    )
    expect(stateOf(after, 2)).toBe('ok')
  })

  it('is not called stuck in a building where nothing moves', () => {
    expect(
      stateOf(
        live(3 * DAY, () => rooms(21, 21.5, 20.5)),
        2,
      ),
    ).toBe('ok')
  })

  it('is believed again when a jump is over', () => {
    const { after } = then(6, (k) => (k < 4 ? 26 : 20.6))
    expect(stateOf(after, 2)).toBe('ok')
  })

  it('is taken at its new value when a jump lasts, without moving the estimate', () => {
    const { before, after } = then(52, (k) => 24 + ripple(k, 0))
    expect(stateOf(after, 2)).toBe('ok')
    expect(Math.abs(after.filter!.mean[AIR] - before.filter!.mean[AIR])).toBeLessThan(1.2)
    const later = live(1, heated, { from: after, first: DAY + 53 })
    expect(Math.abs(later.filter!.mean[AIR] - after.filter!.mean[AIR])).toBeLessThan(0.3)
  })
})

describe('an open window', () => {
  it('is believed where the zone says so', () => {
    const belief = live(3, (k) => (k < 3 ? usual(k) : rooms(22, 21.5, { indoorC: 20.4, windowOpen: true })))
    expect(stateOf(belief, 2)).toBe('window-open')
  })

  it('lasts until the room has recovered', () => {
    const cold = then(3, () => 18.5).after
    expect(stateOf(cold, 2)).toBe('window-open')
    const warming = live(1, (k) => rooms(22 + ripple(k, 0), 21.5 + ripple(k, 1), 19.4), {
      from: cold,
      first: DAY + 4,
    })
    expect(stateOf(warming, 2)).toBe('window-open')
    const warm = live(1, (k) => rooms(22 + ripple(k, 0), 21.5 + ripple(k, 1), 20.2), {
      from: warming,
      first: DAY + 5,
    })
    expect(stateOf(warm, 2)).toBe('ok')
  })

  it('is a cold room after half a day, and counts again', () => {
    const { after } = then(52, (k) => (k < 2 ? 18.8 : 18.5 + ripple(k, 0)))
    expect(stateOf(after, 2)).toBe('ok')
  })

  it('is not what the whole building does at once', () => {
    const { after } = then(
      2,
      (k) => 20.5 - 0.7 * k,
      (k) => -0.7 * (k - DAY),
    )
    expect(after.zones.map((zone) => zone.state)).toEqual(['ok', 'ok', 'ok'])
    expect(after.comfort.coldestC).toBeLessThan(19.3)
  })

  it('is seen over half an hour in samples of a minute too', () => {
    let belief = live(DAY, usual)
    for (let m = 1; m <= 30; m++) {
      const at = quarter(DAY) + m * MINUTE_MS
      const c = Math.round((20.5 - m / 22) * 10) / 10
      belief = observe(belief, block, sampleAt(at, rooms(22, 21.5, c)), worldOf())
    }
    expect(stateOf(belief, 2)).toBe('window-open')
  })

  it('is not a slow fall', () => {
    const { after } = then(16, (k) => 20.5 - 0.1 * k)
    expect(stateOf(after, 2)).toBe('ok')
  })
})

describe('what the comfort zone is', () => {
  it('is the coldest of a few', () => {
    expect(live(1, () => rooms(21, 19.8, 22)).comfort).toEqual({
      coldestC: 19.8,
      lowestC: 19.8,
      meanC: (21 + 19.8 + 22) / 3,
      warmestC: 22,
      zones: 3,
    })
  })

  it.each([20.2, 19, 15])(
    'is not one dwelling at %d °C among nine alike, which is told apart',
    (outlierC) => {
      const zones = [outlierC, ...Array.from({ length: 9 }, () => 21.5)]
      const { coldestC, lowestC } = live(1, () => rooms(...zones)).comfort
      expect(lowestC).toBe(outlierC)
      expect(coldestC).toBeCloseTo(outlierC + 0.9 * (21.5 - outlierC), 6)
    },
  )

  it('is the 10th percentile of many', () => {
    const many = Array.from({ length: 21 }, (_, i) => 19 + i / 10)
    expect(live(1, () => rooms(...many)).comfort.coldestC).toBeCloseTo(19.2, 9)
  })

  it('does not move when the coldest zone goes away, comes back, or a colder one is added', () => {
    const day = live(DAY, heated)
    const gone = live(20, (k) => ({ ...rooms(22 + ripple(k, 0), 21.5 + ripple(k, 1)), spaceHeatKw: 60 }), {
      from: day,
      first: DAY + 1,
    })
    expect(stateOf(gone, 2)).toBe('silent')
    expect(gone.comfort.coldestC).toBeCloseTo(20.5, 0)
    const back = live(1, heated, { from: gone, first: DAY + 21 })
    expect(Math.abs(back.filter!.mean[AIR] - day.filter!.mean[AIR])).toBeLessThan(0.2)
    const more = live(
      1,
      (k) => ({ ...rooms(22 + ripple(k, 0), 21.5 + ripple(k, 1), 20.5 + ripple(k, 2), 18), spaceHeatKw: 60 }),
      {
        from: back,
        first: DAY + 22,
      },
    )
    const without = live(1, heated, { from: back, first: DAY + 22 })
    expect(more.comfort.lowestC).toBe(18)
    expect(more.comfort.coldestC).toBe(18)
    expect(more.filter!.mean[AIR]).toBeCloseTo(18, 0)
    // Nobody has warmed or cooled the building.
    for (const kw of [BRIEF, SLOW]) expect(more.filter!.mean[kw]).toBeCloseTo(without.filter!.mean[kw], 6)
  })

  it('is nothing once all zones have been away for long', () => {
    const day = live(DAY, heated)
    const silent = live(6, () => ({ heatKw: 60 }), { from: day, first: DAY + 1 })
    expect(silent.comfort).toEqual({ coldestC: null, lowestC: null, meanC: null, warmestC: null, zones: 0 })
  })

  it('is never claimed of a building with only a meter', () => {
    const building = { ...block, hasIndoorSensor: false }
    const belief = live(DAY, (k) => ({ heatKw: 60 + (k % 3), indoorC: 21 }), { building })
    expect(belief.comfort.coldestC).toBeNull()
    expect(belief.filter).toBeNull()
  })

  it('is the building mean where that is all there is', () => {
    const belief = live(8, (k) => ({ indoorC: 21 + ripple(k, 0) }))
    expect(belief.zones.map((zone) => zone.id)).toEqual(['building'])
    expect(belief.comfort.zones).toBe(1)
  })
})
