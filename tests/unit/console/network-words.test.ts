import { describe, expect, it } from 'vitest'
import { brokenCapWords, fullest, type Place } from '../../../src/console/network-words.ts'

const together = { start: 0, stepMs: 900_000, status: 'solved' as const, gap: 0, excluded: [], places: [] }
const place = (flowKw: Place['flowKw']): Place => {
  return { branch: 'north', flowKw, capKw: 100, violation: 0, marginalEurPerMwh: null }
}

describe('the fullest quarter-hour of the day ahead', () => {
  it('is the first of the largest flow, from now on', () => {
    expect(fullest(place([90, 20, 80, 80]), together, 1)).toEqual({ kw: 80, at: 2 * 900_000 })
  })

  it('looks no further than a day', () => {
    const flowKw = Array.from({ length: 192 }, (_, k) => (k === 150 ? 500 : 10))
    expect(fullest(place(flowKw), together, 0)?.kw).toBe(10)
  })

  it('is not known where no flows are', () => {
    expect(fullest(place(null), together, 0)).toBeUndefined()
    expect(fullest(place([5]), together, 9)).toBeUndefined()
  })
})

describe('caps that cannot be kept', () => {
  it('are named with the most that is planned over them', () => {
    const north = { ...place([150]), violation: 0.5 }
    const plant = { ...place([90]), branch: null, violation: 0.0123 }
    expect(brokenCapWords({ places: [plant, north] })).toBe(
      'Caps that cannot be kept: the plant by up to 1.2 %, north by up to 50.0 %.',
    )
  })

  it('are none where a plan only rounds', () => {
    expect(brokenCapWords({ places: [{ ...place([100]), violation: 9e-4 }] })).toBeUndefined()
  })
})
