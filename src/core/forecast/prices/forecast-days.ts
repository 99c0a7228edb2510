import { addRow, createMoments, type Moments } from '../../math/moments.ts'
import { quantile } from '../../math/quantile.ts'
import { applyModels, BLOCK_DAYS, calibrate, WINDOW_BLOCKS } from './calibrate.ts'
import { type DayView, FEATURE_DAYS, featureCount, writeFeatures } from './day-features.ts'
import { type DayTable, HOURS, hoursOf, lastFullDay } from './market-days.ts'
import { type PriceScale, priceScale, restore, stabilise } from './price-scale.ts'

/** Probabilities for which a price is given, the middle one the forecast itself. */
export const LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9] as const

/** One delivery day: 24 hourly prices a level, EUR/MWh, never falling from level to level. */
export interface DayForecast {
  readonly day: number
  readonly quantiles: readonly Float64Array[]
}

/** Prices of these days set the scale: dearer weeks have larger errors. */
const SCALE_DAYS = 28
/** Blocks whose forecasts, made without them and what came after, tell the errors. */
const ERROR_BLOCKS = 6
/** An hour borrows the errors of so many hours on either side. */
const NEAR_HOURS = 1

/**
 * LEAR after Lago, Marcjasz, De Schutter and Weron (2021): for each hour of the days after the last full one a
 * linear model of that day, the week before it and the calendar, chosen by LASSO on three windows and averaged.
 * The spread is that of the errors such models made on the last twelve weeks, each from what came before it only.
 * Undefined where history is too short; an exogenous series counts only where it covers every day asked for.
 */
export function forecastDays(
  prices: DayTable,
  days: number,
  exogenous: readonly DayTable[] = [],
): readonly DayForecast[] | undefined {
  const origin = lastFullDay(prices)
  if (origin === undefined) return undefined
  const recent = (origin - prices.firstDay + 1) * HOURS
  const scale = priceScale(prices.hours.subarray(Math.max(0, recent - SCALE_DAYS * HOURS), recent))
  const stable = { ...prices, hours: prices.hours.slice(0, recent).map((price) => stabilise(scale, price)) }
  const forecasts: DayForecast[] = []
  for (let ahead = 1; ahead <= days; ahead++) {
    const usable = exogenous.filter((table) => !hoursOf(table, origin + ahead).some(Number.isNaN))
    const quantiles = forecastDay({ prices: stable, exogenous: usable, origin, ahead }, scale)
    if (!quantiles) return undefined
    forecasts.push({ day: origin + ahead, quantiles })
  }
  return forecasts
}

function forecastDay(view: DayView, scale: PriceScale): readonly Float64Array[] | undefined {
  const features = featureCount(view.exogenous.length)
  const rows = pastRows(view, features)
  const blocks = blockMoments(rows, features)
  const current = calibrate(blocks, 0)
  if (!current) return undefined
  const errors: Float64Array[] = []
  for (let block = 0; block < Math.min(ERROR_BLOCKS, blocks.length - 1); block++) {
    const before = calibrate(blocks, block + 1, current)
    if (!before) break
    for (const row of rows[block]) errors.push(errorsOf(before.models, row, features))
  }
  if (errors.length === 0) return undefined
  const now = new Float64Array(1 + features)
  fillRow(view, now)
  const middle = applyModels(current.models, now, features)
  const known = view.prices.hours.filter((value) => !Number.isNaN(value))
  const limits = { lo: quantile(known, 0) ?? 0, hi: quantile(known, 1) ?? 0 }
  return LEVELS.map((level) =>
    middle.map((z, hour) => restore(scale, clamp(z + errorQuantile(errors, hour, level), limits))),
  )
}

/** A price that was not seen in all the history is not forecast. */
function clamp(z: number, { lo, hi }: { readonly lo: number; readonly hi: number }): number {
  return Math.min(Math.max(z, lo), hi)
}

/** Rows [1, features, 24 targets] of the past in blocks, newest first; what has a gap is left out. */
function pastRows(view: DayView, features: number): readonly (readonly Float64Array[])[] {
  const { prices, ahead } = view
  const blocks: Float64Array[][] = []
  const longest = Math.max(...WINDOW_BLOCKS) * BLOCK_DAYS
  for (let age = 0; age < longest; age++) {
    const origin = view.origin - ahead - age
    if (origin < prices.firstDay + FEATURE_DAYS - 1) break
    if (age % BLOCK_DAYS === 0) blocks.push([])
    const row = new Float64Array(1 + features + HOURS)
    fillRow({ ...view, origin }, row)
    row.set(hoursOf(prices, origin + ahead), 1 + features)
    if (!row.some(Number.isNaN)) blocks.at(-1)?.push(row)
  }
  return blocks
}

function fillRow(view: DayView, row: Float64Array): void {
  row[0] = 1
  writeFeatures(view, row.subarray(1))
}

function blockMoments(blocks: readonly (readonly Float64Array[])[], features: number): readonly Moments[] {
  return blocks.map((rows) => {
    const moments = createMoments(features, HOURS)
    for (const row of rows) addRow(moments, row)
    return moments
  })
}

function errorsOf(models: Float64Array, row: Float64Array, features: number): Float64Array {
  return applyModels(models, row, features).map((z, hour) => row[1 + features + hour] - z)
}

/** Of the hour's errors and its neighbours'; the middle is left where the model put it, and nothing crosses it. */
function errorQuantile(errors: readonly Float64Array[], hour: number, level: number): number {
  if (level === 0.5) return 0
  const near: number[] = []
  for (let q = Math.max(0, hour - NEAR_HOURS); q <= Math.min(HOURS - 1, hour + NEAR_HOURS); q++) {
    for (const row of errors) near.push(row[q])
  }
  const value = quantile(near, level) ?? 0
  return level < 0.5 ? Math.min(0, value) : Math.max(0, value)
}
