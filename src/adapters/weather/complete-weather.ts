import { DAY_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'

/** How fast a stand-in's distance from what is known fades before the first and behind the last known slot. */
const FADE_SLOTS = (2 * DAY_MS) / SLOT_MS

/**
 * A forecast without gaps: what the service does not tell comes from a stand-in, and the provenance says of
 * which quantities. A stand-in for the temperature leans on what is known beside the gap, so that nothing jumps.
 */
export function completeWeather(series: WeatherSeries, standIn: WeatherTruth): WeatherSeries {
  const { start, provenance } = series
  const made: string[] = []
  const standInAt = (k: number) => standIn.weatherAt(start + k * SLOT_MS)
  const fill = (name: string, values: Float64Array, valueAt: (k: number) => number) => {
    if (!values.some(Number.isNaN)) return values
    made.push(name)
    return values.map((value, k) => (Number.isNaN(value) ? valueAt(k) : value))
  }
  const apartK = fadedGaps(series.outdoorC.map((value, k) => value - standInAt(k).outdoorC))
  const outdoorC = fill('outdoorC', series.outdoorC, (k) => standInAt(k).outdoorC + apartK[k]!)
  const solarWm2 = fill('solarWm2', series.solarWm2, (k) => standInAt(k + 0.5).solarWm2)
  const windMs = fill('windMs', series.windMs, (k) => standInAt(k + 0.5).windMs)
  if (made.length === 0) return series
  const source = `${provenance.source}, gaps in ${made.join(', ')} synthetic`
  return { start, outdoorC, solarWm2, windMs, provenance: { ...provenance, source } }
}

/** Gaps on a line between their edges; outside the first and the last value fading towards zero. */
function fadedGaps(values: Float64Array): Float64Array {
  const faded = values.slice()
  let before = -1
  for (let k = 0; k < values.length; k++) {
    if (Number.isNaN(values[k])) continue
    bridge(faded, before, k)
    before = k
  }
  for (let k = before + 1; k < values.length; k++)
    faded[k] = before < 0 ? 0 : faded[before]! * Math.exp(-(k - before) / FADE_SLOTS)
  return faded
}

function bridge(values: Float64Array, before: number, after: number): void {
  const [low, high] = [values[before] ?? Number.NaN, values[after]!]
  for (let k = before + 1; k < after; k++) {
    const share = (k - before) / (after - before)
    values[k] = before < 0 ? high * Math.exp(-(after - k) / FADE_SLOTS) : low * (1 - share) + high * share
  }
}
