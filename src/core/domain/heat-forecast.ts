import type { BuildingId } from './building-id.ts'
import type { Instant } from './instant.ts'

/** Demand as our plan would have it, or as the building's own curve (and an operator's hold) would. */
export type HeatBasis = 'as-planned' | 'on-curve'

/** Whether the quantiles come from errors seen at this building, or stand in until enough were seen. */
export type QuantileSource = 'learned' | 'prior'

/**
 * All heat through the meter, hot water included, kW a slot from `start` on, as believed at `issuedAt`. Quantiles are
 * of hourly means: a single slot swings further.
 */
export interface HeatForecast {
  /** Null is the whole fleet. */
  readonly building: BuildingId | null
  readonly issuedAt: Instant
  readonly start: Instant
  readonly basis: HeatBasis
  readonly source: QuantileSource
  readonly p10Kw: Float64Array
  readonly p50Kw: Float64Array
  readonly p90Kw: Float64Array
  /** The same with nobody steering: the building's own curve. */
  readonly curveKw: Float64Array
}

/** Hours ahead at which forecasts are kept and measured: the hour that ends so long after `start`. */
export const LEAD_HOURS = [1, 3, 6, 12, 24, 48] as const

/** What is kept of a forecast made at the full hour, and the meter's answer to earlier ones; NaN beyond the horizon. */
export interface HeatForecastRecord {
  readonly building: BuildingId | null
  readonly issuedAt: Instant
  readonly start: Instant
  readonly basis: HeatBasis
  readonly source: QuantileSource
  /** One a lead, in the order of `LEAD_HOURS`: what the models said, and the quantiles made of it. */
  readonly expectedKw: Float64Array
  readonly p10Kw: Float64Array
  readonly p50Kw: Float64Array
  readonly p90Kw: Float64Array
  /** Mean of the hour from `meteredFrom` on, which was to be known by now; null where the meter was silent. */
  readonly meteredFrom: Instant
  readonly meteredKw: number | null
}

/** What forecasts turned out to be worth, of late. */
export interface LeadAccuracy {
  readonly leadHours: number
  readonly scored: number
  /** Mean absolute error of the median, kW. */
  readonly maeKw: number
  /** Share of hours within the 80 % interval, and its mean width, kW. */
  readonly coverage80: number
  readonly width80Kw: number
}
