import { DAY_MS, type Instant, MINUTE_MS, SLOT_MS } from '../src/core/domain/instant.ts'
import { createBuilding, restoreBuilding } from './building.ts'
import type { BuildingSpec } from './building-spec.ts'
import type { Setup, SimulatedBuilding, Weather } from './simulated-building.ts'

/** How long a new building finds its own temperatures before anyone looks. */
const WARM_UP_MS = 3 * DAY_MS
/** Longer absences are not lived through; the building starts anew. */
const LONGEST_CATCH_UP_MS = 14 * DAY_MS

export interface Settling {
  readonly spec: BuildingSpec
  readonly setup: Omit<Setup, 'start'>
  readonly weather: (at: Instant) => Weather
  readonly now: Instant
  /** The building as it was, or undefined for a new one. */
  readonly snapshot: string | undefined
}

/** A building that has lived up to `now` on its own curve, its last reading at most a quarter-hour ago. */
export function settleBuilding(settling: Settling): { building: SimulatedBuilding; isRestored: boolean } {
  const restored = restore(settling)
  const building = restored ?? createNew(settling)
  const unread = settling.now - SLOT_MS
  if (building.at < unread) {
    liveUntil(building, settling, unread)
    building.read()
  }
  liveUntil(building, settling, settling.now)
  return { building, isRestored: restored !== undefined }
}

function createNew({ spec, setup, now }: Settling): SimulatedBuilding {
  const start = Math.floor((now - WARM_UP_MS) / MINUTE_MS) * MINUTE_MS
  return createBuilding(spec, { ...setup, start })
}

/** Undefined where the snapshot is too old to live on from, or lies ahead of the clock. */
function restore({ spec, setup, now, snapshot }: Settling): SimulatedBuilding | undefined {
  if (snapshot === undefined) return undefined
  try {
    const building = restoreBuilding(spec, { ...setup, start: now }, snapshot)
    return building.at <= now && now - building.at <= LONGEST_CATCH_UP_MS ? building : undefined
  } catch {
    return undefined // written by other physics than these
  }
}

function liveUntil(building: SimulatedBuilding, { weather }: Settling, until: Instant): void {
  while (building.at + MINUTE_MS <= until) building.step(weather(building.at), undefined)
}
