import { HOUR_MS, type Instant } from './instant.ts'
import { localMidnight, localTime } from './local-time.ts'

/** The day-ahead market's calendar: delivery days begin at midnight here. */
export const MARKET_ZONE = 'Europe/Brussels'
/** By this hour of the market's clock the prices of the next day are out. */
export const PUBLICATION_HOUR_CET = 13

/** The end of the last delivery day whose prices are public at `asOf`. */
export function dayAheadKnownUntil(asOf: Instant, publicationHourCet = PUBLICATION_HOUR_CET): Instant {
  const tomorrow = nextMidnight(asOf)
  const isPublished = localTime(asOf, MARKET_ZONE).hour >= publicationHourCet
  return isPublished ? nextMidnight(tomorrow) : tomorrow
}

/** When the prices known at `asOf` were given: the last publication at or before it. */
export function lastPublicationAt(asOf: Instant, publicationHourCet = PUBLICATION_HOUR_CET): Instant {
  const hour = localTime(asOf, MARKET_ZONE).hour
  const sinceMs = ((hour - publicationHourCet + 24) % 24) * HOUR_MS
  return asOf - sinceMs
}

function nextMidnight(at: Instant): Instant {
  // 26 hours after midnight is the next day, whether the day has 23 hours or 25.
  return localMidnight(localMidnight(at, MARKET_ZONE) + 26 * HOUR_MS, MARKET_ZONE)
}
