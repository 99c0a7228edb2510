import { HOUR_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'
import { LEAD_HOURS } from '../core/domain/local-bias.ts'

/** The outdoor temperature as it was forecast at `at`. */
export interface IssuedForecast {
  readonly at: Instant
  readonly start: Instant
  readonly outdoorC: Float64Array
}

const KEPT_MS = (Math.max(...LEAD_HOURS) + 2) * HOUR_MS

/** One an hour, as far back as forecasts are held against what came. */
export function keepIssued(
  issued: readonly IssuedForecast[],
  forecast: IssuedForecast,
): readonly IssuedForecast[] {
  const last = issued[issued.length - 1]
  if (last && forecast.at - last.at < HOUR_MS) return issued
  return [...issued.filter(({ at }) => at > forecast.at - KEPT_MS), forecast]
}

/** What was forecast for `at` about `leadHours` before it, °C; `NaN` where no forecast is of that age. */
export function issuedC(issued: readonly IssuedForecast[], at: Instant, leadHours: number): number {
  const wanted = at - leadHours * HOUR_MS
  const forecast = issued.findLast((one) => one.at <= wanted)
  if (!forecast || wanted - forecast.at > 2 * HOUR_MS) return Number.NaN
  return forecast.outdoorC[Math.floor((at - forecast.start) / SLOT_MS)] ?? Number.NaN
}
