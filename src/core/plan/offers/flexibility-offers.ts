import {
  type Flexibility,
  type FlexibilitySlice,
  NOTICE_MINUTES,
  OFFER_MINUTES,
  type Withheld,
} from '../../domain/flexibility.ts'
import { type Instant, MINUTE_MS, SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import { normalQuantile } from '../../math/normal.ts'
import { addBuilding, type OfferKind } from './add-building.ts'
import { recoverySlots } from './call-cost.ts'
import { type FlexibleBuilding, isFiniteBuilding } from './flexible-building.ts'
import { keepOrder } from './keep-order.ts'
import { newOfferSums } from './offer-sums.ts'

export interface OfferTerms {
  readonly issuedAt: Instant
  readonly start: Instant
  readonly slots: number
  /** The share of calls in which the offer is to be delivered. */
  readonly confidence: number
  /** Deviations of past deliveries over those expected; 1 before any was settled. */
  readonly calibration?: number | undefined
  /** These stand for a fleet of so many: what is not known of the others is in the deviation. */
  readonly fleetSize?: number | undefined
  /** Only every so many slots are calculated, the others follow the one before: for very large fleets. */
  readonly everySlots?: number | undefined
}

/** What all models have wrong in common: the law of the radiators, valves that open as rooms cool. */
export const COMMON_SHARE = 0.1

/**
 * Each re-plan and the fast loop make up for much of what models have wrong before a call is over: so much of the
 * deviation is left, by simulated calls of two hours.
 */
export const LEFT_OPEN_RATIO = 0.6

/**
 * What the fleet can give beside its plan. Of each building the largest constant change that its actuator, its rooms
 * and its writes allow from the planned trajectory on; of the fleet their sum less what at the asked confidence may be
 * missing: each building's own errors average out, the common ones do not.
 */
export function flexibilityOffers(
  buildings: Iterable<FlexibleBuilding | Withheld>,
  terms: OfferTerms,
): Flexibility {
  const every = Math.max(1, Math.floor(terms.everySlots ?? 1))
  const kinds = offerKinds(terms.slots)
  const withheld: Partial<Record<Withheld, number>> = {}
  let count = 0
  let refused = 0
  for (const one of buildings) {
    const why = refusal(one, terms.slots)
    if (typeof one === 'string' || why) {
      const reason = typeof one === 'string' ? one : (why ?? 'not-finite')
      withheld[reason] = (withheld[reason] ?? 0) + 1
      refused++
      continue
    }
    count++
    addBuilding(one, kinds, every)
  }
  const { issuedAt, start, confidence } = terms
  const asked = count + refused
  const sample = { asked, factor: asked > 0 ? Math.max(1, (terms.fleetSize ?? asked) / asked) : 1 }
  const slices = keepOrder(kinds.map((kind) => slice(kind, terms, { every, ...sample })))
  const whole = (part: number) => Math.round(part * sample.factor)
  for (const [why, part] of Object.entries(withheld)) withheld[why as Withheld] = whole(part)
  return { issuedAt, start, confidence, buildings: whole(count), withheld, slices }
}

function refusal(one: FlexibleBuilding | Withheld, slots: number): Withheld | undefined {
  if (typeof one === 'string') return one
  return one.heatKw.length === slots && isFiniteBuilding(one) ? undefined : 'not-finite'
}

function offerKinds(slots: number): OfferKind[] {
  const kinds: OfferKind[] = []
  for (const direction of ['down', 'up'] as const) {
    for (const noticeMinutes of NOTICE_MINUTES) {
      const preparedSlots = Math.floor((noticeMinutes * MINUTE_MS) / SLOT_MS)
      for (const minutes of OFFER_MINUTES) {
        kinds.push({
          direction,
          slots: (minutes * MINUTE_MS) / SLOT_MS,
          preparedSlots,
          noticeMinutes,
          sums: newOfferSums(slots),
        })
      }
    }
  }
  return kinds
}

interface Sample {
  readonly every: number
  /** Buildings that were asked, and how many of the fleet each of them stands for. */
  readonly asked: number
  readonly factor: number
}

function slice(kind: OfferKind, terms: OfferTerms, { every, asked, factor }: Sample): FlexibilitySlice {
  const { sums, slots } = kind
  const n = terms.slots
  const z = Math.max(0, normalQuantile(terms.confidence))
  const scale = LEFT_OPEN_RATIO * (terms.calibration ?? 1)
  const series = () => new Float64Array(n)
  const result = {
    direction: kind.direction,
    durationMinutes: (slots * SLOT_MS) / MINUTE_MS,
    noticeMinutes: kind.noticeMinutes,
    kw: series(),
    meanKw: series(),
    sigmaKw: series(),
    responseShare: series(),
    eurPerKwh: series(),
    reboundKwhPerKwh: series(),
    reboundKwPerKw: series(),
  }
  for (let k = 0; k < n; k++) {
    const from = k - (k % every)
    const askedKw = sums.meanKw[from]
    const meanKw = factor * askedKw
    if (!(meanKw > 0)) continue
    const responseVariance =
      factor * sums.responseVariance[from] + COMMON_SHARE * meanKw * (COMMON_SHARE * meanKw)
    // Of a sample without return; nothing where all were asked.
    const spread = Math.max(0, sums.squares[from] - (askedKw * askedKw) / asked)
    const unasked = factor * (factor - 1) * spread
    const sigmaKw = scale * Math.sqrt(responseVariance + factor * sums.variance[from] + unasked)
    result.meanKw[k] = meanKw
    result.sigmaKw[k] = sigmaKw
    result.kw[k] = Math.max(0, meanKw - z * sigmaKw)
    result.responseShare[k] = (scale * Math.sqrt(responseVariance)) / meanKw
    result.eurPerKwh[k] = sums.eur[from] / (askedKw * slots * SLOT_HOURS)
    result.reboundKwPerKw[k] = sums.reboundKw[from] / askedKw
    result.reboundKwhPerKwh[k] = (result.reboundKwPerKw[k] * recoverySlots(slots)) / slots
  }
  return result
}
