import type { Instant } from './instant.ts'

/** What stands behind a figure, said wherever the figure is shown. */
export interface Provenance {
  /** The source by name: `csv:prices.csv`, `synthetic`, ... */
  readonly source: string
  readonly kind: 'measured' | 'forecast' | 'synthetic' | 'estimated'
  /** When the source gave it. */
  readonly issuedAt: Instant
  /** Set where a better source failed and this stands in for it: what failed, and why. */
  readonly standsInFor?: string
}

/** One value a slot from `start` on; `NaN` is a named gap, never a zero. */
export interface SlotSeries {
  readonly start: Instant
  readonly values: Float64Array
}

/** Electricity prices on the slot grid, EUR/MWh; slots past the last published price are `NaN`. */
export interface PriceSeries extends SlotSeries {
  readonly provenance: Provenance
}

/** Emissions of a kilowatt-hour of electricity on the slot grid, g/kWh. */
export interface Co2Series extends SlotSeries {
  readonly provenance: Provenance
}

/** Weather on the slot grid: `outdoorC` at the slot's start, `solarWm2` the slot's mean on the horizontal. */
export interface WeatherSeries {
  readonly start: Instant
  readonly outdoorC: Float64Array
  readonly solarWm2: Float64Array
  readonly windMs: Float64Array
  readonly provenance: Provenance
}
