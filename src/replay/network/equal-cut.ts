import type { Stream } from '../../../simulators/pipes.ts'
import type { BuildingRun } from '../accumulate.ts'
import { value } from '../slot-sums.ts'
import { type Placed, upstream } from './branch-streams.ts'

export interface CappedBranch {
  readonly id: string
  readonly parent?: string | undefined
  readonly capKw?: number | undefined
}

// What rounding, windows and the return's delay may add to it.
const MARGIN = 0.997
// Farther above what is taken as found than any building goes, a limit would only cut its fluctuations.
const FREE_ABOVE = 1.5

/**
 * Most space heat of each building where every branch is kept under its cap by cutting all buildings on it by the
 * same share of what they take as found, with perfect knowledge of that; infinite where nothing binds. kW a slot.
 */
export function equalCutLimits(
  asFound: readonly BuildingRun[],
  placed: readonly Placed[],
  branches: readonly CappedBranch[],
  streams: ReadonlyMap<string, Stream>,
): readonly Float64Array[] {
  const on = new Map(placed.map(({ id, branch }) => [id, upstream(branches, branch)]))
  const shares = new Map(
    branches.flatMap(({ id, capKw }) => {
      const stream = streams.get(id)
      if (capKw === undefined || !stream) return []
      const runs = asFound.filter(({ building }) => on.get(building.id)?.includes(id))
      return [[id, shareLeft(stream.heatKw, runs, capKw)] as const]
    }),
  )
  return asFound.map((run) => {
    const binding = (on.get(run.building.id) ?? []).flatMap((id) => shares.get(id) ?? [])
    return run.trace.heatKw.map((_, k) => {
      const share = binding.reduce((least, series) => Math.min(least, value(series, k)), FREE_ABOVE)
      return share < FREE_ABOVE ? share * movableKw(run, k) : Number.POSITIVE_INFINITY
    })
  })
}

/** The share of space heat that a cap leaves in each slot, all else as found. */
function shareLeft(heatKw: Float64Array, runs: readonly BuildingRun[], capKw: number): Float64Array {
  return heatKw.map((kw, k) => {
    const spaceKw = runs.reduce((sum, run) => sum + movableKw(run, k), 0)
    return spaceKw > 0 ? Math.max(0, (MARGIN * capKw - (kw - spaceKw)) / spaceKw) : 0
  })
}

/** Radiators alone: no setpoint moves hot water or fresh air. */
function movableKw({ trace }: BuildingRun, k: number): number {
  return Math.max(0, value(trace.spaceHeatKw, k) - value(trace.ventHeatKw, k))
}
