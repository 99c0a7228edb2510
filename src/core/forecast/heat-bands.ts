import { LEAD_HOURS } from '../domain/heat-forecast.ts'
import { HOUR_MS, type Instant, SLOT_MS } from '../domain/instant.ts'
import { dayPart, errorUnitKw, SHARES } from './error-quantiles.ts'
import type { ForecastSkill } from './forecast-skill.ts'

export interface HeatBands {
  readonly p10Kw: Float64Array
  readonly p50Kw: Float64Array
  readonly p90Kw: Float64Array
}

/** What is expected, with the errors seen so far ahead and at that time of day put around it. */
export function heatBands(skill: ForecastSkill, expectedKw: Float64Array, start: Instant): HeatBands {
  const slots = expectedKw.length
  const p10Kw = new Float64Array(slots)
  const p50Kw = new Float64Array(slots)
  const p90Kw = new Float64Array(slots)
  const perHour = HOUR_MS / SLOT_MS
  const shares = new Float64Array(SHARES.length)
  for (let k = 0; k < slots; k++) {
    if (k % perHour === 0) sharesAhead(skill, start + k * SLOT_MS, k / perHour + 1, shares)
    const kw = expectedKw[k]
    const unitKw = errorUnitKw(kw, skill.leastKw)
    p10Kw[k] = Math.max(0, kw + shares[0] * unitKw)
    p50Kw[k] = Math.max(0, kw + shares[1] * unitKw)
    p90Kw[k] = Math.max(0, kw + shares[2] * unitKw)
  }
  return { p10Kw, p50Kw, p90Kw }
}

/** Straight between the leads that are measured; mixing sorted quantiles with one weight keeps them sorted. */
function sharesAhead(skill: ForecastSkill, at: Instant, leadHours: number, out: Float64Array): void {
  const part = dayPart(at, skill.timeZone)
  const found = LEAD_HOURS.findIndex((hours) => hours >= leadHours)
  const above = found === -1 ? LEAD_HOURS.length - 1 : found
  const below = Math.max(0, above - 1)
  const [near, far] = [LEAD_HOURS[below], LEAD_HOURS[above]]
  const share = far === near ? 1 : Math.min(1, (leadHours - near) / (far - near))
  const nearer = skill.leads[below].cells[part].quantiles
  const farther = skill.leads[above].cells[part].quantiles
  for (let i = 0; i < out.length; i++) out[i] = nearer[i] + share * (farther[i] - nearer[i])
}
