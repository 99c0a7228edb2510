import type { Building } from '../domain/building.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../domain/instant.ts'
import type { Sample, ZoneReading } from '../domain/telemetry.ts'
import type { Belief, LevelBelief, TimedC, ZoneBelief } from './belief.ts'
import { judgeZone, recentDropK, type Surroundings } from './zone-fault.ts'

const APART_MS = 10 * MINUTE_MS
const OFFSET_HOURS = 48
/** A zone that has been away for longer is no longer stood in for. */
const STAND_IN_MS = 72 * HOUR_MS
const OUT_K = 0.5
const BACK_K = 0.3
/** Alone, a building mean is a zone of this name. */
const WHOLE = 'building'

export interface ZonesObserved {
  readonly zones: readonly ZoneBelief[]
  readonly level: LevelBelief
}

/** All zones after a sample, in order of their ids. */
export function observeZones(belief: Belief, building: Building, sample: Sample): ZonesObserved {
  const readings = zoneReadings(sample)
  const known = withNewZones(belief, readings, sample.at)
  const tentativeC = levelC(known, readings)
  const around = {
    at: sample.at,
    intervalMs: sample.intervalS * 1000,
    levelDropK: tentativeC === null ? 0 : recentDropK(belief.level.recent, tentativeC, sample.at),
  }
  const isAlone = known.length < 2
  const after = known.map((zone) => {
    const expectedC = isAlone || tentativeC === null ? null : tentativeC + zone.offsetK
    return judged(zone, readings.get(zone.id), { ...around, expectedC })
  })
  const settledC = levelC(after, readings) ?? tentativeC
  const zones = after.map((zone, i) => settle(zone, known[i], building, sample.at, settledC))
  return { zones, level: nextLevel(belief.level, settledC, sample.at) }
}

function zoneReadings(sample: Sample): ReadonlyMap<string, ZoneReading> {
  const { zones, indoorC } = sample.readings
  if (zones !== undefined) return new Map(Object.entries(zones))
  return new Map(indoorC === undefined ? [] : [[WHOLE, { indoorC }]])
}

/** A zone never seen before starts as the others' level and its own distance from it. */
function withNewZones(
  belief: Belief,
  readings: ReadonlyMap<string, ZoneReading>,
  at: Instant,
): readonly ZoneBelief[] {
  const fresh: ZoneBelief[] = []
  for (const [id, { indoorC }] of readings) {
    if (indoorC === undefined || belief.zones.some((zone) => zone.id === id)) continue
    fresh.push(newZone(id, indoorC, at))
  }
  if (fresh.length === 0) return belief.zones
  const aroundC = levelC(belief.zones, readings) ?? median(fresh.map((zone) => zone.indoorC))
  const placed = fresh.map((zone) => ({ ...zone, offsetK: zone.indoorC - aroundC }))
  return [...belief.zones, ...placed].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function newZone(id: string, indoorC: number, at: Instant): ZoneBelief {
  return {
    id,
    state: 'ok',
    since: at,
    indoorC,
    at,
    okAt: at,
    offsetK: 0,
    learnedHours: 0,
    sameSince: at,
    levelLowC: indoorC,
    levelHighC: indoorC,
    recent: [],
    beforeC: indoorC,
    counted: false,
    outSince: null,
  }
}

function judged(zone: ZoneBelief, reading: ZoneReading | undefined, around: Surroundings): ZoneBelief {
  const state = judgeZone(zone, reading, around)
  const changed = state !== zone.state
  const since = changed ? around.at : zone.since
  const beforeC = changed && zone.state === 'ok' ? highest(zone) : zone.beforeC
  const c = reading?.indoorC
  if (c === undefined || state === 'out-of-range') return changed ? { ...zone, state, since, beforeC } : zone
  const offsetK =
    zone.state === 'jump' && state === 'ok' && around.expectedC !== null
      ? zone.offsetK + c - around.expectedC
      : zone.offsetK
  return {
    ...zone,
    state,
    since,
    beforeC,
    offsetK,
    indoorC: c,
    at: around.at,
    okAt: state === 'ok' ? around.at : zone.okAt,
    sameSince: c === zone.indoorC ? zone.sameSince : around.at,
    recent: keepApart(zone.recent, c, around.at),
  }
}

function highest(zone: ZoneBelief): number {
  return zone.recent.reduce((most, past) => Math.max(most, past.c), zone.indoorC)
}

/** What only the settled level can tell: the usual distance from it, the range it went through, the band. */
function settle(
  zone: ZoneBelief,
  past: ZoneBelief,
  building: Building,
  at: Instant,
  c: number | null,
): ZoneBelief {
  const counted = zone.state === 'ok' || at - zone.okAt <= STAND_IN_MS
  const outSince = nextOutSince(zone, building, at)
  if (c === null) return { ...zone, counted, outSince }
  const restarted = zone.sameSince === at
  return {
    ...zone,
    counted,
    outSince,
    ...(zone.state === 'ok' ? learnOffset(zone, zone.at - past.at, c) : undefined),
    levelLowC: restarted ? c : Math.min(zone.levelLowC, c),
    levelHighC: restarted ? c : Math.max(zone.levelHighC, c),
  }
}

function learnOffset(zone: ZoneBelief, sinceMs: number, c: number): Partial<ZoneBelief> {
  const hours = Math.min(1, sinceMs / HOUR_MS)
  const learnedHours = Math.min(OFFSET_HOURS, zone.learnedHours + hours)
  const rate = hours / Math.max(1, learnedHours)
  return { learnedHours, offsetK: zone.offsetK + rate * (zone.indoorC - c - zone.offsetK) }
}

function nextOutSince(zone: ZoneBelief, building: Building, at: Instant): Instant | null {
  if (zone.state !== 'ok') return null
  const { minC, maxC } = building.comfort
  const slackK = zone.outSince === null ? OUT_K : BACK_K
  const isOut = zone.indoorC < minC - slackK || zone.indoorC > maxC + slackK
  return isOut ? (zone.outSince ?? at) : null
}

/** What the valid thermometers have in common: the median of their values less their usual distance. */
function levelC(zones: readonly ZoneBelief[], readings: ReadonlyMap<string, ZoneReading>): number | null {
  const values: number[] = []
  for (const zone of zones) {
    const c = readings.get(zone.id)?.indoorC
    if (zone.state === 'ok' && c !== undefined && c >= 5 && c <= 40) values.push(c - zone.offsetK)
  }
  return values.length === 0 ? null : median(values)
}

function median(values: number[]): number {
  values.sort((a, b) => a - b)
  const middle = values.length >> 1
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
}

function nextLevel(level: LevelBelief, c: number | null, at: Instant): LevelBelief {
  if (c === null) return level
  return { c, recent: keepApart(level.recent, c, at) }
}

/** Newest three values that are at least ten minutes apart; the newest of all is always there. */
function keepApart(recent: readonly TimedC[], c: number, at: Instant): readonly TimedC[] {
  const older = recent[recent.length - 2]
  const last = recent[recent.length - 1]
  const value = { at, c }
  if (last !== undefined && older !== undefined && last.at - older.at < APART_MS) {
    return [...recent.slice(0, -1), value]
  }
  return [...recent, value].slice(-4)
}
