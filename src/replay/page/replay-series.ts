import { type BuildingRun, fleetKw } from '../accumulate.ts'
import { type BesideRuns, livesOf } from '../lives.ts'
import { type BranchSeries, branchSeries } from '../network/branch-series.ts'
import type { NetworkTruth } from '../network/network-truth.ts'
import type { Production } from '../production/plant-production.ts'
import type { ProductionSeries } from '../production/production-report.ts'
import { RUN_NAMES, type RunName } from '../report.ts'
import type { FleetRuns } from '../savings.ts'
import { sumOf, value } from '../slot-sums.ts'

/** Rooms of the whole fleet by slot; percentiles are the zone-weighted means of the buildings' own. */
export interface FleetRooms {
  readonly coldestC: Float64Array
  readonly p10C: Float64Array
  readonly meanC: Float64Array
  readonly p90C: Float64Array
  readonly warmestC: Float64Array
}

/** What the pictures of a report are drawn from, on the slots of the counted period. */
export interface ReplaySeries {
  readonly eurPerMwh: Float64Array
  readonly outdoorC: Float64Array
  readonly band: { readonly minC: number; readonly maxC: number }
  readonly timeZone: string
  readonly heatKw: Readonly<Record<RunName, Float64Array>>
  readonly rooms: Readonly<Record<RunName, FleetRooms>>
  /** Of the network, where there is one. */
  readonly branches?: readonly BranchSeries[] | undefined
  /** Heat of all buildings without orders and calls, where there are any. */
  readonly uncalledKw?: Float64Array | undefined
  /** What heat cost to make, where that is known. */
  readonly production?: ProductionSeries | undefined
}

interface Beside {
  readonly beside?: BesideRuns | undefined
  readonly network?: NetworkTruth | undefined
  readonly production?: Production | undefined
}

/** Draws the series together from three finished runs. */
export function replaySeries(
  runs: FleetRuns,
  world: Pick<ReplaySeries, 'eurPerMwh' | 'outdoorC' | 'band' | 'timeZone'>,
  { beside = {}, network, production }: Beside = {},
): ReplaySeries {
  const each = <T>(of: (name: RunName) => T): Record<RunName, T> => ({
    asFound: of(RUN_NAMES[0]),
    tunedDown: of(RUN_NAMES[1]),
    controlled: of(RUN_NAMES[2]),
  })
  return {
    ...world,
    heatKw: each((name) => fleetKw(runs[name], (run) => run.trace.heatKw)),
    rooms: each((name) => fleetRooms(runs[name])),
    branches: network && branchSeries(network, livesOf(runs, beside)),
    production: production?.series,
    uncalledKw: beside.uncalled && fleetKw(beside.uncalled, (run) => run.trace.heatKw),
  }
}

function fleetRooms(runs: readonly BuildingRun[]): FleetRooms {
  return {
    coldestC: extreme(runs, (run) => run.trace.coldestC, Math.min),
    p10C: zoneMean(runs, (run) => run.trace.p10C),
    meanC: zoneMean(runs, (run) => run.trace.meanC),
    p90C: zoneMean(runs, (run) => run.trace.p90C),
    warmestC: extreme(runs, (run) => run.trace.warmestC, Math.max),
  }
}

type Series = (run: BuildingRun) => Float64Array

function zoneMean(runs: readonly BuildingRun[], of: Series): Float64Array {
  const zones = sumOf(runs, (run) => run.zones)
  return bySlot(runs, (k) => sumOf(runs, (run) => run.zones * value(of(run), k)) / zones)
}

function extreme(
  runs: readonly BuildingRun[],
  of: Series,
  pick: (a: number, b: number) => number,
): Float64Array {
  return bySlot(runs, (k) => runs.map((run) => value(of(run), k)).reduce((a, b) => pick(a, b)))
}

function bySlot(runs: readonly BuildingRun[], at: (k: number) => number): Float64Array {
  return Float64Array.from({ length: runs[0]?.trace.meanC.length ?? 0 }, (_, k) => at(k))
}
