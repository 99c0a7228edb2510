import { HOUR_MS, type Instant, MINUTE_MS } from '../domain/instant.ts'
import type { ZoneReading } from '../domain/telemetry.ts'
import type { TimedC, ZoneBelief, ZoneState } from './belief.ts'
import { ROOM_RANGE_C } from './level.ts'

const WINDOW_MS = 30 * MINUTE_MS
const WINDOW_DROP_K = 1
/** A drop that the whole building shares is no window. */
const OWN_DROP_K = 0.6
const RECOVERED_K = 0.5
/** A room that has not warmed up by then is a cold room, and counts again. */
const WINDOW_LIMIT_MS = 12 * HOUR_MS
const JUMP_UP_K = 2
const JUMP_DOWN_K = 6
const JUMP_ACCEPTED_MS = 12 * HOUR_MS
const SILENT_MS = HOUR_MS
/** Unchanged for so long while the building's level went through so much. */
const STUCK = [
  { ms: 6 * HOUR_MS, levelK: 0.6 },
  { ms: 24 * HOUR_MS, levelK: 0.25 },
] as const
const STUCK_ALONE_MS = 48 * HOUR_MS

/** What one zone's value is judged against. */
export interface Surroundings {
  readonly at: Instant
  /** Samples come at this distance; a slow reporter is not silent. */
  readonly intervalMs: number
  /** What the zone would show by its usual distance from the others; null where it stands alone. */
  readonly expectedC: number | null
  /** How far the others fell in the last half-hour, K. */
  readonly levelDropK: number
}

/** What is wrong with a zone's reading, or `ok`. */
export function judgeZone(
  zone: ZoneBelief,
  reading: ZoneReading | undefined,
  around: Surroundings,
): ZoneState {
  const c = reading?.indoorC
  if (c === undefined) return isSilent(zone, around) ? 'silent' : zone.state
  if (!(c >= ROOM_RANGE_C.min && c <= ROOM_RANGE_C.max)) return 'out-of-range'
  if (reading?.windowOpen === true) return 'window-open'
  if (zone.state === 'window-open' && !windowIsOver(zone, c, around)) return 'window-open'
  if (zone.state === 'jump' && !jumpIsOver(zone, c, around)) return 'jump'
  if (isStuck(zone, c, around)) return 'stuck'
  return zone.state === 'ok' ? freshFault(zone, c, around) : 'ok'
}

function freshFault(zone: ZoneBelief, c: number, around: Surroundings): ZoneState {
  const hours = (around.at - zone.at) / HOUR_MS
  const slackK = Math.min(4, hours)
  if (c - zone.indoorC > JUMP_UP_K + slackK || zone.indoorC - c > JUMP_DOWN_K + slackK) return 'jump'
  const dropK = recentDropK(zone.recent, c, around.at)
  const isOwn = around.expectedC === null || dropK - around.levelDropK > OWN_DROP_K
  return dropK > WINDOW_DROP_K && isOwn ? 'window-open' : 'ok'
}

/** How far `c` lies below the highest value of the last half-hour, K. */
export function recentDropK(recent: readonly TimedC[], c: number, at: Instant): number {
  let highest = c
  for (const past of recent) if (at - past.at <= WINDOW_MS && past.c > highest) highest = past.c
  return highest - c
}

function windowIsOver(zone: ZoneBelief, c: number, around: Surroundings): boolean {
  return c >= zone.beforeC - RECOVERED_K || around.at - zone.since >= WINDOW_LIMIT_MS
}

function jumpIsOver(zone: ZoneBelief, c: number, around: Surroundings): boolean {
  const usualC = around.expectedC ?? zone.beforeC
  return Math.abs(c - usualC) < 1 || around.at - zone.since >= JUMP_ACCEPTED_MS
}

function isSilent(zone: ZoneBelief, around: Surroundings): boolean {
  return around.at - zone.at > Math.max(SILENT_MS, 3 * around.intervalMs)
}

function isStuck(zone: ZoneBelief, c: number, around: Surroundings): boolean {
  if (c !== zone.indoorC) return false
  const sameMs = around.at - zone.sameSince
  if (around.expectedC === null) return sameMs >= STUCK_ALONE_MS
  const levelK = zone.levelHighC - zone.levelLowC
  return STUCK.some((rule) => sameMs >= rule.ms && levelK >= rule.levelK)
}
