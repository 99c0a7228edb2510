import { type Instant, SLOT_MS } from '../domain/instant.ts'
import { learnWeekHour, WEEK_HOURS, weekHour } from '../thermal/week-profile.ts'

/** How far what was expected of many meters together was off, a slot ahead: kW metered beyond what was expected. */
export interface FlowMiss {
  /** By the hour of the local week: fans that start at six, showers that nobody sub-meters. */
  readonly hourlyKw: Float64Array
  /** Beyond that, of late. */
  readonly biasKw: number
  /** What was still missed a slot ahead, squared. */
  readonly variance: number
  readonly scored: number
}

export const NO_FLOW_MISS: FlowMiss = {
  hourlyKw: new Float64Array(WEEK_HOURS),
  biasKw: 0,
  variance: 0,
  scored: 0,
}

export interface ScoredSlot {
  readonly start: Instant
  readonly timeZone: string
  readonly expectedKw: number
  readonly meteredKw: number
}

/** Of an hour's miss so much is learned from each of its slots. */
const HOURLY_RATE = 0.12
const BIAS_RATE = 0.5
const VARIANCE_RATE = 0.03
/** How much of a miss beyond the hour's own is there still a slot later. */
const KEPT_A_SLOT = 0.85
/** Wild meters must not make up heat. */
const MOST_SHARE = 0.3

/** A slot that is over, with what was expected of it when it began. */
export function learnFlowMiss(before: FlowMiss, slot: ScoredSlot): FlowMiss {
  const { start, timeZone, expectedKw, meteredKw } = slot
  const mostKw = MOST_SHARE * Math.abs(expectedKw)
  const missKw = Math.max(-mostKw, Math.min(mostKw, meteredKw - expectedKw))
  // NaN lands here too.
  if (!(Math.abs(missKw) <= mostKw)) return before
  const hour = weekHour(start, timeZone)
  const restKw = missKw - before.hourlyKw[hour]
  const errorKw = restKw - KEPT_A_SLOT * before.biasKw
  const scored = before.scored + 1
  const rate = Math.max(VARIANCE_RATE, 1 / scored)
  return {
    hourlyKw: learnWeekHour(before.hourlyKw, hour, HOURLY_RATE * restKw),
    biasKw: before.biasKw + BIAS_RATE * (restKw - before.biasKw),
    variance: before.variance + rate * (errorKw * errorKw - before.variance),
    scored,
  }
}

/** What is to be added to what is expected of each slot ahead, kW, of any sign. */
export function flowMissAhead(miss: FlowMiss, start: Instant, slots: number, timeZone: string): Float64Array {
  let keptKw = miss.biasKw
  return Float64Array.from({ length: slots }, (_, k) => {
    keptKw *= KEPT_A_SLOT
    return miss.hourlyKw[weekHour(start + k * SLOT_MS, timeZone)] + keptKw
  })
}

/** All but one slot in two hundred are missed by less: a day at a cap has ninety-six. */
const SURE = 2.6
/** Before so many slots were scored nothing is known of the next. */
const ENOUGH_SCORED = 8

/** How far below a cap plans must stay for it to hold, kW; as a cap's share until enough was seen. */
export function flowMarginKw({ variance, scored }: FlowMiss, capKw: number): number {
  return scored < ENOUGH_SCORED
    ? USUAL_MARGIN * capKw
    : Math.min(MOST_MARGIN * capKw, SURE * Math.sqrt(variance))
}

const USUAL_MARGIN = 0.02
const MOST_MARGIN = 0.1
