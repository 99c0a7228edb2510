import { type Instant, MINUTE_MS } from '../domain/instant.ts'
import type { LevelBelief, TimedC, ZoneBelief } from './belief.ts'
import type { ZoneReadings } from './zone-readings.ts'

/** What a room can have; anything else is a sensor's. */
export const ROOM_RANGE_C = { min: 5, max: 40 } as const
const APART_MS = 10 * MINUTE_MS
const KEPT = 4

/** What the valid thermometers have in common: the median of their values less their usual distance. */
export function levelOf(zones: readonly ZoneBelief[], readings: ZoneReadings): number | null {
  const values: number[] = []
  for (const zone of zones) {
    const c = zone.state === 'ok' ? readings[zone.id]?.indoorC : undefined
    if (c !== undefined && c >= ROOM_RANGE_C.min && c <= ROOM_RANGE_C.max) values.push(c - zone.offsetK)
  }
  return values.length === 0 ? null : median(values)
}

export function nextLevel(level: LevelBelief, c: number | null, at: Instant): LevelBelief {
  return c === null ? level : { c, recent: keepApart(level.recent, c, at) }
}

export function median(values: number[]): number {
  values.sort((a, b) => a - b)
  const middle = values.length >> 1
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
}

/** The latest values with ten minutes between them, and the newest of all. */
export function keepApart(recent: readonly TimedC[], c: number, at: Instant): readonly TimedC[] {
  const n = recent.length
  const kept = n > 1 && recent[n - 1].at - recent[n - 2].at < APART_MS ? n - 1 : n
  const next: TimedC[] = []
  for (let i = Math.max(0, kept + 1 - KEPT); i < kept; i++) next.push(recent[i])
  next.push({ at, c })
  return next
}
