import { HOUR_MS, type Instant, SLOT_MS } from '../domain/instant.ts'
import { BRIEF, BRIEF_HOURS, SLOW } from '../thermal/filter.ts'
import { weekHour } from '../thermal/week-profile.ts'
import type { Belief } from './belief.ts'

/**
 * Unmeasured heat beyond the model's `gainsKw`, kW into the air, one a slot from `start`: the week's habit, the
 * short-lived part as it fades, and the slow part.
 */
export function forecastGains(belief: Belief, start: Instant, slots: number, timeZone: string): Float64Array {
  const out = new Float64Array(slots)
  if (belief.filter === null) return out
  const { mean } = belief.filter
  for (let k = 0; k < slots; k++) {
    const at = start + k * SLOT_MS
    const ageHours = Math.max(0, at + SLOT_MS / 2 - belief.at) / HOUR_MS
    const briefKw = mean[BRIEF] * Math.exp(-ageHours / BRIEF_HOURS)
    out[k] = belief.gains.profileKw[weekHour(at, timeZone)] + briefKw + mean[SLOW]
  }
  return out
}
