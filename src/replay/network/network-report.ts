import { SLOT_HOURS } from '../../core/domain/instant.ts'
import { gini } from '../../core/verify/gini.ts'
import { accumulate, type BuildingRun } from '../accumulate.ts'
import type { LifeName, Lives } from '../lives.ts'
import type { SlotCalendar } from '../slot-calendar.ts'
import { sumOf, value } from '../slot-sums.ts'
import { upstream } from './branch-streams.ts'
import { type CapFigures, capFigures, exceedingSlots, rampKw } from './cap-figures.ts'
import type { NetworkTruth } from './network-truth.ts'

/** What flowed through the network, branches as it arrives there, in the simulators' truth. */
export interface NetworkReport {
  readonly branches: Readonly<Record<string, BranchReport>>
  /** Out of the plant. */
  readonly plant: Readonly<Partial<Record<LifeName, FlowFigures>>>
}

export interface FlowFigures {
  /** The largest quarter-hour, and the largest rise from one to the next. */
  readonly peakKw: number
  readonly rampKw: number
}

export interface BranchReport {
  readonly buildings: number
  readonly capKw: number | null
  /** In which the branch as found exceeds the cap. */
  readonly exceedingQuarterHours: number
  readonly lives: Readonly<Partial<Record<LifeName, BranchLife>>>
}

export interface BranchLife extends FlowFigures {
  /** Against the cap; null where there is none. */
  readonly cap: CapFigures | null
  /** Kelvin-hours below the band, mean over zones, over the whole period; and how many more than as found. */
  readonly underheatingKh: number
  readonly addedUnderheatingKh: number
  readonly minIndoorC: number
  /** Kelvin-hours by which rooms were colder than as found, mean over zones, and how unequally among buildings. */
  readonly colderKh: number
  readonly colderGini: number | null
}

export function networkReport(truth: NetworkTruth, lives: Lives, calendar: SlotCalendar): NetworkReport {
  const streams = new Map(lives.map(([name, runs]) => [name, truth.streams(runs)] as const))
  const branches = truth.branches.map(({ id, capKw }) => {
    const on = new Set(
      truth.placed.filter(({ branch }) => upstream(truth.branches, branch).includes(id)).map(({ id }) => id),
    )
    const asFoundKw = truth.asFound.branches.get(id)?.heatKw ?? new Float64Array(calendar.slots)
    const here = (runs: readonly BuildingRun[]) => runs.filter(({ building }) => on.has(building.id))
    const asFound = here(lives.find(([name]) => name === 'asFound')?.[1] ?? [])
    const each = lives.map(([name, runs]) => {
      const heatKw = streams.get(name)?.branches.get(id)?.heatKw ?? asFoundKw
      const against = capKw === undefined ? null : capFigures(asFoundKw, heatKw, capKw)
      return [name, { ...flow(heatKw), cap: against, ...rooms(asFound, here(runs), calendar) }] as const
    })
    const report: BranchReport = {
      buildings: on.size,
      capKw: capKw ?? null,
      exceedingQuarterHours: capKw === undefined ? 0 : exceedingSlots(asFoundKw, capKw).length,
      lives: Object.fromEntries(each),
    }
    return [id, report] as const
  })
  const plant = lives.map(
    ([name]) => [name, flow((streams.get(name)?.plant ?? truth.asFound.plant).heatKw)] as const,
  )
  return { branches: Object.fromEntries(branches), plant: Object.fromEntries(plant) }
}

function flow(heatKw: Float64Array): FlowFigures {
  return { peakKw: heatKw.reduce((most, kw) => Math.max(most, kw), 0), rampKw: rampKw(heatKw) }
}

function rooms(asFound: readonly BuildingRun[], runs: readonly BuildingRun[], calendar: SlotCalendar) {
  const { underheatingKh, minIndoorC } = accumulate(runs, calendar)
  const zones = sumOf(runs, (run) => run.zones)
  const colder = runs.map((run) => ({ zones: run.zones, kh: colderKh(asFound, run) }))
  return {
    underheatingKh,
    addedUnderheatingKh: underheatingKh - accumulate(asFound, calendar).underheatingKh,
    minIndoorC,
    colderKh: sumOf(colder, (run) => run.zones * run.kh) / zones,
    colderGini: gini(colder.map(({ kh }) => kh)) ?? null,
  }
}

function colderKh(asFound: readonly BuildingRun[], { building, trace }: BuildingRun): number {
  const before = asFound.find((run) => run.building.id === building.id)?.trace.meanC
  if (!before) return 0
  return trace.meanC.reduce((sum, c, k) => sum + Math.max(0, value(before, k) - c), 0) * SLOT_HOURS
}
