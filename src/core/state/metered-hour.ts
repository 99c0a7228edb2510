import { HOUR_MS, type Instant } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import { totalHeatKw } from './split-heat.ts'

/** Less of the hour than this metered is no measurement of it. */
const LEAST_HOURS = 0.75

/** Mean of all heat through the meter in the hour from `from` on, kW; null where too little of it was metered. */
export function meteredHourKw(samples: readonly Sample[], from: Instant): number | null {
  const to = from + HOUR_MS
  let metMs = 0
  let kwMs = 0
  for (let i = samples.length - 1; i >= 0; i--) {
    const { at, intervalS } = samples[i]
    if (at <= from) break
    const overlapMs = Math.min(at, to) - Math.max(at - 1000 * intervalS, from)
    const kw = overlapMs > 0 ? totalHeatKw(samples[i]) : undefined
    if (kw === undefined) continue
    metMs += overlapMs
    kwMs += kw * overlapMs
  }
  return metMs >= LEAST_HOURS * HOUR_MS ? kwMs / metMs : null
}
