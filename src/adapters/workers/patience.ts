/** How long threads may take over a fleet before they are given up: many times of what they need. */
export interface Patience {
  readonly baseMs: number
  readonly perBuildingMs: number
}

export const PATIENCE: Patience = { baseMs: 60_000, perBuildingMs: 5 }

/** Of the whole plan of a fleet. */
export function patienceMs({ baseMs, perBuildingMs }: Patience, buildings: number): number {
  return baseMs + perBuildingMs * buildings
}

// What the threads that share it do not finish is left to one of them.
const SHARED_RATIO = 0.5

/** Of its threads together, before one thread begins anew by itself. */
export function sharedPatienceMs(patience: Patience, buildings: number): number {
  return SHARED_RATIO * patienceMs(patience, buildings)
}
