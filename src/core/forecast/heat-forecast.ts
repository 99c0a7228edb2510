import type { BuildingId } from '../domain/building-id.ts'
import {
  type HeatBasis,
  type HeatForecast,
  type HeatForecastRecord,
  LEAD_HOURS,
} from '../domain/heat-forecast.ts'
import { HOUR_MS, type Instant, SLOT_MS } from '../domain/instant.ts'
import { type ForecastSkill, isLearned } from './forecast-skill.ts'
import { heatBands } from './heat-bands.ts'

/** Demand as models see it, kW a slot from `start` on; before errors seen so far are put around it. */
export interface HeatDemand {
  readonly building: BuildingId | null
  readonly issuedAt: Instant
  readonly start: Instant
  readonly basis: HeatBasis
  readonly expectedKw: Float64Array
  readonly curveKw: Float64Array
}

/** The forecast that `demand` makes, knowing how earlier ones went wrong. */
export function heatForecast(demand: HeatDemand, skill: ForecastSkill): HeatForecast {
  const { building, issuedAt, start, basis, expectedKw, curveKw } = demand
  const hours = Math.floor((expectedKw.length * SLOT_MS) / HOUR_MS)
  const source = isLearned(skill, hours) ? 'learned' : 'prior'
  const bands = heatBands(skill, expectedKw, start)
  // What is known to be amiss with the one is amiss with the other: only steering may part them.
  const curveLikely = curveKw.map((kw, k) => Math.max(0, kw + bands.p50Kw[k] - expectedKw[k]))
  return { building, issuedAt, start, basis, source, curveKw: curveLikely, ...bands }
}

/** What is kept of it, with the hour that the meter has answered for since. */
export function forecastRecord(
  forecast: HeatForecast,
  expectedKw: Float64Array,
  metered: Pick<HeatForecastRecord, 'meteredFrom' | 'meteredKw'>,
): HeatForecastRecord {
  const { building, issuedAt, start, basis, source } = forecast
  return {
    building,
    issuedAt,
    start,
    basis,
    source,
    expectedKw: atLeads(expectedKw),
    p10Kw: atLeads(forecast.p10Kw),
    p50Kw: atLeads(forecast.p50Kw),
    p90Kw: atLeads(forecast.p90Kw),
    ...metered,
  }
}

/** Means of the hours that are measured; NaN beyond the horizon. */
function atLeads(slotsKw: Float64Array): Float64Array {
  const perHour = HOUR_MS / SLOT_MS
  return Float64Array.from(LEAD_HOURS, (hours) => {
    let sum = 0
    for (let k = (hours - 1) * perHour; k < hours * perHour; k++) sum += slotsKw[k] ?? Number.NaN
    return sum / perHour
  })
}
