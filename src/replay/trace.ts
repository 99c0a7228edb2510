import type { Truth } from '../../simulators/simulated-building.ts'
import { type Instant, MINUTE_MS, SLOT_MS } from '../core/domain/instant.ts'

/** What one building really did over the counted days, as means of quarter-hours. */
export interface BuildingTrace {
  readonly start: Instant
  readonly heatKw: Float64Array
  readonly spaceHeatKw: Float64Array
  /** The part of space heating that warms fresh air: no setpoint moves it. */
  readonly ventHeatKw: Float64Array
  readonly dhwKw: Float64Array
  readonly electricKw: Float64Array
  readonly supplyC: Float64Array
  readonly coldestC: Float64Array
  readonly p10C: Float64Array
  readonly meanC: Float64Array
  readonly p90C: Float64Array
  readonly warmestC: Float64Array
  /** Kelvins below and above the band: mean over zones, of the coldest, of the 10th percentile. */
  readonly underK: Float64Array
  readonly overK: Float64Array
  readonly coldestUnderK: Float64Array
  readonly p10UnderK: Float64Array
  /** Primary flow, m³/h, and flow times return temperature. */
  readonly flowM3h: Float64Array
  readonly flowReturn: Float64Array
  /** Heat in the structure at the beginning and at the end, kWh above 0 °C. */
  storedAtStartKwh: number
  storedAtEndKwh: number
  minIndoorC: number
}

const SERIES = [
  'heatKw',
  'spaceHeatKw',
  'ventHeatKw',
  'dhwKw',
  'electricKw',
  'supplyC',
  'coldestC',
  'p10C',
  'meanC',
  'p90C',
  'warmestC',
  'underK',
  'overK',
  'coldestUnderK',
  'p10UnderK',
  'flowM3h',
  'flowReturn',
] as const

export interface Tracer {
  /** The minute that ends now; minutes outside the counted days are passed over. */
  minute(endsAt: Instant, truth: Truth): void
  readonly trace: BuildingTrace
}

const MINUTES = SLOT_MS / MINUTE_MS

/** Collects a building's truth minute by minute over `[start, start + slots)`. */
export function createTracer(start: Instant, slots: number, band: { minC: number; maxC: number }): Tracer {
  const series = Object.fromEntries(SERIES.map((name) => [name, new Float64Array(slots)])) as Record<
    (typeof SERIES)[number],
    Float64Array
  >
  const trace: BuildingTrace = {
    start,
    ...series,
    storedAtStartKwh: Number.NaN,
    storedAtEndKwh: Number.NaN,
    minIndoorC: Number.POSITIVE_INFINITY,
  }
  let sorted = new Float64Array(0)
  return {
    trace,
    minute(endsAt, truth) {
      if (endsAt === start) trace.storedAtStartKwh = truth.storedKwh
      const k = Math.floor((endsAt - MINUTE_MS - start) / SLOT_MS)
      if (k < 0 || k >= slots) return
      trace.storedAtEndKwh = truth.storedKwh
      if (sorted.length !== truth.zoneC.length) sorted = new Float64Array(truth.zoneC.length)
      sorted.set(truth.zoneC)
      sorted.sort()
      addRooms(trace, k, sorted, band)
      addHeat(trace, k, truth)
    },
  }
}

function addRooms(
  trace: BuildingTrace,
  k: number,
  sorted: Float64Array,
  band: { minC: number; maxC: number },
): void {
  const n = sorted.length
  const coldest = sorted[0]!
  const p10 = quantile(sorted, 0.1)
  let mean = 0
  let under = 0
  let over = 0
  for (const c of sorted) {
    mean += c / n
    under += Math.max(0, band.minC - c) / n
    over += Math.max(0, c - band.maxC) / n
  }
  trace.minIndoorC = Math.min(trace.minIndoorC, coldest)
  add(trace.coldestC, k, coldest)
  add(trace.p10C, k, p10)
  add(trace.meanC, k, mean)
  add(trace.p90C, k, quantile(sorted, 0.9))
  add(trace.warmestC, k, sorted[n - 1]!)
  add(trace.underK, k, under)
  add(trace.overK, k, over)
  add(trace.coldestUnderK, k, Math.max(0, band.minC - coldest))
  add(trace.p10UnderK, k, Math.max(0, band.minC - p10))
}

function addHeat(trace: BuildingTrace, k: number, truth: Truth): void {
  add(trace.heatKw, k, truth.heatKw)
  add(trace.spaceHeatKw, k, truth.spaceHeatKw + truth.ventHeatKw)
  add(trace.ventHeatKw, k, truth.ventHeatKw)
  add(trace.dhwKw, k, truth.dhwKw)
  add(trace.electricKw, k, truth.electricKw)
  add(trace.supplyC, k, truth.supplyC)
  add(trace.flowM3h, k, truth.primaryFlowM3h)
  add(trace.flowReturn, k, truth.primaryFlowM3h * truth.primaryReturnC)
}

function add(series: Float64Array, k: number, value: number): void {
  series[k] = series[k]! + value / MINUTES
}

/** Linear between the ranks, as the tuned-down baseline defines its 10th percentile. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}
