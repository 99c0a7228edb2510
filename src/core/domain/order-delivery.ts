import { SLOT_MS } from './instant.ts'
import type { AcceptedOrder, OrderBaseline, OrderRequest } from './order.ts'

/**
 * What was delivered of an order so far: the mean of the slots metered, against the baseline frozen for them; of a cap
 * the largest flow, as the meters and the frozen rest have it. Null before anything was metered.
 */
export function deliveredKw(order: AcceptedOrder): number | null {
  const slots = meteredSlots(order)
  if (slots.length === 0) return null
  if (order.kind === 'cap') return Math.max(...slots.map(({ flowKw }) => flowKw))
  const sum = slots.reduce((total, { lessKw }) => total + lessKw, 0)
  return (order.kind === 'increase' ? -1 : 1) * (sum / slots.length)
}

/** The slots while the order ran that were metered. */
export function meteredSlots({ from, until, baseline, measured }: AcceptedOrder) {
  const shift = Math.round((baseline.start - measured.start) / SLOT_MS)
  return Array.from(baseline.flowKw, (flowKw, k) => {
    const lessKw = (baseline.meteredKw[k] ?? Number.NaN) - (measured.meteredKw[k + shift] ?? Number.NaN)
    return { at: baseline.start + k * SLOT_MS, lessKw, flowKw: flowKw - lessKw }
  }).filter(({ at, lessKw }) => at + SLOT_MS > from && at < until && Number.isFinite(lessKw))
}

/** The mean flow of the baseline while the order runs, kW. */
export function meanBaselineKw(
  { start, flowKw }: OrderBaseline,
  { from, until }: Pick<OrderRequest, 'from' | 'until'>,
): number | null {
  const running = flowKw.filter((_, k) => start + (k + 1) * SLOT_MS > from && start + k * SLOT_MS < until)
  return running.length > 0 ? running.reduce((sum, kw) => sum + kw, 0) / running.length : null
}
