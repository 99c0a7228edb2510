import type { Instant } from './instant.ts'

/** The weather of the quarter-hour from `at` on, as its source told it once it was past. */
export interface WeatherSlot {
  readonly at: Instant
  readonly outdoorC: number
  readonly solarWm2: number
}
