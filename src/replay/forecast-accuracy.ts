import type { BuildingId } from '../core/domain/building-id.ts'
import { type HeatForecastRecord, LEAD_HOURS, type LeadAccuracy } from '../core/domain/heat-forecast.ts'
import { HOUR_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'

/** What heat forecasts made in the counted days were worth, against the simulators' truth. */
export interface ForecastAccuracy {
  readonly how: string
  /** Hourly means of all buildings together, and their mean over the counted days. */
  readonly fleet: AccuracyFigures
  readonly buildings: readonly (AccuracyFigures & { readonly id: BuildingId })[]
}

export interface AccuracyFigures {
  readonly meanKw: number
  readonly leads: readonly LeadAccuracy[]
}

export interface HeatTruth {
  readonly id: BuildingId
  /** A slot of the counted days each, kW. */
  readonly heatKw: Float64Array
}

const HOW =
  'Heat through the meter, hot water included, as this controller planned it and believed at each full hour, against ' +
  'the hours that came of it; forecasts made before the counted days are left out.'

/** Holds what the store kept against what was; buildings in the order of `truths`. */
export function forecastAccuracy(
  records: readonly HeatForecastRecord[],
  truths: readonly HeatTruth[],
  start: Instant,
): ForecastAccuracy {
  const of = (building: BuildingId | null, heatKw: Float64Array) => {
    const own = records.filter((record) => record.building === building && record.start >= start)
    return figures(own, hourlyMeans(heatKw), start)
  }
  const slots = truths[0]?.heatKw.length ?? 0
  const fleetKw = new Float64Array(slots).map((_, k) => truths.reduce((kw, { heatKw }) => kw + heatKw[k]!, 0))
  return {
    how: HOW,
    fleet: of(null, fleetKw),
    buildings: truths.map(({ id, heatKw }) => ({ id, ...of(id, heatKw) })),
  }
}

function hourlyMeans(slotsKw: Float64Array): Float64Array {
  const perHour = HOUR_MS / SLOT_MS
  return Float64Array.from({ length: Math.floor(slotsKw.length / perHour) }, (_, hour) => {
    let sum = 0
    for (let k = hour * perHour; k < (hour + 1) * perHour; k++) sum += slotsKw[k]!
    return sum / perHour
  })
}

function figures(
  records: readonly HeatForecastRecord[],
  hoursKw: Float64Array,
  start: Instant,
): AccuracyFigures {
  const meanKw = hoursKw.reduce((sum, kw) => sum + kw, 0) / hoursKw.length
  const leads = LEAD_HOURS.map((leadHours, i) => leadFigures(records, hoursKw, start, { leadHours, i }))
  return { meanKw, leads: leads.filter(({ scored }) => scored > 0) }
}

function leadFigures(
  records: readonly HeatForecastRecord[],
  hoursKw: Float64Array,
  start: Instant,
  { leadHours, i }: { readonly leadHours: number; readonly i: number },
): LeadAccuracy {
  const sums = { scored: 0, errorKw: 0, inside: 0, widthKw: 0 }
  for (const record of records) {
    const kw = hoursKw[(record.start - start) / HOUR_MS + leadHours - 1]
    const [p10Kw, p50Kw, p90Kw] = [record.p10Kw[i]!, record.p50Kw[i]!, record.p90Kw[i]!]
    if (kw === undefined || !Number.isFinite(p50Kw)) continue
    sums.scored++
    sums.errorKw += Math.abs(kw - p50Kw)
    sums.inside += kw >= p10Kw && kw <= p90Kw ? 1 : 0
    sums.widthKw += p90Kw - p10Kw
  }
  const mean = (sum: number) => sum / sums.scored
  return {
    leadHours,
    scored: sums.scored,
    maeKw: mean(sums.errorKw),
    coverage80: mean(sums.inside),
    width80Kw: mean(sums.widthKw),
  }
}
