import { SLOT_MS } from '../core/domain/instant.ts'
import type { HeatForecastView } from '../core/domain/views.ts'
import type { HeatOutlook } from './heat-forecasts.ts'

/** Null until the first forecast. */
export function heatView({ forecast, accuracy }: HeatOutlook): HeatForecastView | null {
  if (!forecast) return null
  return {
    issuedAt: forecast.issuedAt,
    start: forecast.start,
    stepMs: SLOT_MS,
    basis: forecast.basis,
    source: forecast.source,
    p10Kw: rounded(forecast.p10Kw),
    p50Kw: rounded(forecast.p50Kw),
    p90Kw: rounded(forecast.p90Kw),
    curveKw: rounded(forecast.curveKw),
    accuracy,
  }
}

/** Ten watts are finer than any meter of a building. */
function rounded(valuesKw: Float64Array): number[] {
  return Array.from(valuesKw, (kw) => Math.round(100 * kw) / 100)
}
