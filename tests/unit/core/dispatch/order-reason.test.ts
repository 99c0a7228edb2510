import { describe, expect, it } from 'vitest'
import { type OrderReasonFacts, orderReason } from '../../../../src/core/dispatch/order-reason.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'

const NOW = Date.UTC(2026, 0, 12, 6)
const running = { kind: 'reduce', from: NOW - HOUR_MS, until: NOW + HOUR_MS } as const
const facts: OrderReasonFacts = {
  orders: [running],
  heldUntil: undefined,
  now: NOW,
  timeZone: 'Europe/Helsinki',
  offsetK: -3,
}

describe('what a lease says of the order behind it', () => {
  it.each([
    { why: 'less is asked', more: {}, mode: 'order', code: 'order-less', says: '09:00' },
    {
      why: 'a cap runs',
      more: { orders: [{ ...running, kind: 'cap' }] },
      mode: 'order',
      code: 'order-less',
      says: 'rooms stay comfortable',
    },
    {
      why: 'more is asked',
      more: { orders: [{ ...running, kind: 'increase' }], offsetK: 4 },
      mode: 'order',
      code: 'order-more',
      says: '09:00',
    },
    {
      why: 'heat is scarce',
      more: { orders: [running, { ...running, kind: 'emergency' }] },
      mode: 'emergency',
      code: 'emergency',
      says: 'above 18 °C',
    },
    {
      why: 'heat is stored for one that comes',
      more: { orders: [{ ...running, from: NOW + 90 * MINUTE_MS }], offsetK: 5 },
      mode: 'order',
      code: 'order-ahead',
      says: '09:30',
    },
    {
      why: 'its turn to return has not come',
      more: { orders: [{ ...running, until: NOW }], heldUntil: NOW + 1 },
      mode: 'order',
      code: 'order-release',
      says: 'one after another',
    },
  ] as const)('where $why', ({ more, mode, code, says }) => {
    const mark = orderReason({ ...facts, ...more })
    expect(mark).toMatchObject({ mode, reason: { code } })
    expect(mark?.reason.text).toContain(says)
  })

  it.each([
    { why: 'the building is hardly moved', more: { offsetK: -0.2 } },
    { why: 'it is raised against the order', more: { offsetK: 3 } },
    { why: 'it is lowered against the order', more: { orders: [{ ...running, kind: 'increase' }] } },
    { why: 'the order is over', more: { orders: [{ ...running, until: NOW }] } },
    {
      why: 'the order is far ahead',
      more: { orders: [{ ...running, from: NOW + 7 * HOUR_MS, until: NOW + 9 * HOUR_MS }], offsetK: 5 },
    },
    {
      why: 'there is nothing to store before more is taken',
      more: { orders: [{ ...running, kind: 'increase', from: NOW + HOUR_MS }], offsetK: 5 },
    },
    { why: 'its turn to return has come', more: { orders: [], heldUntil: NOW } },
  ] as const)('says nothing of orders where $why', ({ more }) => {
    expect(orderReason({ ...facts, ...more })).toBeUndefined()
  })
})
