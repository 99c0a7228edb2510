import type { BuildingRun } from '../accumulate.ts'
import type { LifeName, Lives } from '../lives.ts'
import { sumOf, value } from '../slot-sums.ts'
import { upstream } from './branch-streams.ts'
import type { NetworkTruth } from './network-truth.ts'

/** What the pictures of a branch are drawn from, by slot. */
export interface BranchSeries {
  readonly id: string
  readonly capKw: number | undefined
  readonly lives: readonly {
    readonly name: LifeName
    /** As it arrives at the branch. */
    readonly heatKw: Float64Array
    /** Kelvins below the band, mean over the zones on it. */
    readonly underK: Float64Array
  }[]
}

export function branchSeries(truth: NetworkTruth, lives: Lives): readonly BranchSeries[] {
  const flows = lives.map(([name, runs]) => ({ name, runs, streams: truth.streams(runs) }))
  return truth.branches.map(({ id, capKw }) => {
    const on = new Set(
      truth.placed.filter(({ branch }) => upstream(truth.branches, branch).includes(id)).map((one) => one.id),
    )
    return {
      id,
      capKw,
      lives: flows.flatMap(({ name, runs, streams }) => {
        const heatKw = streams.branches.get(id)?.heatKw
        const here = runs.filter(({ building }) => on.has(building.id))
        return heatKw ? [{ name, heatKw, underK: zoneMeanUnderK(here, heatKw.length) }] : []
      }),
    }
  })
}

function zoneMeanUnderK(runs: readonly BuildingRun[], slots: number): Float64Array {
  const zones = sumOf(runs, (run) => run.zones)
  return Float64Array.from(
    { length: slots },
    (_, k) => sumOf(runs, (run) => run.zones * value(run.trace.underK, k)) / zones,
  )
}
