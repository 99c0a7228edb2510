import { DAY_MS, type Instant, SLOT_MS, type Window } from '../domain/instant.ts'
import { localMidnight, localTime } from '../domain/local-time.ts'
import type { Provenance, SlotSeries } from '../domain/series.ts'
import type { PriceForecast } from './prices/forecast-prices.ts'

/** Prices for every slot of a horizon, published or estimated. */
export interface ExtendedPrices {
  readonly start: Instant
  readonly eurPerMwh: Float64Array
  /** Where four prices in five are expected; `NaN` where a price is published or only the profile tells. */
  readonly lowEurPerMwh: Float64Array
  readonly highEurPerMwh: Float64Array
  /** Slots from here on are our estimate. */
  readonly knownUntil: Instant
  /** Slots before `knownUntil` that had no price and got one on a line between their neighbours. */
  readonly bridged: readonly Instant[]
  readonly provenance: Provenance
  /** How what is not published was found: by a forecast as far as it reaches, then by the profile of the last days. */
  readonly beyond: 'forecast' | 'profile'
}

/** Days of history that the estimate looks at. */
const HISTORY_DAYS = 7
/** A day of the other kind, workday or weekend, says less; both weights by trial on Finnish prices of 2023-24. */
const OTHER_KIND_WEIGHT = 0.3
/** Yesterday says more than the day before it. */
const FADE_DAYS = 3
/** Where no price has ever been seen; plans then differ by comfort alone. */
const UNSEEN_EUR_PER_MWH = 50

/**
 * Fills what the market has not published from the forecast, and where there is none from the profile of the last
 * seven days by the clock on the wall. `known` holds that history and all that is published ahead, `NaN` where
 * nothing is.
 */
export function extendPrices(
  known: SlotSeries & { readonly provenance: Provenance },
  window: Window,
  timeZone: string,
  forecast?: PriceForecast,
): ExtendedPrices {
  const publishedEnd = endOfValues(known)
  const start = Math.floor(window.from / SLOT_MS) * SLOT_MS
  const slots = Math.ceil((window.to - start) / SLOT_MS)
  const knownUntil = Math.min(Math.max(publishedEnd, start), start + slots * SLOT_MS)
  const estimate = createEstimate(known, publishedEnd, timeZone)
  const bridged: Instant[] = []
  const eurPerMwh = Float64Array.from({ length: slots }, (_, k) => {
    const at = start + k * SLOT_MS
    const price = valueAt(known, at)
    if (!Number.isNaN(price)) return price
    if (at >= knownUntil) return orElse(forecastAt(forecast, forecast?.eurPerMwh, at), () => estimate(at))
    bridged.push(at)
    return betweenNeighbours(known, at)
  })
  const edge = (of: Float64Array | undefined) =>
    Float64Array.from({ length: slots }, (_, k) => {
      const at = start + k * SLOT_MS
      return at >= knownUntil ? forecastAt(forecast, of, at) : Number.NaN
    })
  return {
    start,
    eurPerMwh,
    lowEurPerMwh: edge(forecast?.lowEurPerMwh),
    highEurPerMwh: edge(forecast?.highEurPerMwh),
    knownUntil,
    bridged,
    provenance: known.provenance,
    beyond: forecast ? 'forecast' : 'profile',
  }
}

function forecastAt(forecast: PriceForecast | undefined, of: Float64Array | undefined, at: Instant): number {
  return forecast && of ? valueAt({ start: forecast.start, values: of }, at) : Number.NaN
}

function orElse(value: number, other: () => number): number {
  return Number.isNaN(value) ? other() : value
}

function valueAt({ start, values }: SlotSeries, at: Instant): number {
  return values[Math.floor((at - start) / SLOT_MS)] ?? Number.NaN
}

/** The end of the last slot that has a value. */
function endOfValues({ start, values }: SlotSeries): Instant {
  let slots = values.length
  while (slots > 0 && Number.isNaN(values[slots - 1])) slots--
  return start + slots * SLOT_MS
}

function betweenNeighbours(known: SlotSeries, at: Instant): number {
  let [before, after] = [at, at]
  while (before >= known.start && Number.isNaN(valueAt(known, before))) before -= SLOT_MS
  while (Number.isNaN(valueAt(known, after))) after += SLOT_MS
  const right = valueAt(known, after)
  // A gap at the very beginning has only what comes after it.
  if (before < known.start) return right
  return valueAt(known, before) + ((right - valueAt(known, before)) * (at - before)) / (after - before)
}

/** Estimates by the prices of the last days at the same time of day; the median keeps a day of spikes out. */
function createEstimate(known: SlotSeries, end: Instant, timeZone: string): (at: Instant) => number {
  const midnightsBefore = createMidnights(timeZone)
  let ordinary: number | undefined
  return (at) => {
    const candidates: Weighted[] = []
    const { hour, weekday } = localTime(at, timeZone)
    const midnights = midnightsBefore(at)
    for (let daysBack = 1; daysBack < midnights.length; daysBack++) {
      const then = sameClock(midnights[daysBack], hour, timeZone)
      if (then >= end || end - then > HISTORY_DAYS * DAY_MS) continue
      const value = valueAt(known, then)
      if (Number.isNaN(value)) continue
      const isSameKind = isWeekend(localTime(then, timeZone).weekday) === isWeekend(weekday)
      const weight = Math.exp(-daysBack / FADE_DAYS) * (isSameKind ? 1 : OTHER_KIND_WEIGHT)
      candidates.push({ value, weight })
    }
    if (candidates.length > 0) return weightedMedian(candidates)
    ordinary ??= medianPrice(known)
    return ordinary
  }
}

function medianPrice({ values }: SlotSeries): number {
  const prices = Array.from(
    values.filter((value) => !Number.isNaN(value)),
    (value) => ({ value, weight: 1 }),
  )
  return prices.length > 0 ? weightedMedian(prices) : UNSEEN_EUR_PER_MWH
}

interface Weighted {
  readonly value: number
  readonly weight: number
}

function weightedMedian(values: readonly Weighted[]): number {
  const sorted = values.toSorted((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const { value, weight } of sorted) {
    below += weight
    if (below >= half) return value
  }
  return Number.NaN
}

// A horizon of 96 h may begin four days after the last known price.
const FURTHEST_BACK = HISTORY_DAYS + 4

/** The midnights that began the local days before an instant's own, by how many days before; found once a day. */
function createMidnights(timeZone: string): (at: Instant) => readonly Instant[] {
  const days = new Map<Instant, readonly Instant[]>()
  return (at) => {
    const midnight = localMidnight(at, timeZone)
    const known = days.get(midnight)
    if (known) return known
    // Noon of a day is never moved to another by a change of the clocks.
    const found = Array.from({ length: FURTHEST_BACK + 1 }, (_, daysBack) =>
      localMidnight(midnight + DAY_MS / 2 - daysBack * DAY_MS, timeZone),
    )
    days.set(midnight, found)
    return found
  }
}

/** The instant of the day that began at `midnight` at which the clock on the wall shows `hour`. */
function sameClock(midnight: Instant, hour: number, timeZone: string): Instant {
  const then = midnight + hour * (DAY_MS / 24)
  return then + (hour - localTime(then, timeZone).hour) * (DAY_MS / 24)
}

function isWeekend(weekday: number): boolean {
  return weekday >= 5
}
