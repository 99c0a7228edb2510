import type { Instant } from '../core/domain/instant.ts'
import { accumulate, type BuildingRun } from './accumulate.ts'
import type { ForecastAccuracy } from './forecast-accuracy.ts'
import type { ForecastErrorFigures } from './forecast-errors.ts'
import { BESIDE_NAMES, type BesideRuns, livesOf } from './lives.ts'
import { networkReport } from './network/network-report.ts'
import type { NetworkTruth } from './network/network-truth.ts'
import type { OrdersReport } from './orders/orders-report.ts'
import type { Production } from './production/plant-production.ts'
import {
  type Bound,
  type BuildingReport,
  type Report,
  type ReportProvenance,
  RUN_NAMES,
  type RunFigures,
  type RunName,
} from './report.ts'
import { comparePeriods, dearestDay, type FleetRuns, savings } from './savings.ts'
import { type SlotCalendar, slotCalendar } from './slot-calendar.ts'

export interface ReplayResult {
  readonly name: string
  readonly seed: number
  readonly start: Instant
  readonly days: number
  readonly timeZone: string
  readonly runs: FleetRuns
  /** By building id. */
  readonly tunedDown: ReadonlyMap<string, { readonly shiftK: number; readonly keepsBand: boolean }>
  readonly bound: Bound | null
  readonly forecastAccuracy?: ForecastAccuracy | undefined
  readonly forecastErrors?: readonly ForecastErrorFigures[] | undefined
  readonly beside?: BesideRuns | undefined
  readonly network?: NetworkTruth | undefined
  readonly orders?: OrdersReport | undefined
  readonly production?: Production | undefined
  readonly provenance: ReportProvenance
}

/** The report of a finished replay; buildings by id, whatever order they came in. */
export function buildReport(result: ReplayResult): Report {
  const { name, seed, start, days, bound, forecastAccuracy, forecastErrors, orders, provenance } = result
  const slots = result.runs.asFound[0]?.trace.heatKw.length ?? 0
  const calendar = slotCalendar(start, slots, result.timeZone)
  const runs = {
    asFound: sorted(result, 'asFound'),
    tunedDown: sorted(result, 'tunedDown'),
    controlled: sorted(result, 'controlled'),
  }
  return {
    name,
    seed,
    start,
    days,
    buildings: runs.controlled.map((_, index) => buildingReport(result, runs, index, calendar)),
    runs: figuresOf(runs, calendar),
    savings: savings(runs, calendar),
    bound,
    forecastAccuracy,
    forecastErrors,
    beside: besideFigures(result.beside ?? {}, calendar),
    network: result.network && networkReport(result.network, livesOf(runs, result.beside ?? {}), calendar),
    orders,
    production: result.production?.report,
    provenance,
  }
}

/** Undefined where nothing was lived beside the three. */
function besideFigures(beside: BesideRuns, calendar: SlotCalendar): Report['beside'] {
  const lived = BESIDE_NAMES.flatMap((name) => {
    const runs = beside[name]
    return runs ? [[name, accumulate(runs, calendar)] as const] : []
  })
  return lived.length > 0 ? Object.fromEntries(lived) : undefined
}

function sorted({ runs }: ReplayResult, name: RunName): BuildingRun[] {
  return runs[name].toSorted((a, b) => (a.building.id < b.building.id ? -1 : 1))
}

function figuresOf(runs: FleetRuns, calendar: SlotCalendar): Record<RunName, RunFigures> {
  return {
    asFound: accumulate(runs.asFound, calendar),
    tunedDown: accumulate(runs.tunedDown, calendar),
    controlled: accumulate(runs.controlled, calendar),
  }
}

function buildingReport(
  { tunedDown }: ReplayResult,
  runs: FleetRuns,
  index: number,
  calendar: SlotCalendar,
): BuildingReport {
  const one = (name: RunName) => runs[name].slice(index, index + 1)
  const alone: FleetRuns = {
    asFound: one('asFound'),
    tunedDown: one('tunedDown'),
    controlled: one('controlled'),
  }
  const [run] = alone.controlled
  if (!run || RUN_NAMES.some((name) => alone[name][0]?.building.id !== run.building.id)) {
    throw new MismatchedRunsError(`the three runs do not hold the same buildings (${run?.building.id})`)
  }
  const { day } = dearestDay(runs.asFound, calendar)
  const { id, name, kind, floorAreaM2 } = run.building
  const tuned = tunedDown.get(id)
  return {
    id,
    name,
    kind,
    floorAreaM2,
    zones: run.zones,
    tunedDownShiftK: tuned?.shiftK ?? 0,
    tunedDownKeepsBand: tuned?.keepsBand ?? false,
    runs: figuresOf(alone, calendar),
    savings: {
      asFound: comparePeriods(alone.asFound, alone.controlled, calendar, day),
      tunedDown: comparePeriods(alone.tunedDown, alone.controlled, calendar, day),
    },
  }
}

/** A fault of the harness: runs must be of one fleet. */
export class MismatchedRunsError extends Error {
  override readonly name = 'MismatchedRunsError'
}
