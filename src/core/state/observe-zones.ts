import type { Building } from '../domain/building.ts'
import { HOUR_MS, type Instant } from '../domain/instant.ts'
import type { Sample, ZoneReading } from '../domain/telemetry.ts'
import type { Belief, LevelBelief, ZoneBelief, ZoneState } from './belief.ts'
import { keepApart, levelOf, median, nextLevel } from './level.ts'
import { judgeZone, recentDropK, type Surroundings } from './zone-fault.ts'
import { type ZoneReadings, zoneReadings } from './zone-readings.ts'

const OFFSET_HOURS = 48
/** A zone that has been away for longer is no longer stood in for. */
const STAND_IN_MS = 72 * HOUR_MS
const OUT_K = 0.5
const BACK_K = 0.3

export interface ZonesObserved {
  readonly zones: readonly ZoneBelief[]
  readonly level: LevelBelief
}

type Draft = { -readonly [K in keyof ZoneBelief]: ZoneBelief[K] }

/** All zones after a sample, in order of their ids. */
export function observeZones(belief: Belief, building: Building, sample: Sample): ZonesObserved {
  const readings = zoneReadings(sample)
  const known = withNewZones(belief.zones, readings, sample.at)
  const tentativeC = levelOf(known, readings)
  const drafts = known.map(copyZone)
  const around = {
    at: sample.at,
    intervalMs: sample.intervalS * 1000,
    levelDropK: tentativeC === null ? 0 : recentDropK(belief.level.recent, tentativeC, sample.at),
  }
  for (const draft of drafts) {
    const expectedC = drafts.length < 2 || tentativeC === null ? null : tentativeC + draft.offsetK
    takeReading(draft, readings[draft.id], { ...around, expectedC })
  }
  const settledC = levelOf(drafts, readings) ?? tentativeC
  drafts.forEach((draft, i) => {
    settle(draft, sample.at - known[i].at, building, sample.at, settledC)
  })
  return { zones: drafts, level: nextLevel(belief.level, settledC, sample.at) }
}

/** A zone never seen before begins at its own distance from what the others have in common. */
function withNewZones(
  zones: readonly ZoneBelief[],
  readings: ZoneReadings,
  at: Instant,
): readonly ZoneBelief[] {
  const fresh: Draft[] = []
  for (const id in readings) {
    const c = readings[id]?.indoorC
    if (c !== undefined && !zones.some((zone) => zone.id === id)) fresh.push(newZone(id, c, at))
  }
  if (fresh.length === 0) return zones
  const commonC = levelOf(zones, readings) ?? median(fresh.map((zone) => zone.indoorC))
  for (const zone of fresh) zone.offsetK = zone.indoorC - commonC
  return [...zones, ...fresh].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function newZone(id: string, indoorC: number, at: Instant): Draft {
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

// Written out: with ten zones a sample, a spread is the dearest thing in a fold.
function copyZone(zone: ZoneBelief): Draft {
  return {
    id: zone.id,
    state: zone.state,
    since: zone.since,
    indoorC: zone.indoorC,
    at: zone.at,
    okAt: zone.okAt,
    offsetK: zone.offsetK,
    learnedHours: zone.learnedHours,
    sameSince: zone.sameSince,
    levelLowC: zone.levelLowC,
    levelHighC: zone.levelHighC,
    recent: zone.recent,
    beforeC: zone.beforeC,
    counted: zone.counted,
    outSince: zone.outSince,
  }
}

function takeReading(draft: Draft, reading: ZoneReading | undefined, around: Surroundings): void {
  const state = judgeZone(draft, reading, around)
  const before = draft.state
  if (state !== before) enter(draft, state, around.at)
  const c = reading?.indoorC
  if (c === undefined || state === 'out-of-range') return
  // A jump that has lasted is a sensor that hangs elsewhere now.
  if (before === 'jump' && state === 'ok' && around.expectedC !== null) draft.offsetK += c - around.expectedC
  if (c !== draft.indoorC) draft.sameSince = around.at
  draft.indoorC = c
  draft.at = around.at
  if (state === 'ok') draft.okAt = around.at
  draft.recent = keepApart(draft.recent, c, around.at)
}

function enter(draft: Draft, state: ZoneState, at: Instant): void {
  if (draft.state === 'ok') {
    draft.beforeC = draft.indoorC
    for (const past of draft.recent) draft.beforeC = Math.max(draft.beforeC, past.c)
  }
  // What it showed while it was wrong is no measure for what it shows next.
  if (state === 'ok') draft.recent = []
  draft.state = state
  draft.since = at
}

/** What only the settled level can tell: the usual distance from it, the range it went through, the band. */
function settle(draft: Draft, sinceMs: number, building: Building, at: Instant, c: number | null): void {
  draft.counted = draft.state === 'ok' || at - draft.okAt <= STAND_IN_MS
  draft.outSince = outSince(draft, building, at)
  if (c === null) return
  const isRestarted = draft.sameSince === at
  draft.levelLowC = isRestarted ? c : Math.min(draft.levelLowC, c)
  draft.levelHighC = isRestarted ? c : Math.max(draft.levelHighC, c)
  if (draft.state === 'ok' && draft.at === at) learnOffset(draft, sinceMs, c)
}

function learnOffset(draft: Draft, sinceMs: number, c: number): void {
  const hours = Math.min(1, sinceMs / HOUR_MS)
  draft.learnedHours = Math.min(OFFSET_HOURS, draft.learnedHours + hours)
  const rate = hours / Math.max(1, draft.learnedHours)
  draft.offsetK += rate * (draft.indoorC - c - draft.offsetK)
}

function outSince(zone: ZoneBelief, building: Building, at: Instant): Instant | null {
  if (zone.state !== 'ok') return null
  const { minC, maxC } = building.comfort
  const slackK = zone.outSince === null ? OUT_K : BACK_K
  const isOut = zone.indoorC < minC - slackK || zone.indoorC > maxC + slackK
  return isOut ? (zone.outSince ?? at) : null
}
