import type { BuildingKind } from '../src/core/domain/building.ts'
import type { ZoneSpec } from './building-spec.ts'
import { uniform } from './chance.ts'

/** EN 16798-1 Annex C: presence and appliances by hour, as shares of their full load. */
const HOME_WEEKDAY = [
  1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.5, 0.5, 0.5, 0.8, 0.8, 0.8, 1, 1,
] // biome-ignore format: a table
const HOME_WEEKEND = [
  1, 1, 1, 1, 1, 1, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 1, 1,
] // biome-ignore format: a table
const HOME_APPLIANCES = [
  0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.7, 0.7, 0.5, 0.5, 0.6, 0.6, 0.6, 0.6, 0.5, 0.5, 0.7, 0.7, 0.8, 0.8, 0.8,
  0.6, 0.6,
] // biome-ignore format: a table
const SCHOOL_WEEKDAY = [
  0, 0, 0, 0, 0, 0, 0, 0.1, 0.6, 0.8, 0.8, 0.6, 0.8, 0.8, 0.6, 0.3, 0.1, 0.1, 0.1, 0, 0, 0, 0, 0,
] // biome-ignore format: a table

/** A quarter-hour's chance that someone comes, goes or stays for good. */
const CHANGE_CHANCE = 0.12
export const WINDOW_STEP_MIN = 5
const CLOSE_CHANCE = 0.09

export function presenceProfile(kind: BuildingKind, weekday: number, hour: number): number {
  const isWeekend = weekday >= 5
  if (kind === 'school') return isWeekend ? 0 : SCHOOL_WEEKDAY[hour]!
  return (isWeekend ? HOME_WEEKEND : HOME_WEEKDAY)[hour]!
}

export function applianceProfile(kind: BuildingKind, weekday: number, hour: number): number {
  if (kind === 'school') return 0.15 + 0.85 * presenceProfile(kind, weekday, hour)
  return HOME_APPLIANCES[hour]!
}

/** Once a quarter-hour: presence lasts, and at times is drawn again around the profile. */
export function nextPresence(
  presence: number,
  profile: number,
  zone: ZoneSpec,
  key: number,
  slot: number,
): number {
  if (uniform(key, slot * 2) >= CHANGE_CHANCE) return presence
  const spread = 1.2 / Math.sqrt(zone.dwellings)
  const drawn = profile + (uniform(key, slot * 2 + 1) - 0.5) * spread
  return drawn < 0 ? 0 : Math.min(drawn, 1)
}

/** Every five minutes: the chance that a closed window is opened, more and more above 22.5 °C. */
export function openChance(zone: ZoneSpec, airC: number, presence: number, outdoorC: number): number {
  const warm = airC > 22.5 ? airC - 22.5 : 0
  const mild = outdoorC > -20 ? (outdoorC + 30) / 40 : 0.25
  return zone.airingHabit * presence * (0.0015 + 0.014 * warm * Math.min(mild, 1))
}

/** Every five minutes: a room that has grown cold has its window shut sooner. */
export function closeChance(airC: number): number {
  return airC < 21 ? 0.4 : CLOSE_CHANCE
}

/** The window after five minutes: 0 or 1 where `drawn` is a number, else the share that stands open. */
export function nextWindow(open: number, opening: number, closing: number, drawn: number | null): number {
  if (drawn === null) return open + (1 - open) * opening - open * closing
  if (open > 0.5) return drawn < closing ? 0 : 1
  return drawn < opening ? 1 : 0
}
