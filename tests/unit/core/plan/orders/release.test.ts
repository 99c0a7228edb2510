import { expect, it } from 'vitest'
import { MINUTE_MS } from '../../../../../src/core/domain/instant.ts'
import { releaseAt } from '../../../../../src/core/plan/orders/release.ts'
import { buildingId } from '../../../../contract/recorder.ts'
import { at, standingOrder } from './standing-order.ts'

const order = standingOrder()
const ids = Array.from({ length: 200 }, (_, k) => buildingId(`b-${k}`))

it('spreads the return of buildings evenly over the time that is given', () => {
  const minutes = ids.map((id) => (releaseAt(order, id, 30) - at(4)) / MINUTE_MS)
  const perSixMinutes = [0, 6, 12, 18, 24].map(
    (from) => minutes.filter((m) => m >= from && m < from + 6).length,
  )
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...minutes)).toBeLessThan(30)
  for (const count of perSixMinutes) expect(count).toBeGreaterThan(25)
  expect(new Set(minutes).size).toBeGreaterThan(195)
})

it('draws the same after a restart, and another for another order', () => {
  const again = ids.filter((id) => releaseAt(order, id, 30) === releaseAt({ ...order }, id, 30))
  const other = ids.filter(
    (id) => releaseAt(order, id, 30) === releaseAt({ ...order, id: 'reduce-2' }, id, 30),
  )
  expect(again).toHaveLength(200)
  expect(other.length).toBeLessThan(5)
})

it('lets all go at once where no time is given', () => {
  for (const id of ids) expect(releaseAt(order, id, 0)).toBe(at(4))
})
