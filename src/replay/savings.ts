import { BUILDING_KINDS, type BuildingKind } from '../core/domain/building.ts'
import { accumulate, type BuildingRun, costByDay } from './accumulate.ts'
import type {
  BaselineComparison,
  BaselineName,
  Comparison,
  PeriodComparison,
  RunFigures,
  RunName,
  Savings,
} from './report.ts'
import type { SlotCalendar } from './slot-calendar.ts'

export type FleetRuns = Readonly<Record<RunName, readonly BuildingRun[]>>

/** What control saved, and at what discomfort, against both baselines. */
export function savings(runs: FleetRuns, calendar: SlotCalendar): Savings {
  const dearest = dearestDay(runs.asFound, calendar)
  const against = (baseline: BaselineName): BaselineComparison => ({
    ...comparePeriods(runs[baseline], runs.controlled, calendar, dearest.day),
    byKind: byKind(runs, baseline, calendar, dearest.day),
  })
  return {
    dearestDay: calendar.days[dearest.day] ?? '',
    dearestDayCostPercent: dearest.costPercent,
    asFound: against('asFound'),
    tunedDown: against('tunedDown'),
  }
}

/** The local day that cost most, and its share of the bill. */
export function dearestDay(runs: readonly BuildingRun[], calendar: SlotCalendar) {
  const costs = costByDay(runs, calendar)
  const day = costs.indexOf(Math.max(...costs))
  const sum = costs.reduce((total, cost) => total + cost, 0)
  return { day, costPercent: sum > 0 ? (100 * (costs[day] ?? 0)) / sum : null }
}

/** The same buildings in two runs, for the whole period and without one day. */
export function comparePeriods(
  baseline: readonly BuildingRun[],
  controlled: readonly BuildingRun[],
  calendar: SlotCalendar,
  without: number,
): PeriodComparison {
  const isCounted = (k: number) => calendar.dayOf[k] !== without
  return {
    wholePeriod: compare(accumulate(baseline, calendar), accumulate(controlled, calendar)),
    withoutDearestDay: compare(
      accumulate(baseline, calendar, isCounted),
      accumulate(controlled, calendar, isCounted),
    ),
  }
}

function byKind(runs: FleetRuns, baseline: BaselineName, calendar: SlotCalendar, without: number) {
  const kinds: Partial<Record<BuildingKind, PeriodComparison & { buildings: number }>> = {}
  for (const kind of BUILDING_KINDS) {
    const ofKind = (name: RunName) => runs[name].filter(({ building }) => building.kind === kind)
    const buildings = ofKind('controlled').length
    if (buildings === 0) continue
    kinds[kind] = {
      buildings,
      ...comparePeriods(ofKind(baseline), ofKind('controlled'), calendar, without),
    }
  }
  return kinds
}

/** Controlled against a baseline; heat left in the structure counts as energy not used and at its worth. */
export function compare(baseline: RunFigures, controlled: RunFigures): Comparison {
  const usedKwh = (run: RunFigures) => run.energyKwh - run.storedHeatKwh
  const paidEur = (run: RunFigures) => run.costEur - run.storedHeatEur
  const change = (of: (run: RunFigures) => number) => of(controlled) - of(baseline)
  return {
    energyPercent: savedPercent(usedKwh(baseline), usedKwh(controlled)),
    costPercent: savedPercent(paidEur(baseline), paidEur(controlled)),
    meteredEnergyPercent: savedPercent(baseline.energyKwh, controlled.energyKwh),
    meteredCostPercent: savedPercent(baseline.costEur, controlled.costEur),
    co2Percent: savedPercent(baseline.co2Kg, controlled.co2Kg),
    peakPercent: savedPercent(baseline.peakKw, controlled.peakKw),
    peakHourPercent: savedPercent(baseline.peakHourKw, controlled.peakHourKw),
    savedEur: paidEur(baseline) - paidEur(controlled),
    storedHeatChangeKwh: change((run) => run.storedHeatKwh),
    underheatingChangeKh: change((run) => run.underheatingKh),
    overheatingChangeKh: change((run) => run.overheatingKh),
    coldestZoneChangeKh: change((run) => run.coldestZoneKh),
    p10ZoneChangeKh: change((run) => run.p10ZoneKh),
  }
}

/** Null where the baseline is nothing or less than nothing, as a bill at negative prices can be. */
function savedPercent(baseline: number | null, controlled: number | null): number | null {
  if (baseline === null || controlled === null || !(baseline > 0)) return null
  return (100 * (baseline - controlled)) / baseline
}
