import { describe, expect, it } from 'vitest'
import { callMark } from '../../../../src/controller/orders/call-mark.ts'
import { createOrderAims } from '../../../../src/controller/orders/order-aims.ts'
import type { Offer } from '../../../../src/core/domain/flexibility.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { AcceptedOrder } from '../../../../src/core/domain/order.ts'

const FROM = Date.UTC(2024, 0, 15, 6)
const order = (kind: AcceptedOrder['kind'], kw = 100) => {
  const nothing = new Float64Array(0)
  const accepted: Partial<AcceptedOrder> = {
    id: 'o-1',
    kind,
    kw,
    from: FROM,
    until: FROM + 2 * HOUR_MS,
    baseline: { start: FROM, flowKw: nothing, meteredKw: nothing },
  }
  return accepted as AcceptedOrder
}
const OFFER: Offer = {
  direction: 'down',
  from: FROM,
  until: FROM + 2 * HOUR_MS,
  noticeMinutes: 180,
  confidence: 0.9,
  kw: 100,
  meanKw: 160,
  sigmaKw: 46.8,
  responseShare: 0.1,
  eurPerKwh: 0,
  reboundKwhPerKwh: 0.9,
  reboundKwPerKw: 0.45,
}

const NOTHING_LEARNED = { aim: () => undefined, calibration: () => 1 }

describe('what plans aim at beyond an order', () => {
  it('is what makes it as sure as offers are', () => {
    const aim = createOrderAims({ offer: () => OFFER, biasKw: () => 0 }, NOTHING_LEARNED).aimFor(
      order('reduce'),
    )
    expect(aim?.aimedKw).toBeCloseTo(160, 0)
    const aims = createOrderAims(
      { offer: () => OFFER, biasKw: () => 0 },
      { ...NOTHING_LEARNED, aim: () => aim },
    )
    expect(aims.extraKw(order('reduce'))).toBeCloseTo(60, 0)
  })

  it('remembers how sure that was before anything was learned of offers', () => {
    const setup = { offer: () => OFFER, biasKw: () => 0 }
    const aim = createOrderAims(setup, NOTHING_LEARNED).aimFor(order('reduce'))
    const later = createOrderAims(setup, { ...NOTHING_LEARNED, calibration: () => 1.3 }).aimFor(
      order('reduce'),
    )
    expect(aim!.sigmaKw).toBeCloseTo(46.8, 0)
    expect(later!.sigmaKw).toBeCloseTo(aim!.sigmaKw / 1.3, 6)
  })

  it.each([
    { kind: 'reduce', biasKw: 20, expected: 20 },
    { kind: 'reduce', biasKw: -20, expected: 0 },
    { kind: 'cap', biasKw: 20, expected: 20 },
    { kind: 'increase', biasKw: 20, expected: 0 },
    { kind: 'increase', biasKw: -20, expected: -20 },
  ] as const)(
    'counts $biasKw kW beyond the plans only against an order to $kind',
    ({ kind, biasKw, expected }) => {
      const aims = createOrderAims({ offer: () => OFFER, biasKw: () => biasKw }, NOTHING_LEARNED)
      expect(aims.biasKw(order(kind))).toBe(expected)
    },
  )

  it('is a usual share where no offer is known, and nothing for a cap', () => {
    const aims = createOrderAims({ offer: () => undefined, biasKw: () => 0 }, NOTHING_LEARNED)
    expect(aims.extraKw(order('reduce'))).toBe(15)
    expect(aims.extraKw(order('cap'))).toBe(0)
  })
})

describe('what an order is worth to a setting', () => {
  const grid = { start: FROM - 4 * HOUR_MS, slots: 32 }

  it('is most while it runs and some while it is prepared for, which leaves it its writes', () => {
    const { stakes, callWrites } = callMark([order('reduce')], grid, FROM - 2 * HOUR_MS, 2)
    expect([...stakes!.subarray(0, 4)]).toEqual([1, 1, 1, 1])
    expect([...new Set(stakes!.subarray(4, 16))]).toEqual([5])
    expect([...new Set(stakes!.subarray(16, 24))]).toEqual([30])
    expect([...new Set(stakes!.subarray(24))]).toEqual([1])
    expect([...callWrites]).toEqual([...Array(16).fill(2), ...Array(16).fill(0)])
  })

  it.each([
    { name: 'none', orders: [], now: FROM },
    { name: 'one that is over', orders: [order('reduce')], now: FROM + 2 * HOUR_MS },
  ])('is nothing with $name, and writes are kept for the next', ({ orders, now }) => {
    expect(callMark(orders, grid, now, 2)).toEqual({
      stakes: undefined,
      callWrites: new Uint8Array(grid.slots).fill(2),
    })
  })

  it('keeps no writes back once one runs', () => {
    const running = { ...grid, start: FROM }
    const { callWrites } = callMark([order('reduce')], running, FROM + HOUR_MS, 2)
    expect([...new Set(callWrites)]).toEqual([0])
  })
})
