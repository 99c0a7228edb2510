import { HOUR_MS, type Instant, SLOT_HOURS, SLOT_MS } from '../../core/domain/instant.ts'
import { type BuildingRun, fleetKw } from '../accumulate.ts'
import { rampKw } from '../network/cap-figures.ts'
import { sumOf, value } from '../slot-sums.ts'

/** What an order did, against the same days without it: the simulators' truth at the meters of all buildings. */
export interface CallOutcome {
  /** Mean over its time, less (reduce, cap) or more (increase) than without it, and the least quarter-hour. */
  readonly deliveredKw: number
  readonly leastQuarterHourKw: number
  /** What the buildings would have taken meanwhile: space heat alone, and all. */
  readonly spaceHeatKw: number
  readonly heatKw: number
  /** More (positive) than without the order from its announcement to its start. */
  readonly preparedKwh: number
  /** Against it in the 24 hours after: the largest quarter-hour, the sum of what comes back, and the net. */
  readonly reboundKw: number
  readonly reboundKwh: number
  readonly netAfterKwh: number
  /** The largest rise from one quarter-hour to the next, from the start of the order to two hours after it. */
  readonly rampKw: number
  /** Kelvin-hours below the band that it took, mean over zones, until 24 hours after. */
  readonly underheatingKh: number
  /** By how much both lives differ in as long a time before it was announced: nothing that the order did. */
  readonly noiseKw: number
}

export interface CallWindow {
  readonly start: Instant
  readonly announcedAt: Instant
  readonly from: Instant
  readonly until: Instant
  /** 1 where less is asked for, -1 where more. */
  readonly sign: 1 | -1
}

const REBOUND_MS = 24 * HOUR_MS
const RELEASE_MS = 2 * HOUR_MS

export function callOutcome(
  called: readonly BuildingRun[],
  uncalled: readonly BuildingRun[],
  { start, announcedAt, from, until, sign }: CallWindow,
): CallOutcome {
  const with_ = fleetKw(called, (run) => run.trace.heatKw)
  const without = fleetKw(uncalled, (run) => run.trace.heatKw)
  const spaceKw = fleetKw(uncalled, (run) => run.trace.spaceHeatKw)
  const slot = (at: Instant) => Math.max(0, Math.min(without.length, Math.floor((at - start) / SLOT_MS)))
  const slots = (a: Instant, b: Instant) => range(slot(a), slot(b))
  const asked = slots(from, until)
  const after = slots(until, until + REBOUND_MS)
  const less = (k: number) => sign * (value(without, k) - value(with_, k))
  const mean = (ks: readonly number[], of: (k: number) => number) => sumOf(ks, of) / ks.length
  const before = slots(announcedAt - (until - from), announcedAt)
  return {
    deliveredKw: mean(asked, less),
    leastQuarterHourKw: asked.reduce((least, k) => Math.min(least, less(k)), Number.POSITIVE_INFINITY),
    spaceHeatKw: mean(asked, (k) => value(spaceKw, k)),
    heatKw: mean(asked, (k) => value(without, k)),
    preparedKwh: -sumOf(slots(announcedAt, from), less) * SLOT_HOURS,
    reboundKw: after.reduce((most, k) => Math.max(most, -less(k)), 0),
    reboundKwh: sumOf(after, (k) => Math.max(0, -less(k))) * SLOT_HOURS,
    netAfterKwh: -sumOf(after, less) * SLOT_HOURS,
    rampKw: rampKw(with_.subarray(slot(from), slot(until + RELEASE_MS))),
    underheatingKh: colder(called, uncalled, slots(announcedAt, until + REBOUND_MS)),
    noiseKw: before.length > 0 ? mean(before, less) : 0,
  }
}

function colder(
  called: readonly BuildingRun[],
  uncalled: readonly BuildingRun[],
  slots: readonly number[],
): number {
  const under = (runs: readonly BuildingRun[]) =>
    sumOf(runs, (run) => run.zones * sumOf(slots, (k) => value(run.trace.underK, k))) * SLOT_HOURS
  return (under(called) - under(uncalled)) / sumOf(called, (run) => run.zones)
}

/** Kelvin-hours by which each building was colder than without any order, over the whole period. */
export function takenKh(called: readonly BuildingRun[], uncalled: readonly BuildingRun[]): readonly number[] {
  const without = new Map(uncalled.map((run) => [run.building.id, run.trace.meanC]))
  return called.map(({ building, trace }) => {
    const before = without.get(building.id)
    return before
      ? sumOf(range(0, before.length), (k) => Math.max(0, value(before, k) - value(trace.meanC, k))) *
          SLOT_HOURS
      : 0
  })
}

function range(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i)
}
