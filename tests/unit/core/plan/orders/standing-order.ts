import { HOUR_MS, SLOT_MS } from '../../../../../src/core/domain/instant.ts'
import type { AcceptedOrder } from '../../../../../src/core/domain/order.ts'

/** Monday, 08:00 in Helsinki. */
export const START = Date.UTC(2026, 0, 12, 6)
export const SLOTS = 32

export const at = (hours: number) => START + hours * HOUR_MS

/** An order that was accepted at `START` over a baseline of 100 kW, from the second to the fourth hour. */
export function standingOrder(more: Partial<AcceptedOrder> = {}): AcceptedOrder {
  const flowKw = new Float64Array(SLOTS).fill(100)
  return {
    id: 'reduce-1',
    kind: 'reduce',
    kw: 20,
    from: at(2),
    until: at(4),
    placedAt: START,
    placedBy: 'anna',
    state: 'accepted',
    baseline: { start: START, flowKw, meteredKw: flowKw.map((kw) => 0.9 * kw) },
    promised: { kw: 20, flowKw: flowKw.slice(), reboundKw: 0, reboundKwh: 0, underKh: 0 },
    marginRatio: 0,
    measured: { start: START, meteredKw: new Float64Array(SLOTS).fill(Number.NaN) },
    ...more,
  }
}

/** The slots of a series that differ from `other`, as hours after `START`. */
export function hoursWhere(kw: Float64Array, is: (kw: number) => boolean): number[] {
  return Array.from(kw, (value, k) => (is(value) ? (k * SLOT_MS) / HOUR_MS : -1)).filter((hour) => hour >= 0)
}
