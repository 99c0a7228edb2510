import type { BuildingId } from '../src/core/domain/building-id.ts'
import { HOUR_MS, type Instant } from '../src/core/domain/instant.ts'
import type { Override } from '../src/core/domain/lease.ts'
import type { Readings } from '../src/core/domain/telemetry.ts'
import { streamKey, uniform } from './chance.ts'

/** Residents with a button on the wall. */
export interface ResidentHabits {
  /** They are cold below this. */
  readonly coldBelowC: number
  /** Who is cold presses with this chance each time that the building reports. */
  readonly pressChance: number
  readonly lastsHours: number
}

const BITTERLY_COLD_K = 1.5

/** What the coldest zone's residents press now, if anything: `warmer`, and `abort` where it is bitterly cold. */
export function pressedBy(
  habits: ResidentHabits,
  building: BuildingId,
  readings: Readings,
  at: Instant,
  seed: number,
): Override | undefined {
  const coldest = coldestZone(readings)
  if (!coldest || coldest.indoorC >= habits.coldBelowC) return undefined
  if (uniform(streamKey(seed, building, 'press'), at / 1000) >= habits.pressChance) return undefined
  const kind = coldest.indoorC < habits.coldBelowC - BITTERLY_COLD_K ? 'abort' : 'warmer'
  const untilAt = at + habits.lastsHours * HOUR_MS
  return { building, kind, deltaK: kind === 'abort' ? 0 : 1, untilAt, by: 'resident', zone: coldest.zone }
}

function coldestZone({ zones, indoorC }: Readings): { zone?: string; indoorC: number } | undefined {
  let coldest = indoorC === undefined ? undefined : { indoorC }
  for (const [zone, reading] of Object.entries(zones ?? {})) {
    const roomC = reading.indoorC ?? Number.POSITIVE_INFINITY
    if (!coldest || roomC < coldest.indoorC) coldest = Object.assign({ zone }, { indoorC: roomC })
  }
  return coldest
}
