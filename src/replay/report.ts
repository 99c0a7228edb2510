import type { BuildingKind } from '../core/domain/building.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { Provenance } from '../core/domain/series.ts'

import type { ForecastAccuracy } from './forecast-accuracy.ts'
import type { ForecastErrorFigures } from './forecast-errors.ts'
import type { BesideName } from './lives.ts'
import type { NetworkReport } from './network/network-report.ts'
import type { OrdersReport } from './orders/orders-report.ts'
import type { ProductionReport } from './production/production-report.ts'

/** The three lives that one fleet leads through the same days. */
export const RUN_NAMES = ['asFound', 'tunedDown', 'controlled'] as const
export type RunName = (typeof RUN_NAMES)[number]
export type BaselineName = 'asFound' | 'tunedDown'

/** What one run came to; null where nothing can be said, such as CO2 without a series. */
export interface RunFigures {
  readonly energyKwh: number
  readonly spaceHeatKwh: number
  readonly dhwKwh: number
  readonly electricKwh: number
  readonly costEur: number
  readonly co2Kg: number | null
  /** Heat in the structure at the end less that at the beginning, and its worth at the run's mean price. */
  readonly storedHeatKwh: number
  readonly storedHeatEur: number
  /** Largest quarter-hour, clock hour and local day of all buildings together. */
  readonly peakKw: number
  readonly peakHourKw: number
  readonly peakDailyMeanKw: number
  readonly sumBuildingPeakKw: number
  readonly electricPeakKw: number
  /** Kelvin-hours below and above the band, mean over zones, and their sum. */
  readonly underheatingKh: number
  readonly overheatingKh: number
  readonly discomfortKh: number
  /** Kelvin-hours below the band of whichever zone is coldest, and of the 10th percentile; mean over buildings. */
  readonly coldestZoneKh: number
  readonly p10ZoneKh: number
  readonly minIndoorC: number
  readonly meanIndoorC: number
  readonly primaryReturnC: number | null
  readonly setpointsSent: number
  /** Persistent writes a building and day. */
  readonly writesPerDay: number
}

/** Controlled against one baseline: percentages above zero are saved, changes are controlled less baseline. */
export interface Comparison {
  /** Heat stored at the end is counted in, at what it is and what it is worth. */
  readonly energyPercent: number | null
  readonly costPercent: number | null
  /** As the meters and the bill show it, without stored heat. */
  readonly meteredEnergyPercent: number | null
  readonly meteredCostPercent: number | null
  readonly co2Percent: number | null
  readonly peakPercent: number | null
  readonly peakHourPercent: number | null
  readonly savedEur: number
  readonly storedHeatChangeKwh: number
  readonly underheatingChangeKh: number
  readonly overheatingChangeKh: number
  readonly coldestZoneChangeKh: number
  readonly p10ZoneChangeKh: number
}

export interface PeriodComparison {
  readonly wholePeriod: Comparison
  readonly withoutDearestDay: Comparison
}

export interface BaselineComparison extends PeriodComparison {
  readonly byKind: Readonly<Partial<Record<BuildingKind, PeriodComparison & { readonly buildings: number }>>>
}

export interface Savings {
  /** The local day, `YYYY-MM-DD`, that cost the fleet most as found, and its share of that bill. */
  readonly dearestDay: string
  readonly dearestDayCostPercent: number | null
  readonly asFound: BaselineComparison
  readonly tunedDown: BaselineComparison
}

/** What perfect foresight would have saved against `tunedDown`, and how much of it was realised. */
export interface Bound {
  readonly savingEur: number
  readonly realisedShare: number | null
  readonly modelRmseC: number
  readonly how: string
}

export interface BuildingReport {
  readonly id: BuildingId
  readonly name: string
  readonly kind: BuildingKind
  readonly floorAreaM2: number
  readonly zones: number
  /** The shift of `tunedDown`; false where no shift within reach kept the band. */
  readonly tunedDownShiftK: number
  readonly tunedDownKeepsBand: boolean
  readonly runs: Readonly<Record<RunName, RunFigures>>
  readonly savings: Readonly<Record<BaselineName, PeriodComparison>>
}

export interface ReportProvenance {
  readonly fleet: string
  readonly prices: Provenance
  readonly weather: Provenance
  readonly co2: string
  readonly forecast: string
  readonly tariff: string
  readonly baselines: string
  /** What was mended in the input, and all else a reader should know. */
  readonly notes: readonly string[]
}

export interface Report {
  readonly name: string
  readonly seed: number
  readonly start: Instant
  readonly days: number
  readonly buildings: readonly BuildingReport[]
  readonly runs: Readonly<Record<RunName, RunFigures>>
  readonly savings: Savings
  readonly bound: Bound | null
  /** What the controller's forecasts of heat were worth. */
  readonly forecastAccuracy?: ForecastAccuracy | undefined
  /** The same days with perfect, low, medium and high forecast error, where it was asked for. */
  readonly forecastErrors?: readonly ForecastErrorFigures[] | undefined
  /** Lives beside the three, where the scenario wants them. */
  readonly beside?: Readonly<Partial<Record<BesideName, RunFigures>>> | undefined
  /** What flowed through the network, where the scenario has one. */
  readonly network?: NetworkReport | undefined
  /** Orders and calls and what they did, where the scenario has any. */
  readonly orders?: OrdersReport | undefined
  /** What the heat cost to make beside what owners paid, where that is known. */
  readonly production?: ProductionReport | undefined
  readonly provenance: ReportProvenance
}

const DECIMALS = 1000

/** The report as text: one order of keys, three decimals, so that the same replay gives the same bytes. */
export function encodeReport(report: Report): string {
  return `${JSON.stringify(report, roundNumber, 2)}\n`
}

function roundNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) return null
  // Adding zero turns -0 into 0.
  return Math.round(value * DECIMALS) / DECIMALS + 0
}
