import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { Plant } from '../core/domain/plant.ts'
import type { FleetPlan } from '../core/plan/fleet-job.ts'
import { readStore } from '../core/plan/production/store-qp.ts'

interface LastPlanned {
  readonly start: Instant
  readonly levelsKwh: ReadonlyMap<string, number>
  readonly plan: Pick<FleetPlan, 'stores'>
}

/** What the heat stores hold at `start` as they were last planned; nobody measures them. Empty without an earlier plan. */
export function storeLevels(
  plant: Plant | undefined,
  before: LastPlanned | undefined,
  start: Instant,
): ReadonlyMap<string, number> {
  const levels = new Map<string, number>()
  if (!before || !plant) return levels
  const passed = Math.round((start - before.start) / SLOT_MS)
  for (const [i, store] of plant.stores.entries()) {
    const planned = before.plan.stores[i]
    const levelKwh =
      passed > 0 && planned ? readStore(store, planned).levelKwh[passed - 1] : before.levelsKwh.get(store.id)
    if (levelKwh === undefined || Number.isNaN(levelKwh)) continue
    levels.set(store.id, Math.max(0, Math.min(store.capacityKwh, levelKwh)))
  }
  return levels
}
