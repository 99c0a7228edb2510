import { type Instant, SLOT_MS } from '../domain/instant.ts'
import type { Belief } from './belief.ts'

/** Whether the last sample shows a valid zone newly out of its band by half a kelvin. */
export function needsReplan(belief: Belief, now: Instant): boolean {
  if (now - belief.at > SLOT_MS) return false
  return belief.zones.some((zone) => zone.outSince === belief.at)
}
