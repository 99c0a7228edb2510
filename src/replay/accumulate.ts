import type { Building } from '../core/domain/building.ts'
import { SLOT_HOURS } from '../core/domain/instant.ts'
import type { RunFigures } from './report.ts'
import type { SlotCalendar } from './slot-calendar.ts'
import { largest, largestMean, meanOf, sumOf, total, value, weighted } from './slot-sums.ts'
import type { BuildingTrace } from './trace.ts'

/** One building's life in one run, on the slots of the counted period. */
export interface BuildingRun {
  readonly building: Pick<Building, 'id' | 'name' | 'kind' | 'floorAreaM2'>
  readonly zones: number
  readonly trace: BuildingTrace
  /** What the owner's bill meters, kW, and its price and emissions: heat, or a heat pump's electricity. */
  readonly billedKw: Float64Array
  readonly eurPerKwh: Float64Array
  readonly gPerKwh: Float64Array | undefined
  readonly setpointsSent: number
  readonly writes: number
}

/** The figures of some buildings over the slots that count, all where `isCounted` is left out. */
export function accumulate(
  unsorted: readonly BuildingRun[],
  calendar: SlotCalendar,
  isCounted: (slot: number) => boolean = () => true,
): RunFigures {
  // Sums of floating point depend on their order.
  const runs = unsorted.toSorted((a, b) => (a.building.id < b.building.id ? -1 : 1))
  const slots = Array.from({ length: calendar.slots }, (_, k) => k).filter(isCounted)
  const energy = (of: (run: BuildingRun) => Float64Array) => SLOT_HOURS * total(runs, slots, of)
  const underheatingKh = zoneMeanKh(runs, slots, (run) => run.trace.underK)
  const overheatingKh = zoneMeanKh(runs, slots, (run) => run.trace.overK)
  return {
    energyKwh: energy((run) => run.trace.heatKw),
    spaceHeatKwh: energy((run) => run.trace.spaceHeatKw),
    dhwKwh: energy((run) => run.trace.dhwKw),
    electricKwh: energy((run) => run.trace.electricKw),
    costEur: sumOf(runs, (run) => weighted(slots, run.billedKw, run.eurPerKwh) * SLOT_HOURS),
    co2Kg: co2Kg(runs, slots),
    storedHeatKwh: sumOf(runs, storedHeatKwh),
    storedHeatEur: sumOf(runs, (run) => storedHeatKwh(run) * meanOf(allSlots(calendar), run.eurPerKwh)),
    ...peaks(runs, slots, calendar),
    underheatingKh,
    overheatingKh,
    discomfortKh: underheatingKh + overheatingKh,
    coldestZoneKh: (SLOT_HOURS * total(runs, slots, (run) => run.trace.coldestUnderK)) / runs.length,
    p10ZoneKh: (SLOT_HOURS * total(runs, slots, (run) => run.trace.p10UnderK)) / runs.length,
    minIndoorC: Math.min(...runs.map((run) => coldestC(run, slots, calendar))),
    meanIndoorC: zoneWeighted(runs, (run) => meanOf(slots, run.trace.meanC)),
    primaryReturnC: primaryReturnC(runs, slots),
    setpointsSent: sumOf(runs, (run) => run.setpointsSent),
    writesPerDay: sumOf(runs, (run) => run.writes) / runs.length / ((calendar.slots * SLOT_HOURS) / 24),
  }
}

/** Cost of each local day, EUR. */
export function costByDay(runs: readonly BuildingRun[], calendar: SlotCalendar): Float64Array {
  const costs = new Float64Array(calendar.days.length)
  for (const run of runs) {
    for (let k = 0; k < calendar.slots; k++) {
      const day = calendar.dayOf[k] ?? 0
      costs[day] = (costs[day] ?? 0) + value(run.billedKw, k) * value(run.eurPerKwh, k) * SLOT_HOURS
    }
  }
  return costs
}

/** Heat of all buildings together by slot, kW. */
export function fleetKw(runs: readonly BuildingRun[], of: (run: BuildingRun) => Float64Array): Float64Array {
  const sum = new Float64Array(runs[0] ? of(runs[0]).length : 0)
  for (const run of runs) {
    of(run).forEach((kw, k) => {
      sum[k] = value(sum, k) + kw
    })
  }
  return sum
}

function peaks(runs: readonly BuildingRun[], slots: readonly number[], calendar: SlotCalendar) {
  const heatKw = fleetKw(runs, (run) => run.trace.heatKw)
  const electricKw = fleetKw(runs, (run) => run.trace.electricKw)
  const hour = (k: number) => Math.floor(calendar.start / 3_600_000 + k * SLOT_HOURS)
  return {
    peakKw: largest(slots, heatKw),
    peakHourKw: largestMean(slots, heatKw, hour),
    peakDailyMeanKw: largestMean(slots, heatKw, (k) => calendar.dayOf[k] ?? 0),
    sumBuildingPeakKw: sumOf(runs, (run) => largest(slots, run.trace.heatKw)),
    electricPeakKw: largest(slots, electricKw),
  }
}

function co2Kg(runs: readonly BuildingRun[], slots: readonly number[]): number | null {
  let sum = 0
  for (const { billedKw, gPerKwh } of runs) {
    if (!gPerKwh) return null
    sum += (weighted(slots, billedKw, gPerKwh) * SLOT_HOURS) / 1000
  }
  return sum
}

function storedHeatKwh({ trace }: BuildingRun): number {
  return trace.storedAtEndKwh - trace.storedAtStartKwh
}

function coldestC({ trace }: BuildingRun, slots: readonly number[], calendar: SlotCalendar): number {
  if (slots.length === calendar.slots) return trace.minIndoorC
  return slots.reduce((least, k) => Math.min(least, value(trace.coldestC, k)), Number.POSITIVE_INFINITY)
}

function primaryReturnC(runs: readonly BuildingRun[], slots: readonly number[]): number | null {
  const flow = total(runs, slots, (run) => run.trace.flowM3h)
  return flow > 0 ? total(runs, slots, (run) => run.trace.flowReturn) / flow : null
}

function zoneMeanKh(
  runs: readonly BuildingRun[],
  slots: readonly number[],
  of: (run: BuildingRun) => Float64Array,
): number {
  return zoneWeighted(runs, (run) => slots.reduce((sum, k) => sum + value(of(run), k), 0) * SLOT_HOURS)
}

function zoneWeighted(runs: readonly BuildingRun[], of: (run: BuildingRun) => number): number {
  return sumOf(runs, (run) => run.zones * of(run)) / sumOf(runs, (run) => run.zones)
}

function allSlots({ slots }: SlotCalendar): number[] {
  return Array.from({ length: slots }, (_, k) => k)
}
