import type { Instant } from '../domain/instant.ts'

/** What a fold needs besides the samples; the same answers must come whenever it is asked. */
export interface World {
  readonly timeZone: string
  /** `NaN` where it is not known: the building's own sensor then stands alone. */
  weatherAt(at: Instant): { readonly outdoorC: number; readonly solarWm2: number }
  /** What was forecast for `at` so many hours before it; `NaN` where nobody remembers. */
  issuedC?(at: Instant, leadHours: number): number
  /** The offset in force at `at` as acknowledged, in the actuator's unit; undefined where nobody said. */
  offsetAt?(at: Instant): number | undefined
}
