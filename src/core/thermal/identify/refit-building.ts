import { DAY_MS } from '../../domain/instant.ts'
import { coarsened } from './coarsen.ts'
import { type ForecastError, forecastError } from './forecast-error.ts'
import { drivenBy } from './heat-input.ts'
import {
  type BuildingFit,
  type Identified,
  type IdentifyOptions,
  identifyBuilding,
} from './identify-building.ts'
import { fitSeries } from './series.ts'
import { type IdentifyPrior, type IdentifyTelemetry, TELEMETRY_COLUMNS } from './telemetry.ts'

/** A night's work on one building. */
export interface Refit {
  /** The fit that counts from now on, with its verdict. */
  readonly identified: Identified
  /** What tonight's data alone say, whether or not it counts. */
  readonly candidate: Identified
  readonly isReplaced: boolean
  /** Errors on the days held out, by which it was decided; null where there was nothing to compare. */
  readonly heldOut: { readonly previous: ForecastError; readonly candidate: ForecastError } | null
}

const HELD_OUT_DAYS = 3

/**
 * Fits again without the last days, and keeps the old fit unless the new one foresees those days better. A refit of
 * a night before has not seen them either; a building's very first fit has, and is judged too kindly for some days.
 */
export function refitBuilding(
  telemetry: IdentifyTelemetry,
  prior: IdentifyPrior,
  previous: Identified | undefined,
): Refit {
  if (previous?.kind !== 'fitted') {
    const candidate = identifyBuilding(telemetry, prior)
    return { identified: candidate, candidate, isReplaced: true, heldOut: null }
  }
  const first = firstHeldOut(telemetry)
  const options: IdentifyOptions = { previous: previous.fit }
  const candidate = identifyBuilding(firstRows(telemetry, first), prior, options)
  if (candidate.kind !== 'fitted')
    return { identified: previous, candidate, isReplaced: false, heldOut: null }
  const heldOut = {
    previous: errorOn(telemetry, previous.fit, first),
    candidate: errorOn(telemetry, candidate.fit, first),
  }
  const isReplaced = isBetter(heldOut.candidate, heldOut.previous)
  return { identified: isReplaced ? candidate : previous, candidate, isReplaced, heldOut }
}

/** Whether `candidate` foresees a day ahead better; with nothing to judge by, the old stays. */
export function isBetter(candidate: ForecastError, previous: ForecastError): boolean {
  if (candidate.dayAheadRmseK === null) return false
  return previous.dayAheadRmseK === null || candidate.dayAheadRmseK < previous.dayAheadRmseK
}

/** The error of a fit from row `first` of any telemetry on. */
export function errorOn(
  given: IdentifyTelemetry,
  fit: Pick<BuildingFit, 'box' | 'shape' | 'heat'>,
  first: number,
): ForecastError {
  const series = fitSeries(drivenBy(coarsened(given), fit.heat), fit.heat.powerOf, fit.shape.hasHabit)
  const at = given.at[first] ?? Number.POSITIVE_INFINITY
  let from = 0
  while (from < series.count && series.at[from] < at) from++
  return forecastError(fit.box, fit.shape, series, from)
}

function firstHeldOut({ at }: IdentifyTelemetry): number {
  const limit = at[at.length - 1] - (HELD_OUT_DAYS + 1) * DAY_MS
  let first = at.length
  while (first > 0 && at[first - 1] > limit) first--
  return first
}

/** The telemetry as if it had ended before row `rows`. */
export function firstRows(telemetry: IdentifyTelemetry, rows: number): IdentifyTelemetry {
  const cut = (values: ArrayLike<number>) => Array.from(values).slice(0, rows)
  const { at, indoorC, heatKw, outdoorC } = telemetry
  const whole = { at: cut(at), indoorC: cut(indoorC), heatKw: cut(heatKw), outdoorC: cut(outdoorC) }
  const more = TELEMETRY_COLUMNS.flatMap((name) => {
    const values = telemetry[name]
    return values ? [[name, cut(values)] as const] : []
  })
  return { ...whole, ...Object.fromEntries(more) }
}
