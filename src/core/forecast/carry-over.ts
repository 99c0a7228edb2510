import { HOUR_MS, SLOT_MS } from '../domain/instant.ts'

/** How much of an hour's miss is there still an hour later: 0.3 to 0.7 at buildings seen. */
const KEPT_AN_HOUR = 0.6

/** What is expected, with the miss of the hour before `start` fading out over the hours ahead. */
export function carryOver(expectedKw: Float64Array, missKw: number): Float64Array {
  const perHour = HOUR_MS / SLOT_MS
  let carriedKw = missKw
  return expectedKw.map((kw, k) => {
    if (k % perHour === 0) carriedKw *= KEPT_AN_HOUR
    // No more than the hour itself: a wild meter must not make up heat.
    return kw + Math.max(-kw, Math.min(kw, carriedKw))
  })
}
