import { describe, expect, it } from 'vitest'
import { networkPlaces } from '../../../../src/controller/orders/network-places.ts'
import { type AimedOrder, orderCommitments } from '../../../../src/controller/tracking/commitment.ts'
import { createMeteredMisses } from '../../../../src/controller/tracking/metered-misses.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import { buildingId } from '../../../contract/recorder.ts'

const FROM = Date.UTC(2024, 0, 15, 6)
const flat = (kw: number) => new Float64Array(8).fill(kw)

function order(change: Partial<AimedOrder> = {}): AimedOrder {
  return {
    id: 'o-1',
    kind: 'reduce',
    kw: 100,
    from: FROM,
    until: FROM + HOUR_MS,
    placedAt: FROM - HOUR_MS,
    placedBy: 'test',
    state: 'running',
    marginRatio: 0,
    baseline: { start: FROM, flowKw: flat(1500), meteredKw: flat(1000) },
    promised: { kw: 100, flowKw: flat(1400), reboundKw: 0, reboundKwh: 0, underKh: 0 },
    measured: { start: FROM, meteredKw: flat(Number.NaN) },
    extraKw: 30,
    current: undefined,
    ...change,
  }
}

const at = (one: AimedOrder, now = FROM) => orderCommitments([one], networkPlaces([]), now)

describe('what orders commit to', () => {
  it.each([
    { kind: 'reduce', currentKw: 1000, committedKw: 900, aimedKw: 870 },
    { kind: 'reduce', currentKw: 940, committedKw: 900, aimedKw: 810 },
    { kind: 'reduce', currentKw: 1100, committedKw: 900, aimedKw: 870 },
    { kind: 'increase', currentKw: 1050, committedKw: 1100, aimedKw: 1180 },
  ] as const)(
    'is counted from what was frozen, and aimed at from what is known now: $kind at $currentKw kW',
    ({ kind, currentKw, committedKw, aimedKw }) => {
      const current = { start: FROM, flowKw: flat(0), meteredKw: flat(currentKw) }
      expect(at(order({ kind, current }))).toMatchObject([{ committedKw, aimedKw }])
    },
  )

  it('leaves the steered buildings under a cap what was not theirs in the baseline', () => {
    expect(at(order({ kind: 'cap', kw: 1450 }))).toMatchObject([{ committedKw: 950, aimedKw: 950 }])
  })

  it.each([
    { name: 'before it begins', one: order(), now: FROM - 1 },
    { name: 'after its end', one: order(), now: FROM + HOUR_MS },
    { name: 'beyond its baseline', one: order({ until: FROM + 9 * HOUR_MS }), now: FROM + 3 * HOUR_MS },
    { name: 'of an emergency', one: order({ kind: 'emergency' }), now: FROM },
    {
      name: 'of a baseline that nobody knows',
      one: order({ baseline: { start: FROM, flowKw: flat(1), meteredKw: flat(Number.NaN) } }),
      now: FROM,
    },
  ])('is nothing $name', ({ one, now }) => {
    expect(at(one, now)).toEqual([])
  })
})

describe('meters against what was expected of them', () => {
  const id = buildingId('b-1')
  const minute = (n: number) => FROM + n * MINUTE_MS

  it('compares each mean with the mean of what was expected meanwhile', () => {
    const misses = createMeteredMisses()
    expect(misses.note(id, minute(0), 50, { kw: 80, at: minute(0) })).toBeUndefined()
    expect(misses.note(id, minute(10), 30, { kw: 80, at: minute(0) })).toBeUndefined()
    const miss = misses.note(id, minute(15), 30, { kw: 55, at: minute(15) })
    // Ten minutes of 50 and five of 30.
    expect(miss?.missKw).toBeCloseTo(55 - 650 / 15, 9)
    expect(miss?.metered).toEqual({ from: minute(0), to: minute(15) })
  })

  it('goes on with the last miss while a meter says nothing new, and forgets when told', () => {
    const misses = createMeteredMisses()
    misses.note(id, minute(0), 50, { kw: null, at: minute(0) })
    misses.note(id, minute(15), 50, { kw: 60, at: minute(15) })
    expect(misses.note(id, minute(20), 50, { kw: 60, at: minute(15) })?.missKw).toBe(10)
    expect(misses.note(id, minute(40), 50, { kw: null, at: minute(40) })?.missKw).toBe(10)
    misses.clear()
    expect(misses.note(id, minute(41), 50, { kw: 60, at: minute(41) })).toBeUndefined()
  })
})
