import { type Instant, SLOT_HOURS, SLOT_MS, slotStart } from '../domain/instant.ts'
import type { BaselineError, OrderRequest } from '../domain/order.ts'
import type { OrderSettlement } from '../domain/settlement.ts'
import { gini } from './gini.ts'
import type { SilentMeter } from './sum-meters.ts'

/** All that a settlement goes by, on the slot grid from `start`: the order's window and the day after it. */
export interface SettlementFacts {
  readonly order: Pick<OrderRequest, 'kind' | 'kw' | 'from' | 'until'>
  readonly start: Instant
  /** What would have been, frozen when the order was accepted: of a cap all that flows, else the steered buildings. */
  readonly baselineKw: Float64Array
  /** The same as metered; `NaN` where nobody knows, or it has not been yet. */
  readonly measuredKw: Float64Array
  /** Meters that were silent, and for whom their baseline stands in. */
  readonly silent: readonly SilentMeter[]
  /** How far the baseline may be off; undefined where nobody knows. */
  readonly baselineError?: BaselineError | undefined
  /** Kelvin-hours that orders took from each building so far. */
  readonly ledgerKh: readonly number[]
}

/** Slots after the order in which what comes back is counted. */
const AFTER_SLOTS = 96
/** Below this share of metered slots nothing is claimed. */
const ENOUGH_SHARE = 0.8

/** Promised against delivered, by the baseline that was frozen at acceptance. Slots that nobody metered are left out. */
export function settleOrder(facts: SettlementFacts): OrderSettlement {
  const { order, silent, ledgerKh } = facts
  const first = Math.max(0, (slotStart(order.from) - facts.start) / SLOT_MS)
  const end = Math.max(first, Math.ceil((order.until - facts.start) / SLOT_MS))
  const during = deliverySums(facts, first, end)
  const after = reboundSums(facts, end)
  const measuredShare = end > first ? during.slots / (end - first) : 0
  const isClaimed = measuredShare >= ENOUGH_SHARE
  const deliveredKw = isClaimed ? during.deliveredKwh / (during.slots * SLOT_HOURS) : null
  return {
    status: isClaimed
      ? silent.length > 0 || measuredShare < 1
        ? 'partly-metered'
        : 'metered'
      : 'not-metered',
    measuredShare,
    silent,
    promisedKwh: during.promisedKwh,
    deliveredKwh: isClaimed ? during.deliveredKwh : null,
    deliveredKw,
    ...baselineDoubt(facts, deliveredKw),
    deliveredShare: isClaimed ? shareOf(during.deliveredKwh, during.promisedKwh) : null,
    heldShare: isClaimed ? during.held / during.slots : null,
    worstShortfallKw: isClaimed ? during.worstKw : null,
    ...after,
    rampKw: rampKw(facts, first, end),
    gini: gini(ledgerKh) ?? null,
  }
}

/** Off by more than this share of the order, a baseline says little of what was delivered. */
const LARGE_ERROR_SHARE = 0.5

function baselineDoubt({ order: { kind, kw }, baselineError }: SettlementFacts, deliveredKw: number | null) {
  if (kind !== 'reduce' && kind !== 'increase') return NO_DOUBT
  if (!baselineError) return { ...NO_DOUBT, doubt: 'unknown' as const }
  const { biasKw, errorKw } = baselineError
  const withoutBias = kind === 'increase' ? -biasKw : biasKw
  return {
    doubt: errorKw > LARGE_ERROR_SHARE * kw ? ('large' as const) : ('none' as const),
    baselineBiasKw: biasKw,
    baselineErrorKw: errorKw,
    adjustedKw: deliveredKw === null ? null : deliveredKw + withoutBias,
  }
}

const NO_DOUBT = { doubt: 'none', baselineBiasKw: null, baselineErrorKw: null, adjustedKw: null } as const

/** Of an order to deliver nothing, all was delivered. */
function shareOf(deliveredKwh: number, promisedKwh: number): number {
  return promisedKwh > 0 ? deliveredKwh / promisedKwh : 1
}

// Meters and plans are no finer: a slot is held within this share of the order.
const HELD_RATIO = 0.01

function deliverySums(facts: SettlementFacts, first: number, end: number) {
  const sums = { slots: 0, promisedKwh: 0, deliveredKwh: 0, held: 0, worstKw: 0 }
  for (let k = first; k < end; k++) {
    const promisedKw = promised(facts, k)
    const deliveredKw = delivered(facts, k)
    // NaN lands here too.
    if (!Number.isFinite(promisedKw) || !Number.isFinite(deliveredKw)) continue
    sums.slots++
    sums.promisedKwh += promisedKw * SLOT_HOURS
    sums.deliveredKwh += deliveredKw * SLOT_HOURS
    sums.worstKw = Math.max(sums.worstKw, promisedKw - deliveredKw)
    if (promisedKw - deliveredKw <= HELD_RATIO * facts.order.kw) sums.held++
  }
  return sums
}

/** What was to be delivered in a slot, kW: of a cap what the baseline lies above it, of an emergency nothing certain. */
function promised({ order, baselineKw }: SettlementFacts, k: number): number {
  switch (order.kind) {
    case 'reduce':
    case 'increase':
      return order.kw
    case 'cap':
      return Math.max(0, baselineKw[k] - order.kw)
    case 'emergency':
      return 0
    default:
      return order.kind satisfies never
  }
}

function delivered({ order, baselineKw, measuredKw }: SettlementFacts, k: number): number {
  const lessKw = baselineKw[k] - measuredKw[k]
  return order.kind === 'increase' ? -lessKw : lessKw
}

/** What came back in the day after: after more heat it is what is then taken less. */
function reboundSums({ order, baselineKw, measuredKw }: SettlementFacts, end: number) {
  const last = Math.min(measuredKw.length, end + AFTER_SLOTS)
  const sign = order.kind === 'increase' ? -1 : 1
  let reboundKw = 0
  let netKwh = 0
  let slots = 0
  for (let k = end; k < last; k++) {
    const moreKw = sign * (measuredKw[k] - baselineKw[k])
    if (!Number.isFinite(moreKw)) continue
    slots++
    reboundKw = Math.max(reboundKw, moreKw)
    netKwh += moreKw * SLOT_HOURS
  }
  return slots > 0
    ? { reboundKw, reboundKwh: netKwh, reboundMeasuredShare: slots / AFTER_SLOTS }
    : { reboundKw: null, reboundKwh: null, reboundMeasuredShare: 0 }
}

/** The steepest change from a slot to the next that the order brought, at its start, within it or after its end, kW. */
function rampKw({ baselineKw, measuredKw }: SettlementFacts, first: number, end: number): number | null {
  const last = Math.min(measuredKw.length, end + AFTER_SLOTS)
  let steepest: number | null = null
  for (let k = Math.max(1, first); k < last; k++) {
    const step = measuredKw[k] - baselineKw[k] - (measuredKw[k - 1] - baselineKw[k - 1])
    if (Number.isFinite(step)) steepest = Math.max(steepest ?? 0, Math.abs(step))
  }
  return steepest
}
