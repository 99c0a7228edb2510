import { describe, expect, it } from 'vitest'
import { hashedUnit } from '../../../../../src/core/domain/chance.ts'
import type {
  FlexDirection,
  Flexibility,
  FlexibilitySlice,
} from '../../../../../src/core/domain/flexibility.ts'
import {
  COMMON_SHARE,
  flexibilityOffers,
  LEFT_OPEN_RATIO,
} from '../../../../../src/core/plan/offers/flexibility-offers.ts'
import type { FlexibleBuilding } from '../../../../../src/core/plan/offers/flexible-building.ts'
import { certain, flexible, roomChange, SLOTS, START } from './flexible.ts'

const TERMS = { issuedAt: START, start: START, slots: SLOTS, confidence: 0.9 }

function slice(
  offers: Flexibility,
  direction: FlexDirection,
  minutes: number,
  notice: number,
): FlexibilitySlice {
  const found = offers.slices.find(
    (one) => one.direction === direction && one.durationMinutes === minutes && one.noticeMinutes === notice,
  )
  if (!found) throw new Error(`no slice ${direction} ${minutes} ${notice}`)
  return found
}

function every(offers: Flexibility, holds: (one: FlexibilitySlice, k: number) => boolean): boolean {
  return offers.slices.every((one) => Array.from(one.kw, (_, k) => holds(one, k)).every(Boolean))
}

/** Forty plans of all sorts, from a seed. */
function randomFleet(): FlexibleBuilding[] {
  return Array.from({ length: 40 }, (_, b) => {
    const draw = (i: number, k = 0) => hashedUnit(7, b, i, k)
    const series = (from: number, to: number, i: number) =>
      Float64Array.from({ length: SLOTS }, (_, k) => from + (to - from) * draw(i, Math.floor(k / 6)))
    return flexible({
      heatKw: series(20, 120, 1),
      indoorC: series(19.7, 22.3, 2),
      minHeatKw: series(0, 20, 3),
      maxHeatKw: series(120, 160, 4),
      eurPerKwh: series(-0.5, 5, 5),
      roomErrorK: 0.4 * draw(6),
      downErrorShare: 0.4 * draw(7),
      availability: draw(8),
      writesLeft: Uint8Array.from({ length: SLOTS }, (_, k) => Math.floor(5 * draw(9, k))),
    })
  })
}

