import { describe, expect, it } from 'vitest'
import type { AcceptedOrder } from '../../../../../src/core/domain/order.ts'
import { orderLimits } from '../../../../../src/core/plan/orders/order-limits.ts'
import { at, hoursWhere, SLOTS, START, standingOrder } from './standing-order.ts'

const terms = {
  grid: { start: START, slots: SLOTS },
  nodeOf: (branch: string | undefined) => (branch === undefined ? 0 : branch === 'north' ? 2 : undefined),
  settings: { reboundHours: 1, reboundRatio: 0.1 },
  eurPerKwh: 2,
}
const limitsOf = (...orders: AcceptedOrder[]) => orderLimits(orders, terms)

describe('what an order wants of the flow', () => {
  it.each([
    { kind: 'reduce', kw: 20, side: 'at-most', wanted: 80 },
    { kind: 'increase', kw: 20, side: 'at-least', wanted: 120 },
    { kind: 'cap', kw: 70, side: 'at-most', wanted: 70 },
    { kind: 'emergency', kw: 0, side: 'at-most', wanted: 0 },
  ] as const)('is $side $wanted kW of a $kind of $kw kW', ({ kind, kw, side, wanted }) => {
    const [limit] = limitsOf(standingOrder({ kind, kw }))
    expect(limit).toMatchObject({ node: 0, side, eurPerKw: kind === 'emergency' ? 2 : 0.5 })
    expect(hoursWhere(limit!.kw, (value) => value === wanted)).toEqual([
      2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 3.75,
    ])
    expect(limit!.kw.filter(Number.isFinite)).toHaveLength(8)
  })

  it('holds in every slot that the order touches', () => {
    const [limit] = limitsOf(standingOrder({ from: at(2.1), until: at(2.3) }))
    expect(hoursWhere(limit!.kw, Number.isFinite)).toEqual([2, 2.25])
  })

  it('is held at the branch that it names, and nowhere where that is gone', () => {
    expect(limitsOf(standingOrder({ branch: 'north' })).map(({ node }) => node)).toEqual([2, 2])
    expect(limitsOf(standingOrder({ branch: 'south' }))).toEqual([])
  })

  it('keeps what comes back under the baseline and a tenth, for an hour and at a lower price', () => {
    const [order, rebound] = limitsOf(standingOrder())
    expect(hoursWhere(rebound!.kw, (kw) => Math.abs(kw - 110) < 1e-9)).toEqual([4, 4.25, 4.5, 4.75])
    expect(rebound!.kw.filter(Number.isFinite)).toHaveLength(4)
    expect(rebound!.eurPerKw).toBeLessThan(order!.eurPerKw)
  })

  it('lets an increase be followed by as little as there is', () => {
    expect(limitsOf(standingOrder({ kind: 'increase' }))).toHaveLength(1)
  })

  it('goes on from the frozen baseline as the plan moves on', () => {
    const flowKw = Float64Array.from({ length: SLOTS }, (_, k) => 100 + k)
    const order = standingOrder({ baseline: { start: START, flowKw, meteredKw: flowKw } })
    const later = orderLimits([order], { ...terms, grid: { start: at(3), slots: SLOTS } })
    expect(Array.from(later[0]!.kw.subarray(0, 5))).toEqual([92, 93, 94, 95, Number.POSITIVE_INFINITY])
    expect(orderLimits([order], { ...terms, grid: { start: at(20), slots: SLOTS } })).toEqual([])
  })

  it('asks nothing where nothing was frozen', () => {
    const increase = standingOrder({ kind: 'increase', until: at(9) })
    const [limit] = limitsOf(increase)
    const beyond = orderLimits([increase], { ...terms, grid: { start: START, slots: 40 } })
    expect(limit!.kw.filter(Number.isFinite)).toHaveLength(24)
    expect(beyond[0]!.kw.filter(Number.isFinite)).toHaveLength(24)
  })
})
