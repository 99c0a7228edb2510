/**
 * How a plan of the fleet came out: `unproven` has true bounds, but a larger gap than is promised; of `not-finite`, whose
 * numbers cannot be calculated with, and `failed`, whose threads died or were silent, nothing is used.
 */
export const FLEET_OUTCOMES = ['proven', 'unproven', 'not-finite', 'failed'] as const
export type FleetOutcome = (typeof FLEET_OUTCOMES)[number]

/**
 * What went wrong on the way to a plan and was helped. `shard-…`: threads that share the fleet; `kernel-…`: the compiled
 * solver in one thread. They `died`, were `silent` for too long, or found no proof (`unproven`).
 */
export const FLEET_MISHAPS = [
  'shard-died',
  'shard-silent',
  'shard-unproven',
  'kernel-died',
  'kernel-unproven',
] as const
export type FleetMishapKind = (typeof FLEET_MISHAPS)[number]

/** What a plan itself says against itself: `left-out` are buildings whose models cannot be planned with. */
export const FLEET_FAULTS = [...FLEET_MISHAPS, 'left-out', 'cap-broken', 'co2-cap-broken'] as const
export type FleetFault = (typeof FLEET_FAULTS)[number]
