import { describe, expect, it } from 'vitest'
import { createOrderBook } from '../../../../src/controller/orders/order-book.ts'
import { DAY_MS, HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { AcceptedOrder, Order, RefusedOrder } from '../../../../src/core/domain/order.ts'

const NOW = Date.UTC(2026, 0, 14, 12)
const asked = { kind: 'reduce', kw: -1, from: NOW, until: NOW + HOUR_MS, placedBy: 'test' } as const
const refusal = { code: 'kw-out-of-range', detail: 'it is negative' } as const
const refused = (id: string, placedAt: number): RefusedOrder => ({
  ...{ ...asked, id, placedAt, state: 'refused', refusal },
})
const none = { start: NOW, flowKw: new Float64Array(0), meteredKw: new Float64Array(0) }
const accepted = (id: string, placedAt: number, state: AcceptedOrder['state']): AcceptedOrder => ({
  ...{ ...asked, id, placedAt, state, baseline: none, measured: none, marginRatio: 0 },
  promised: { kw: 5, flowKw: none.flowKw, reboundKw: 0, reboundKwh: 0, underKh: 0 },
})

function bookOf(orders: readonly Order[] = []) {
  const recorder = { keepOrders: async () => undefined, keepOrderShares: async () => undefined }
  return createOrderBook(recorder, { orders, shares: [] }, () => undefined)
}

describe('the book of orders', () => {
  it('shows the newest 200 that were refused, however many come, and all that stand', async () => {
    const book = bookOf()
    await book.put([accepted('first', NOW - 1000, 'running')], NOW)
    for (let n = 0; n < 1000; n++) await book.put([refused(book.takeName('reduce', NOW), NOW + n)], NOW + n)
    expect(book.all()).toHaveLength(201)
    expect(book.all()[0]).toMatchObject({ placedAt: NOW + 999 })
    expect(book.standing().map(({ id }) => id)).toEqual(['first'])
  })

  it('shows the last 500 of those that were carried out, after a restart too', () => {
    const done = Array.from({ length: 900 }, (_, n) => accepted(`d-${n}`, NOW + n, 'done'))
    const book = bookOf([...done, accepted('stands', NOW - DAY_MS, 'accepted')])
    expect(book.over()).toHaveLength(500)
    expect(book.over().at(-1)).toMatchObject({ id: 'd-899' })
    expect(book.find('stands')).toBeDefined()
  })

  it('gives no name twice, be the order shown, not yet kept or no more shown', async () => {
    const book = bookOf([refused(`reduce-${NOW / 1000}`, NOW)])
    const ids = new Set<string>()
    for (let n = 0; n < 10_000; n++) {
      const id = book.takeName('reduce', NOW + (n % 900))
      ids.add(id)
      if (n % 10 === 0) await book.put([refused(id, NOW)], NOW)
    }
    expect(ids.size).toBe(10_000)
    expect(ids).not.toContain(`reduce-${NOW / 1000}`)
    expect(book.takeName('cap', NOW)).toBe(`cap-${NOW / 1000}`)
    expect(book.takeName('reduce', NOW + 1000)).toBe(`reduce-${NOW / 1000 + 1}`)
  })

  it('forgets what is over for a week', async () => {
    const book = bookOf([refused('old', NOW - 8 * DAY_MS)])
    await book.put([accepted('new', NOW, 'cancelled')], NOW + 6 * DAY_MS)
    expect(book.all().map(({ id }) => id)).toEqual(['new', 'old'])
    await book.put([], NOW + 9 * DAY_MS)
    expect(book.all()).toEqual([])
  })
})
