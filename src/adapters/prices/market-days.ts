import { MARKET_ZONE } from '../../core/domain/day-ahead.ts'
import { HOUR_MS, type Instant, type Window } from '../../core/domain/instant.ts'
import { localMidnight } from '../../core/domain/local-time.ts'

/** The market days that a window touches, from midnight to midnight, oldest first; of 23, 24 or 25 hours. */
export function marketDays({ from, to }: Window): readonly Window[] {
  const days: Window[] = []
  for (let at = localMidnight(from, MARKET_ZONE); at < to; ) {
    const next = localMidnight(at + 26 * HOUR_MS, MARKET_ZONE)
    days.push({ from: at, to: next })
    at = next
  }
  return days
}

/** `2026-01-15`: the date of a market day that begins at `midnight`. */
export function marketDate(midnight: Instant): string {
  // Noon is on the same date in Brussels as in UTC, whatever the season.
  return new Date(midnight + 12 * HOUR_MS).toISOString().slice(0, 10)
}
