import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../../../src/core/domain/instant.ts'
import { flexibilityOffers } from '../../../../../src/core/plan/offers/flexibility-offers.ts'
import { aimedKw, deliveryChance, offerFor } from '../../../../../src/core/plan/offers/offer-for.ts'
import { flexible, SLOTS, START } from './flexible.ts'

const fleet = Array.from({ length: 20 }, () => flexible())
const offers = flexibilityOffers(fleet, { issuedAt: START, start: START, slots: SLOTS, confidence: 0.9 })
const window = (fromHours: number, hours: number) => ({
  from: START + fromHours * HOUR_MS,
  to: START + (fromHours + hours) * HOUR_MS,
})

function offered(fromHours: number, hours: number) {
  const offer = offerFor(offers, 'down', window(fromHours, hours))
  if (!offer) throw new Error('no offer')
  return offer
}

describe('offerFor', () => {
  it('promises for a window what the next longer duration gives', () => {
    expect(offered(6, 1.5).kw).toBe(offered(6, 2).kw)
    expect(offered(6, 0.2).kw).toBeGreaterThan(offered(6, 1).kw)
  })

  it('knows how much notice there is', () => {
    expect(offered(6, 2).noticeMinutes).toBe(360)
    expect(offered(6, 2).kw).toBeGreaterThan(offered(0, 2).kw)
  })

  it.each([
    { name: 'longer than the longest', from: 1, hours: 4.5 },
    { name: 'in the past', from: -1, hours: 2 },
    { name: 'beyond the horizon', from: 24, hours: 2 },
    { name: 'of no length', from: 1, hours: 0 },
    { name: 'that ends before it begins', from: 1, hours: -1 },
    { name: 'without a beginning', from: Number.NaN, hours: 1 },
  ])('promises nothing for a window $name', ({ from, hours }) => {
    expect(offerFor(offers, 'down', window(from, hours))).toBeUndefined()
  })

  it('counts a window within a slot from the start of the slot', () => {
    const late = { from: START + 7 * HOUR_MS + 14 * MINUTE_MS, to: START + 8 * HOUR_MS + 10 * MINUTE_MS }
    expect(offerFor(offers, 'down', late)?.kw).toBe(offered(7, 2).kw)
  })
})

describe('aimedKw', () => {
  it('aims at all that is expected for the whole offer, and above the order for a part of it', () => {
    const offer = offered(6, 2)
    expect(aimedKw(offer, offer.kw)).toBeCloseTo(offer.meanKw, 6)
    const part = aimedKw(offer, 0.3 * offer.kw)
    expect(part).toBeGreaterThan(0.3 * offer.kw)
    expect(part).toBeLessThan(offer.meanKw)
  })

  it('never aims above what is expected, however much is asked', () => {
    const offer = offered(6, 2)
    expect(aimedKw(offer, 10 * offer.meanKw)).toBe(offer.meanKw)
  })
})

describe('deliveryChance', () => {
  it('is the confidence at the offer, less beyond it, and sure of nothing', () => {
    const offer = offered(6, 2)
    expect(deliveryChance(offer, offer.kw)).toBeCloseTo(0.9, 5)
    expect(deliveryChance(offer, offer.meanKw)).toBeCloseTo(0.5, 5)
    expect(deliveryChance(offer, 2 * offer.meanKw)).toBeLessThan(0.01)
    expect(deliveryChance(offer, 0)).toBe(1)
    expect(deliveryChance({ ...offer, meanKw: 0 }, 5)).toBe(0)
  })
})
