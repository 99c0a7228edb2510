import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import type { AcceptedOrder } from '../../core/domain/order.ts'
import type { OrderSettlement } from '../../core/domain/settlement.ts'
import { settleOrder } from '../../core/verify/settle-order.ts'

/**
 * An order as it is settled by what is metered so far: of a cap all that flows, the frozen rest beside the meters in
 * it; else what the steered buildings take.
 */
export function orderSettlement(order: AcceptedOrder, ledgerKh: readonly number[]): OrderSettlement {
  const { baseline, measured, kind } = order
  const meteredKw = onGrid(measured, baseline.start, baseline.meteredKw.length)
  const rest = (k: number) => baseline.flowKw[k]! - baseline.meteredKw[k]!
  return settleOrder({
    order,
    start: baseline.start,
    baselineKw: kind === 'cap' ? baseline.flowKw : baseline.meteredKw,
    measuredKw: kind === 'cap' ? meteredKw.map((kw, k) => kw + rest(k)) : meteredKw,
    silent: [...(measured.silent ?? [])].map(([building, slots]) => ({ building, slots })),
    baselineError: order.baselineError,
    ledgerKh,
  })
}

function onGrid({ start, meteredKw }: AcceptedOrder['measured'], from: Instant, slots: number): Float64Array {
  const shift = Math.round((from - start) / SLOT_MS)
  return Float64Array.from({ length: slots }, (_, k) => meteredKw[k + shift] ?? Number.NaN)
}
