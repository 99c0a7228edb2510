import { type Instant, SLOT_MS } from '../../domain/instant.ts'
import type { Outage } from '../../domain/plant.ts'

/** Share of a unit's heat that is there in the slot from `at` on: what an outage takes counts by the time it takes. */
export function availableRatio(outages: readonly Outage[], at: Instant): number {
  return outages.reduce((left, { from, until, availableRatio: rest }) => {
    const overlapMs = Math.max(0, Math.min(until, at + SLOT_MS) - Math.max(from, at))
    return Math.min(left, 1 - (overlapMs / SLOT_MS) * (1 - rest))
  }, 1)
}
