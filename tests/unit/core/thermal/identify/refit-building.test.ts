import { describe, expect, it } from 'vitest'
import { identifyBuilding } from '../../../../../src/core/thermal/identify/identify-building.ts'
import { priorByData } from '../../../../../src/core/thermal/identify/identify-prior.ts'
import { isBetter, refitBuilding } from '../../../../../src/core/thermal/identify/refit-building.ts'
import { pretend } from './pretend-building.ts'

const telemetry = pretend({ days: 10 })
const prior = priorByData(telemetry)
const first = identifyBuilding(telemetry, prior, { powerOf: 'ends' })

describe("a night's refit", () => {
  it('fits a building that was never fitted', () => {
    const { identified, isReplaced, heldOut } = refitBuilding(pretend({ days: 5 }), prior, undefined)
    expect(identified.kind).toBe('fitted')
    expect(isReplaced).toBe(true)
    expect(heldOut).toBeNull()
  })

  it('replaces a fit that has the building wrong', () => {
    if (first.kind !== 'fitted') throw new Error('expected a fit')
    const wrong = { ...first.fit.box, airKwhPerK: 5 * first.fit.box.airKwhPerK, lossKwPerK: 4 }
    const previous = { ...first, fit: { ...first.fit, box: wrong } }
    const { identified, isReplaced, heldOut } = refitBuilding(telemetry, prior, previous)
    expect(isReplaced).toBe(true)
    expect(identified).not.toBe(previous)
    expect(heldOut?.candidate.dayAheadRmseK).toBeLessThan(heldOut?.previous.dayAheadRmseK ?? 0)
  })

  it('keeps the old fit where the last weeks tell nothing', () => {
    const still = { ...telemetry, heatKw: telemetry.heatKw.map(() => 50) }
    const { identified, isReplaced } = refitBuilding(still, prior, first)
    expect(isReplaced).toBe(false)
    expect(identified).toBe(first)
  })
})

it.each([
  { candidate: 0.2, previous: 0.3, better: true },
  { candidate: 0.3, previous: 0.3, better: false },
  { candidate: null, previous: 0.3, better: false },
  { candidate: 0.3, previous: null, better: true },
  { candidate: null, previous: null, better: false },
])(
  'a day-ahead error of $candidate against $previous is better: $better',
  ({ candidate, previous, better }) => {
    const error = (dayAheadRmseK: number | null) => ({
      dayAheadRmseK,
      persistenceRmseK: null,
      freeRunRmseK: null,
      freeRunHours: 0,
      predictions: 0,
    })
    expect(isBetter(error(candidate), error(previous))).toBe(better)
  },
)
