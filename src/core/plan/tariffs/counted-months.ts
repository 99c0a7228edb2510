import type { Instant } from '../../domain/instant.ts'
import { localTime } from '../../domain/local-time.ts'

/** Whether the local month of `at` counts for a fee; all do where it names none. */
export function isCounted(months: readonly number[] | undefined, at: Instant, timeZone: string): boolean {
  return !months || months.includes(localTime(at, timeZone).month)
}
