import { describe, expect, it } from 'vitest'
import { orderSettlement } from '../../../../src/controller/orders/order-settlement.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { AcceptedOrder } from '../../../../src/core/domain/order.ts'
import { buildingId } from '../../../contract/recorder.ts'

const START = Date.UTC(2024, 0, 15, 6)
const SLOTS = 12
const flat = (kw: number) => new Float64Array(SLOTS).fill(kw)

/** An hour of 100 kW less than 1000 on the meters, 1500 in the branch; measured from half an hour before. */
function order(change: Partial<AcceptedOrder> = {}): AcceptedOrder {
  return {
    id: 'o-1',
    kind: 'reduce',
    kw: 100,
    from: START,
    until: START + HOUR_MS,
    placedAt: START - HOUR_MS,
    placedBy: 'test',
    state: 'done',
    marginRatio: 0,
    baseline: { start: START, flowKw: flat(1500), meteredKw: flat(1000) },
    promised: { kw: 100, flowKw: flat(1400), reboundKw: 0, reboundKwh: 0, underKh: 0 },
    measured: {
      start: START - HOUR_MS / 2,
      meteredKw: new Float64Array(SLOTS + 2).fill(1000).fill(890, 2, 6).fill(1020, 6),
    },
    ...change,
  }
}

describe('the settlement of an order', () => {
  it('puts the meters on the grid of the baseline', () => {
    const settled = orderSettlement(order(), [1, 3])
    expect(settled).toMatchObject({ status: 'metered', deliveredKw: 110, deliveredShare: 1.1, heldShare: 1 })
    expect(settled).toMatchObject({ reboundKw: 20, gini: 0.25 })
  })

  it('counts of a cap all that flows, the frozen rest in it', () => {
    const settled = orderSettlement(order({ kind: 'cap', kw: 1400 }), [])
    expect(settled).toMatchObject({ promisedKwh: 100, deliveredKwh: 110, worstShortfallKw: 0, gini: null })
  })

  it('names the meters that were silent', () => {
    const { measured } = order()
    const silent = new Map([[buildingId('b-2'), 3]])
    const settled = orderSettlement(order({ measured: { ...measured, silent } }), [])
    expect(settled).toMatchObject({ status: 'partly-metered', silent: [{ building: 'b-2', slots: 3 }] })
  })

  const off = (biasKw: number, errorKw: number) => ({ baselineError: { slots: 24, biasKw, errorKw } })
  it.each([
    { kind: 'reduce', kw: 100, more: off(6, 20), doubt: 'none', adjustedKw: 116 },
    { kind: 'reduce', kw: 100, more: off(-40, 51), doubt: 'large', adjustedKw: 70 },
    { kind: 'increase', kw: 100, more: off(-40, 51), doubt: 'large', adjustedKw: -70 },
    { kind: 'reduce', kw: 100, more: {}, doubt: 'unknown', adjustedKw: null },
    { kind: 'cap', kw: 1400, more: off(300, 300), doubt: 'none', adjustedKw: null },
  ] as const)(
    'says of a $kind of $kw kW how far its baseline may be off: doubt is $doubt',
    ({ kind, kw, more, doubt, adjustedKw }) => {
      expect(orderSettlement(order({ kind, kw, ...more }), [])).toMatchObject({ doubt, adjustedKw })
    },
  )
})
