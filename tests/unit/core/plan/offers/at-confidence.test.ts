import { describe, expect, it } from 'vitest'
import { atConfidence } from '../../../../../src/core/plan/offers/at-confidence.ts'
import { flexibilityOffers } from '../../../../../src/core/plan/offers/flexibility-offers.ts'
import { flexible, SLOTS, START } from './flexible.ts'

const fleet = Array.from({ length: 10 }, (_, k) => flexible({ indoor: 20.2 + 0.1 * k }))
const by = (confidence: number) =>
  flexibilityOffers(fleet, { issuedAt: START, start: START, slots: SLOTS, confidence })

describe('atConfidence', () => {
  it.each([0.5, 0.8, 0.99])(
    'is what would have been offered at %f from the beginning, or a little less',
    (confidence) => {
      const asked = atConfidence(by(0.9), confidence)
      const made = by(confidence)
      expect(asked.confidence).toBe(confidence)
      for (const [i, one] of asked.slices.entries()) {
        for (const [k, kw] of one.kw.entries()) {
          expect(kw).toBeLessThanOrEqual(made.slices[i]!.kw[k]! + 1e-9)
          expect(kw).toBeGreaterThanOrEqual(0.9 * made.slices[i]!.kw[k]!)
        }
      }
    },
  )

  it('leaves the offers that it was given as they are', () => {
    const offers = by(0.9)
    const before = structuredClone(offers)
    atConfidence(offers, 0.5)
    expect(offers).toEqual(before)
  })
})
