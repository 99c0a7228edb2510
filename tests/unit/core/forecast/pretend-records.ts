import type { HeatForecastRecord, LEAD_HOURS } from '../../../../src/core/domain/heat-forecast.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import { accuracyOf, type ForecastSkill, foldRecord } from '../../../../src/core/forecast/forecast-skill.ts'
import { forecastRecord, heatForecast } from '../../../../src/core/forecast/heat-forecast.ts'

export const START = Date.UTC(2026, 0, 5)

export interface Told {
  readonly skill: ForecastSkill
  readonly records: readonly HeatForecastRecord[]
}

/** So many hours of forecasts of `expectedKw(hour)`, and of a meter that shows `meteredKw(hour)`; null is silence. */
export function tell(
  skill: ForecastSkill,
  hours: number,
  expectedKw: (hour: number) => number,
  meteredKw: (hour: number) => number | null,
): Told {
  let told: Told = { skill, records: [] }
  for (let hour = 0; hour < hours; hour++) {
    const start = START + hour * HOUR_MS
    const slotsKw = Float64Array.from({ length: 192 }, (_, k) => expectedKw(hour + Math.floor(k / 4)))
    const demand = { building: null, issuedAt: start + 20_000, start, basis: 'on-curve' as const }
    const forecast = heatForecast({ ...demand, expectedKw: slotsKw, curveKw: slotsKw }, told.skill)
    const metered = { meteredFrom: start - 2 * HOUR_MS, meteredKw: hour < 2 ? null : meteredKw(hour - 2) }
    const record = forecastRecord(forecast, slotsKw, metered)
    told = { skill: foldRecord(told.skill, record), records: [...told.records, record] }
  }
  return told
}

export function atLead(skill: ForecastSkill, leadHours: (typeof LEAD_HOURS)[number]) {
  return accuracyOf(skill).find((accuracy) => accuracy.leadHours === leadHours)
}
