import { HOUR_MS, type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { OrderRequest } from '../../core/domain/order.ts'
import type { SlotGrid } from '../../core/plan/orders/order-limits.ts'

/** What orders mean for the steps by which a building follows its plan. */
export interface CallMark {
  /** How many times as much a wrong setting costs in each slot; undefined where no order asks anything. */
  readonly stakes: Float64Array | undefined
  /** Writes kept back in each slot, for calls that may yet come and for one that has not begun. */
  readonly callWrites: Uint8Array
}

/** A promise is kept before a few cents are spared elsewhere in the day; and what prepares it before that too. */
const RUNNING = 30
const PREPARING = 5
const PREPARED_MS = 3 * HOUR_MS

export function callMark(
  orders: readonly Pick<OrderRequest, 'from' | 'until'>[],
  { start, slots }: SlotGrid,
  now: Instant,
  keptWrites: number,
): CallMark {
  const ahead = orders.filter(({ until }) => until > now)
  if (ahead.length === 0) return { stakes: undefined, callWrites: new Uint8Array(slots).fill(keptWrites) }
  const stakes = Float64Array.from({ length: slots }, (_, k) => {
    const at = start + k * SLOT_MS
    if (ahead.some(({ from, until }) => at + SLOT_MS > from && at < until)) return RUNNING
    return ahead.some(({ from }) => at >= from - PREPARED_MS && at < from) ? PREPARING : 1
  })
  // Preparation that used them up would leave none to give with.
  const begins = Math.min(...ahead.map(({ from }) => from))
  const callWrites = Uint8Array.from({ length: slots }, (_, k) =>
    start + (k + 1) * SLOT_MS <= begins ? keptWrites : 0,
  )
  return { stakes, callWrites }
}
