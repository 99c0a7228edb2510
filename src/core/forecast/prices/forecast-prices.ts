import { MARKET_ZONE } from '../../domain/day-ahead.ts'
import { HOUR_MS, type Instant, SLOT_MS } from '../../domain/instant.ts'
import { localTime } from '../../domain/local-time.ts'
import type { SlotSeries } from '../../domain/series.ts'
import { quantile } from '../../math/quantile.ts'
import { type DayForecast, forecastDays, LEVELS } from './forecast-days.ts'
import { HOURS, marketDay, marketDayStart, toMarketDays } from './market-days.ts'

/**
 * Prices of the delivery days after the last published one, on the slot grid; four prices in five are expected
 * inside `low` to `high`.
 */
export interface PriceForecast {
  readonly start: Instant
  readonly eurPerMwh: Float64Array
  readonly lowEurPerMwh: Float64Array
  readonly highEurPerMwh: Float64Array
}

const SHAPE_DAYS = 28
const QUARTERS = HOUR_MS / SLOT_MS

/** From at least eight weeks of history; undefined from less. */
export function forecastPrices(
  history: SlotSeries,
  days: number,
  exogenous: readonly SlotSeries[] = [],
): PriceForecast | undefined {
  const forecasts = forecastDays(toMarketDays(history), days, exogenous.map(toMarketDays))
  const [first] = forecasts ?? []
  if (!forecasts || !first) return undefined
  const start = marketDayStart(first.day)
  const shape = quarterShape(history, start)
  const series = (level: (typeof LEVELS)[number]) => onSlots(forecasts, LEVELS.indexOf(level), start, shape)
  return { start, eurPerMwh: series(0.5), lowEurPerMwh: series(0.1), highEurPerMwh: series(0.9) }
}

function onSlots(
  forecasts: readonly DayForecast[],
  level: number,
  start: Instant,
  shape: Float64Array,
): Float64Array {
  const firstDay = forecasts[0].day
  const end = marketDayStart(firstDay + forecasts.length)
  const slots: number[] = []
  for (let day = 0; day < forecasts.length; day++) {
    const until = Math.min(end, marketDayStart(firstDay + day + 1))
    for (let at = start + slots.length * SLOT_MS; at < until; at += SLOT_MS) {
      const quarter = Math.floor(localTime(at, MARKET_ZONE).hour * QUARTERS)
      slots.push(forecasts[day].quantiles[level][Math.floor(quarter / QUARTERS)] + shape[quarter])
    }
  }
  return Float64Array.from(slots)
}

/** How quarter-hours usually differ from the mean of their hour, EUR/MWh: prices saw within the hours of a ramp. */
function quarterShape({ start, values }: SlotSeries, end: Instant): Float64Array {
  const differences = Array.from({ length: HOURS * QUARTERS }, (): number[] => [])
  const from = Math.max(start, marketDayStart(marketDay(end) - SHAPE_DAYS))
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at < end; at += HOUR_MS) {
    const first = (at - start) / SLOT_MS
    let mean = 0
    for (let k = 0; k < QUARTERS; k++) mean += values[first + k] / QUARTERS
    if (Number.isNaN(mean)) continue
    const hour = Math.floor(localTime(at, MARKET_ZONE).hour)
    for (let k = 0; k < QUARTERS; k++) differences[hour * QUARTERS + k].push(values[first + k] - mean)
  }
  return Float64Array.from(differences, (values) => quantile(values, 0.5) ?? 0)
}
