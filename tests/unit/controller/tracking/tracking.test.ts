import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LOOK_MS } from '../../../../src/controller/tracking/tracking.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import type { OrderRequest } from '../../../../src/core/domain/order.ts'
import { productConfig } from '../../../fixtures/product.ts'
import { START, type TrackedHouses, trackedHouses } from './tracked-houses.ts'

/** When dear hours begin, and plans take heat away. */
const BEGINS = START + 87 * MINUTE_MS
const IDS = ['b-1', 'b-2', 'b-3', 'b-4', 'b-5', 'b-6']

let street: TrackedHouses
beforeEach(async () => {
  street = await trackedHouses(productConfig(IDS), IDS)
})
afterEach(() => street.stop())

async function place(request: Partial<OrderRequest>) {
  const asked = { kind: 'reduce', kw: 30, from: BEGINS, until: BEGINS + HOUR_MS, ...request } as const
  return await street.controller.desk.placeOrder(asked, 'test')
}

describe('an order between plans', () => {
  it('is looked after while it runs, and not before or after', async () => {
    const placed = await place({ until: BEGINS + 15 * MINUTE_MS })
    expect(placed.ok).toBe(true)
    await street.go(BEGINS - MINUTE_MS)
    expect(street.controller.desk.commitments()).toEqual([])
    await street.go(BEGINS + 2 * MINUTE_MS, LOOK_MS)
    expect(street.controller.desk.commitments()).toMatchObject([{ dropped: [], silent: [] }])
    await street.go(BEGINS + 17 * MINUTE_MS)
    expect(street.controller.desk.commitments()).toEqual([])
  })

  it('has others take the share of a building that says no, within a minute, and names it', async () => {
    await place({})
    await street.go(BEGINS + 4 * MINUTE_MS)
    const before = street.told()
    const lowest = [...before].sort(([, a], [, b]) => a - b)[0]![0]
    const abort = { kind: 'abort', deltaK: 0, untilAt: START + 3 * HOUR_MS, by: 'resident' }
    street.houses.get(lowest)!.isAway = true
    await street.receive(lowest, 'status', { state: 'offline', session: 9, at: street.clock.now() })
    await street.receive(lowest, 'override', abort)
    await street.go(BEGINS + 5 * MINUTE_MS + LOOK_MS, LOOK_MS)
    const moved = [...street.told()].filter(([id, offsetK]) => id !== lowest && offsetK < before.get(id)!)
    expect(moved.length).toBeGreaterThan(0)
    expect(moved.map(([id]) => street.houses.get(id)!.mode)).toEqual(moved.map(() => 'order'))
    expect(street.controller.desk.commitments()).toMatchObject([{ dropped: [lowest] }])
  })

  it('does what it can with half of the fleet gone, and says once what is missing', async () => {
    await place({ kw: 90 })
    await street.go(BEGINS + 4 * MINUTE_MS)
    for (const id of IDS.slice(0, 3)) {
      street.houses.get(id)!.isAway = true
      await street.receive(id, 'status', { state: 'offline', session: 9, at: street.clock.now() })
    }
    await street.go(BEGINS + 7 * MINUTE_MS, LOOK_MS)
    const [one] = street.controller.desk.commitments()
    expect(one?.dropped).toEqual(IDS.slice(0, 3))
    expect(one?.unmetKw).toBeGreaterThan(0)
    expect(street.warnings.filter((facts) => 'unmetKw' in facts)).toHaveLength(1)
  })
})
