/**
 * How much wider deliveries scatter about what was aimed at than offers had expected of them. Learned from one settled
 * order after another, from the prior that offers are right on.
 */
export interface OfferCalibration {
  /** Of that ratio, squared. */
  readonly variance: number
  readonly settled: number
}

export const PRIOR_CALIBRATION: OfferCalibration = { variance: 1, settled: 0 }

/** The prior counts as so many orders. */
const PRIOR_ORDERS = 20
/** And what was long ago as no more than so many. */
const MOST_ORDERS = 60
/** Beyond so many deviations an order says no more than at them: the first lightning strike is no climate. */
const MOST_DEVIATIONS = 2
/** Of a normal cut off there this share of its variance is left. */
const LEFT_SHARE = 0.9205
const LEAST = 0.5
const MOST = 3

/**
 * With one more order. `deviations`: delivered less aimed at, in the standard deviations that the offer had without
 * any calibration. Only what fell short counts, twice, for who delivers more than he aimed at breaks no promise.
 */
export function calibrated(before: OfferCalibration, deviations: number): OfferCalibration {
  if (!Number.isFinite(deviations)) return before
  const short = Math.min(0, deviations)
  const most = MOST_DEVIATIONS * MOST_DEVIATIONS * before.variance
  const seen = (2 * Math.min(short * short, most)) / LEFT_SHARE
  const settled = before.settled + 1
  const rate = 1 / (PRIOR_ORDERS + Math.min(settled, MOST_ORDERS - PRIOR_ORDERS))
  return { variance: before.variance + rate * (seen - before.variance), settled }
}

/** What later offers multiply their deviation by. */
export function calibrationFactor({ variance }: OfferCalibration): number {
  return Math.max(LEAST, Math.min(MOST, Math.sqrt(variance)))
}
