import { DAY_MS, type Instant, SLOT_MS, type Window } from '../domain/instant.ts'
import { localTime } from '../domain/local-time.ts'
import type { Co2Series, Provenance } from '../domain/series.ts'

/** Emissions of electricity for every slot of a horizon, told or estimated. */
export interface ExtendedCo2 {
  /** g/kWh a slot; `NaN` throughout where nothing is known at all. */
  readonly gPerKwh: Float64Array
  /** Slots from here on are our estimate. */
  readonly knownUntil: Instant
  readonly provenance: Provenance
}

/** Days of history that the estimate looks at. */
const HISTORY_DAYS = 7
/** Yesterday's wind says more than that of the day before. */
const FADE_DAYS = 2

/** Fills what nobody tells by the same hour of the days before, the last ones first. */
export function extendCo2(known: Co2Series, window: Window, timeZone: string): ExtendedCo2 {
  const start = Math.floor(window.from / SLOT_MS) * SLOT_MS
  const slots = Math.ceil((window.to - start) / SLOT_MS)
  const end = endOfValues(known)
  const knownUntil = Math.min(Math.max(end, start), start + slots * SLOT_MS)
  const estimate = hourlyMeans(known, end, timeZone)
  const gPerKwh = Float64Array.from({ length: slots }, (_, k) => {
    const at = start + k * SLOT_MS
    const value = known.values[(at - known.start) / SLOT_MS] ?? Number.NaN
    return Number.isNaN(value) ? estimate(Math.floor(localTime(at, timeZone).hour)) : value
  })
  return { gPerKwh, knownUntil, provenance: known.provenance }
}

function endOfValues({ start, values }: Co2Series): Instant {
  for (let k = values.length - 1; k >= 0; k--) {
    if (!Number.isNaN(values[k])) return start + (k + 1) * SLOT_MS
  }
  return start
}

/** Means by hour of the clock over the last days, the recent ones weighing more; of all hours where one was never told. */
function hourlyMeans({ start, values }: Co2Series, end: Instant, timeZone: string): (hour: number) => number {
  const weights = new Float64Array(24)
  const sums = new Float64Array(24)
  for (let k = 0; k < values.length; k++) {
    const at = start + k * SLOT_MS
    if (Number.isNaN(values[k]) || at < end - HISTORY_DAYS * DAY_MS) continue
    const hour = Math.floor(localTime(at, timeZone).hour)
    const weight = Math.exp(-(end - at) / (FADE_DAYS * DAY_MS))
    weights[hour] += weight
    sums[hour] += weight * values[k]
  }
  const all = sums.reduce((a, b) => a + b, 0) / weights.reduce((a, b) => a + b, 0)
  return (hour) => (weights[hour] > 0 ? sums[hour] / weights[hour] : all)
}
