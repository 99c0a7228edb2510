import { type ForecastErrorLevel, solarErrorsWm2, temperatureErrorsK } from './forecast-error.ts'
import { HOUR_MS, type Instant, SLOT_MS, slotCount, slotStart, type Window } from './instant.ts'
import type { Provenance, WeatherSeries } from './series.ts'
import type { WeatherTruth } from './weather-truth.ts'

export interface ForecastQuality {
  readonly error: ForecastErrorLevel
  readonly seed: number
}

/** A new forecast, wrong in a new way, comes this often. */
const ISSUE_MS = 6 * HOUR_MS

/** The issue that is current at `asOf`. */
export function forecastIssuedAt(asOf: Instant): Instant {
  return Math.floor(asOf / ISSUE_MS) * ISSUE_MS
}

/** The weather of `window` as it is known at `asOf`: the truth before it, a forecast gone wrong after it. */
export function emulatedForecast(
  truth: WeatherTruth,
  window: Window,
  asOf: Instant,
  quality: ForecastQuality,
  provenance: Provenance,
): WeatherSeries {
  const start = slotStart(window.from)
  const slots = slotCount(window)
  const errors = errorPaths(quality, asOf, window.to)
  const outdoorC = new Float64Array(slots)
  const solarWm2 = new Float64Array(slots)
  const windMs = new Float64Array(slots)
  for (let k = 0; k < slots; k++) {
    const at = start + k * SLOT_MS
    const { outdoorC: trueC, windMs: trueMs } = truth.weatherAt(at)
    const error = at < asOf ? NO_ERROR : errors(at)
    outdoorC[k] = trueC - error.outdoorK
    solarWm2[k] = believedSolarWm2(truth, at, error.solarWm2)
    windMs[k] = trueMs
  }
  return { start, outdoorC, solarWm2, windMs, provenance }
}

const NO_ERROR = { outdoorK: 0, solarWm2: 0 }
/** A slot's mean from its three fives of minutes. */
const INSIDE_SLOT_MS = [SLOT_MS / 6, SLOT_MS / 2, (5 * SLOT_MS) / 6] as const

/** Mean irradiance of the slot at `at`, W/m². */
export function slotSolarWm2(truth: WeatherTruth, at: Instant): number {
  let sum = 0
  for (const inside of INSIDE_SLOT_MS) sum += truth.weatherAt(at + inside).solarWm2
  return sum / INSIDE_SLOT_MS.length
}

function believedSolarWm2(truth: WeatherTruth, at: Instant, errorWm2: number): number {
  const trueWm2 = slotSolarWm2(truth, at)
  if (errorWm2 === 0) return trueWm2
  const ceilingWm2 = Math.min(MOST_SUN * trueWm2, Math.max(trueWm2, truth.clearSkyWm2(at + SLOT_MS / 2)))
  // Math.min and Math.max hand a NaN of the truth on.
  return Math.min(Math.max(trueWm2 - errorWm2, LEAST_SUN * trueWm2), ceilingWm2)
}

/** BOPTEST's bounds of a solar forecast, as shares of the truth: none at night. */
const LEAST_SUN = 0.2
const MOST_SUN = 2

/** BOPTEST smooths the sun so; the first and the last hour stay as they are. */
function threeHourMeans(values: Float64Array): Float64Array {
  const last = values.length - 1
  return values.map((value, k) =>
    k === 0 || k === last ? value : (values[k - 1] + value + values[k + 1]) / 3,
  )
}

function errorPaths({ error, seed }: ForecastQuality, asOf: Instant, to: Instant) {
  const issuedAt = forecastIssuedAt(asOf)
  const hours = Math.max(2, Math.ceil((to - issuedAt) / HOUR_MS) + 2)
  const temperature = temperatureErrorsK(error, seed, issuedAt / ISSUE_MS, hours)
  const solar = threeHourMeans(solarErrorsWm2(error, seed, issuedAt / ISSUE_MS, hours))
  return (at: Instant) => {
    const lead = (at - issuedAt) / HOUR_MS
    const k = Math.floor(lead)
    const share = lead - k
    return {
      outdoorK: temperature[k] * (1 - share) + temperature[k + 1] * share,
      solarWm2: solar[k],
    }
  }
}
