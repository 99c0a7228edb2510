import type { BuildingRun } from './accumulate.ts'
import { RUN_NAMES, type RunName } from './report.ts'
import type { FleetRuns } from './savings.ts'

/** Lives beside the three of every replay: cut alike as found, planned one by one, controlled without orders. */
export const BESIDE_NAMES = ['equalCut', 'uncoordinated', 'uncalled'] as const
export type BesideName = (typeof BESIDE_NAMES)[number]
export type LifeName = RunName | BesideName

export type BesideRuns = Readonly<Partial<Record<BesideName, readonly BuildingRun[]>>>

/** All lives of a fleet through the same days, in a fixed order. */
export type Lives = readonly (readonly [LifeName, readonly BuildingRun[]])[]

export function livesOf(runs: FleetRuns, beside: BesideRuns): Lives {
  return [
    ...RUN_NAMES.map((name) => [name, runs[name]] as const),
    ...BESIDE_NAMES.flatMap((name) => {
      const lived = beside[name]
      return lived ? [[name, lived] as const] : []
    }),
  ]
}