describe('flexibilityOffers', () => {
  it('offers a reduction that the model itself keeps within the rooms and the actuator', () => {
    const one = certain()
    const offered = slice(flexibilityOffers([one], TERMS), 'down', 120, 10)
    const meanKw = offered.meanKw[20]!
    const change = new Float64Array(SLOTS).fill(-meanKw, 20, 28)
    const room = roomChange(one, change)
    expect(meanKw).toBeGreaterThan(5)
    expect(Math.min(...room)).toBeCloseTo(-0.5, 6)
    // Nor could it be more: a kilowatt more breaks the room.
    const more = roomChange(
      one,
      change.map((kw) => kw * 1.05),
    )
    expect(Math.min(...more)).toBeLessThan(-0.5)
  })

  it('offers more with notice, and that too is within the rooms once it is prepared for', () => {
    const one = certain()
    const offers = flexibilityOffers([one], TERMS)
    const [soon, late] = [slice(offers, 'down', 120, 10), slice(offers, 'down', 120, 180)]
    expect(late.meanKw[20]!).toBeGreaterThan(1.3 * soon.meanKw[20]!)
    // The largest preparation that keeps the warm limit 1.5 K above the plan.
    const perKw = Math.max(...roomChange(one, new Float64Array(SLOTS).fill(1, 8, 20)))
    const preparedKw = Math.min(50, 1.5 / perKw)
    const change = new Float64Array(SLOTS).fill(preparedKw, 8, 20).fill(-late.meanKw[20]!, 20, 28)
    expect(Math.min(...roomChange(one, change).slice(0, 28))).toBeGreaterThan(-0.5 - 1e-9)
  })

  it('leaves no more time to prepare than there is until the start', () => {
    const offers = flexibilityOffers([certain()], TERMS)
    const [soon, late] = [slice(offers, 'down', 120, 10), slice(offers, 'down', 120, 180)]
    expect(late.meanKw[0]).toBe(soon.meanKw[0])
    expect(late.meanKw[4]!).toBeGreaterThan(late.meanKw[0]!)
    expect(late.meanKw[12]!).toBeGreaterThan(late.meanKw[4]!)
  })

  it('is never more than the reach, never negative and always finite, whatever the plans', () => {
    const fleet = randomFleet()
    const reachKw = (k: number, direction: FlexDirection) =>
      fleet.reduce((sum, one) => {
        const room =
          direction === 'down' ? one.heatKw[k]! - one.minHeatKw[k]! : one.maxHeatKw[k]! - one.heatKw[k]!
        return sum + Math.max(0, room)
      }, 0)
    const offers = flexibilityOffers(fleet, TERMS)
    expect(offers.buildings).toBe(40)
    expect(every(offers, (one, k) => one.kw[k]! >= 0 && one.kw[k]! <= one.meanKw[k]!)).toBe(true)
    expect(every(offers, (one, k) => one.meanKw[k]! <= reachKw(k, one.direction) + 1e-9)).toBe(true)
    const figures = ['sigmaKw', 'eurPerKwh', 'reboundKwhPerKwh', 'reboundKwPerKw', 'responseShare'] as const
    expect(every(offers, (one, k) => figures.every((name) => Number.isFinite(one[name][k])))).toBe(true)
    expect(slice(offers, 'down', 120, 10).kw.some((kw) => kw > 0)).toBe(true)
  })

  it('offers less the surer it is to be, the longer it lasts and the shorter its notice', () => {
    const fleet = randomFleet()
    const by = (confidence: number) => flexibilityOffers(fleet, { ...TERMS, confidence })
    const [half, most, nearly] = [by(0.5), by(0.9), by(0.99)]
    const pairs = (a: Flexibility, b: Flexibility) =>
      a.slices.every((one, i) => one.kw.every((kw, k) => kw >= b.slices[i]!.kw[k]!))
    expect(pairs(half, most) && pairs(most, nearly)).toBe(true)
    for (const direction of ['down', 'up'] as const) {
      for (const [short, long] of [
        [15, 60],
        [60, 120],
        [120, 240],
      ] as const) {
        const [a, b] = [slice(most, direction, short, 10), slice(most, direction, long, 10)]
        expect(a.kw.every((kw, k) => kw >= b.kw[k]!)).toBe(true)
      }
      const [late, soon] = [slice(most, direction, 120, 180), slice(most, direction, 120, 10)]
      expect(late.kw.every((kw, k) => kw >= soon.kw[k]!)).toBe(true)
    }
  })

  it('adds what buildings give, and their own errors only by the root of their number', () => {
    const one = slice(flexibilityOffers([flexible()], TERMS), 'down', 60, 10)
    const many = slice(
      flexibilityOffers(
        Array.from({ length: 100 }, () => flexible()),
        TERMS,
      ),
      'down',
      60,
      10,
    )
    expect(many.meanKw[5]!).toBeCloseTo(100 * one.meanKw[5]!, 6)
    expect(many.sigmaKw[5]! / many.meanKw[5]!).toBeLessThan(0.5 * (one.sigmaKw[5]! / one.meanKw[5]!))
    // What all have wrong in common never averages out.
    expect(many.sigmaKw[5]! / many.meanKw[5]!).toBeGreaterThan(LEFT_OPEN_RATIO * COMMON_SHARE)
    expect(many.kw[5]!).toBeGreaterThan(100 * one.kw[5]!)
  })

  it('promises less where past deliveries strayed', () => {
    const fleet = Array.from({ length: 20 }, () => flexible())
    const plain = slice(flexibilityOffers(fleet, TERMS), 'down', 60, 10)
    const strayed = slice(flexibilityOffers(fleet, { ...TERMS, calibration: 1.5 }), 'down', 60, 10)
    expect(strayed.sigmaKw[5]).toBeCloseTo(1.5 * plain.sigmaKw[5]!, 9)
    expect(strayed.kw[5]!).toBeLessThan(plain.kw[5]!)
  })

  it('counts at flat prices only what leaks less from a cooler building', () => {
    const offered = slice(flexibilityOffers([certain()], TERMS), 'down', 120, 10)
    const back = offered.reboundKwhPerKwh[10]!
    expect(back).toBeGreaterThan(0.8)
    expect(back).toBeLessThan(1)
    expect(offered.eurPerKwh[10]!).toBeCloseTo(0.08 * (back - 1), 9)
    expect(offered.reboundKwPerKw[10]!).toBeCloseTo(back / 2, 9)
  })

  it('asks more for heat that must be bought back dearer', () => {
    const eurPerKwh = new Float64Array(SLOTS).fill(0.05).fill(0.2, 18, 40)
    const offered = slice(flexibilityOffers([certain({ eurPerKwh })], TERMS), 'down', 120, 10)
    expect(offered.eurPerKwh[10]!).toBeGreaterThan(0.1)
    expect(offered.eurPerKwh[32]!).toBeLessThan(-0.1)
  })

  it('does not count on who is protected before the call is over', () => {
    const protectedFromSix = flexible({ writesLeft: new Uint8Array(SLOTS).fill(6).fill(0, 24, 60) })
    const offers = flexibilityOffers([protectedFromSix], TERMS)
    const two = slice(offers, 'down', 120, 10)
    expect(two.kw[16]!).toBeGreaterThan(0)
    expect([...two.kw.subarray(17, 60)].every((kw) => kw === 0)).toBe(true)
    expect(slice(offers, 'down', 60, 10).kw[20]!).toBeGreaterThan(0)
  })

  it.each([
    { name: 'rooms at their limit', change: { indoor: 20 } },
    { name: 'a room at 5 °C', change: { indoor: 5 } },
    { name: 'no heat to take away', change: { heatKw: new Float64Array(SLOTS).fill(10) } },
    { name: 'no writes left', change: { writesLeft: new Uint8Array(SLOTS).fill(1) } },
    { name: 'less than a change that is worth a write', change: { deadbandK: 60 } },
    { name: 'never there', change: { availability: 0 } },
  ])('offers nothing at short notice with $name', ({ change }) => {
    const offers = flexibilityOffers([flexible(change)], TERMS)
    expect(slice(offers, 'down', 120, 10).kw.every((kw) => kw === 0)).toBe(true)
  })

  it.each([
    { name: 'NaN in its plan', broken: { heatKw: new Float64Array(SLOTS).fill(Number.NaN) } },
    { name: 'a plan of another length', broken: { heatKw: new Float64Array(4) } },
    { name: 'a negative capacity', broken: { model: { ...flexible().model, massKwhPerK: -1 } } },
    { name: 'an infinite error', broken: { roomErrorK: Number.POSITIVE_INFINITY } },
  ])('leaves out a building with $name and says so', ({ broken }) => {
    const offers = flexibilityOffers([flexible(), flexible(broken), 'offline'], TERMS)
    const alone = flexibilityOffers([flexible()], TERMS)
    expect(offers.buildings).toBe(1)
    expect(offers.withheld).toEqual({ 'not-finite': 1, offline: 1 })
    expect(offers.slices).toEqual(alone.slices)
  })

  it('offers nothing of no buildings', () => {
    const offers = flexibilityOffers([], TERMS)
    expect(offers.buildings).toBe(0)
    expect(every(offers, (one, k) => one.kw[k] === 0 && one.sigmaKw[k] === 0)).toBe(true)
  })

  it('stands for a larger fleet by a part of it, a little less surely', () => {
    const part = randomFleet()
    const fleet = Array.from({ length: 10 }, randomFleet).flat()
    const whole = slice(flexibilityOffers(fleet, TERMS), 'down', 60, 10)
    const sampled = flexibilityOffers(part, { ...TERMS, fleetSize: 400 })
    const likely = slice(sampled, 'down', 60, 10)
    expect(sampled.buildings).toBe(400)
    for (let k = 0; k < SLOTS; k++) {
      expect(likely.meanKw[k]).toBeCloseTo(whole.meanKw[k]!, 6)
      expect(likely.eurPerKwh[k]).toBeCloseTo(whole.eurPerKwh[k]!, 9)
      if (whole.meanKw[k]! > 0) expect(likely.sigmaKw[k]!).toBeGreaterThan(whole.sigmaKw[k]!)
    }
  })

  it('may calculate only every fourth start', () => {
    const fleet = randomFleet()
    const fine = flexibilityOffers(fleet, TERMS)
    const coarse = flexibilityOffers(fleet, { ...TERMS, everySlots: 4 })
    for (const [i, one] of coarse.slices.entries()) {
      for (let k = 0; k < SLOTS; k++) expect(one.kw[k]).toBe(fine.slices[i]!.kw[k - (k % 4)])
    }
  })
})
