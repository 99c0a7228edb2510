import type { ThermalModel } from '../../domain/building.ts'
import type { Instant } from '../../domain/instant.ts'

/** What one building measured, oldest first, on any steps; `NaN` is a gap. */
export interface IdentifyTelemetry {
  readonly at: ArrayLike<Instant>
  readonly indoorC: ArrayLike<number>
  /** Space heat. */
  readonly heatKw: ArrayLike<number>
  readonly outdoorC: ArrayLike<number>
  /** On the horizontal; without it the aperture is not fitted. */
  readonly solarWm2?: ArrayLike<number> | undefined
  /** Measured gains into the air. */
  readonly gainsKw?: ArrayLike<number> | undefined
  /** The heating circuit's pipes: with the supply at least, a noisy meter can be seen through. */
  readonly supplyC?: ArrayLike<number> | undefined
  readonly returnC?: ArrayLike<number> | undefined
  /** What was asked of the curve in the interval that ends here, K of supply. */
  readonly offsetK?: ArrayLike<number> | undefined
}

/** All columns but the instants. */
export const TELEMETRY_COLUMNS = [
  'indoorC',
  'heatKw',
  'outdoorC',
  'solarWm2',
  'gainsKw',
  'supplyC',
  'returnC',
  'offsetK',
] as const

/** Whether a power is the mean of the interval that ends at its instant, or of the one that starts there. */
export type PowerOf = 'ends' | 'starts'

/** What is known before any data: a typical model, and how far off it may be. */
export interface IdentifyPrior {
  readonly model: ThermalModel
  /** Standard deviation of the logarithm of its loss and capacities. */
  readonly deviation: number
  readonly floorAreaM2?: number | undefined
}
