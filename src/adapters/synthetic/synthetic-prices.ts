import type { PriceSource } from '../../controller/ports.ts'
import { dayAheadKnownUntil, lastPublicationAt, PUBLICATION_HOUR_CET } from '../../core/domain/day-ahead.ts'
import { DAY_MS, HOUR_MS, type Instant, SLOT_MS, slotCount, slotStart } from '../../core/domain/instant.ts'
import { localTime } from '../../core/domain/local-time.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'
import { createNoise } from './noise.ts'
import { syntheticWeather } from './synthetic-weather.ts'

export interface SyntheticPricesOptions {
  readonly seed: number
  /** The weather that demand follows; one of the same seed where none is given. */
  readonly weather?: WeatherTruth | undefined
  readonly timeZone?: string | undefined
  readonly publicationHourCet?: number | undefined
}

export interface SyntheticPrices extends PriceSource {
  /** The price of the slot that holds `at`, EUR/MWh without VAT. */
  priceAt(at: Instant): number
}

const FLOOR_EUR_PER_MWH = -60
const CEILING_EUR_PER_MWH = 4000

/**
 * Made-up day-ahead prices of a cold, windy market in quarter-hours: two peaks on workdays, dear in still
 * frost, negative in storms; public from about 13:00 CET on the day before.
 */
export function syntheticPrices(options: SyntheticPricesOptions): SyntheticPrices {
  const scarcity = createScarcity(options)
  const hourCet = options.publicationHourCet ?? PUBLICATION_HOUR_CET
  const slotPrice = kept((slot) => clearingPrice(scarcity(slot)))
  const priceAt = (at: Instant) => slotPrice(slotStart(at))
  return {
    priceAt,
    async prices(window, asOf) {
      const start = slotStart(window.from)
      const knownUntil = dayAheadKnownUntil(asOf, hourCet)
      const values = Float64Array.from({ length: slotCount(window) }, (_, k) => {
        const at = start + k * SLOT_MS
        return at < knownUntil ? priceAt(at) : Number.NaN
      })
      const issuedAt = lastPublicationAt(asOf, hourCet)
      return { start, values, provenance: { source: 'synthetic', kind: 'synthetic', issuedAt } }
    },
  }
}

/** Half a year of quarter-hours. */
const MOST_KEPT = 17_520

/** Every turn asks for the same days again. */
function kept(priceOf: (slot: Instant) => number): (slot: Instant) => number {
  const prices = new Map<Instant, number>()
  return (slot) => {
    const known = prices.get(slot)
    if (known !== undefined) return known
    if (prices.size >= MOST_KEPT) prices.clear()
    const price = priceOf(slot)
    prices.set(slot, price)
    return price
  }
}

/** What the market's supply asks for, cheap wind and water first, the last reserve at the end. */
function clearingPrice(scarcity: number): number {
  const beyondReserves = Math.max(0, scarcity - 2)
  const eurPerMwh = 52 * Math.exp(0.84 * scarcity) - 17 + 400 * beyondReserves * beyondReserves
  return Math.min(Math.max(eurPerMwh, FLOOR_EUR_PER_MWH), CEILING_EUR_PER_MWH)
}

/** Demand less wind, in units of its own spread; zero is an ordinary hour. */
function createScarcity({ seed, weather, timeZone = 'Europe/Helsinki' }: SyntheticPricesOptions) {
  const { weatherAt } = weather ?? syntheticWeather({ seed })
  const wind = createNoise(seed, 51, 2.2 * DAY_MS)
  const outages = createNoise(seed, 52, 8 * DAY_MS)
  const hours = createNoise(seed, 53, 3 * HOUR_MS)
  const quarters = createNoise(seed, 54, SLOT_MS)
  return (at: Instant) => {
    const { weekday, hour } = localTime(at, timeZone)
    const cold = Math.max(-1, (-2 - weatherAt(slotDay(at)).outdoorC) / 12)
    return (
      0.45 * cold +
      0.62 * wind(at) +
      0.3 * outages(at) +
      0.14 * hours(at) +
      0.05 * quarters(at) +
      dayShape(weekday, hour) +
      rampStep(weekday, hour)
    )
  }
}

/** Demand follows the frost of the day, not of the quarter-hour. */
function slotDay(at: Instant): Instant {
  return Math.floor(at / (6 * HOUR_MS)) * 6 * HOUR_MS + 3 * HOUR_MS
}

/** Night valley, morning and evening peak; weekends lower and later. */
function dayShape(weekday: number, hour: number): number {
  const isWeekend = weekday >= 5
  const morning = isWeekend ? 0.3 * bell(hour, 10, 2.5) : 0.75 * bell(hour, 8.2, 1.8)
  const evening = isWeekend ? 0.6 * bell(hour, 18, 2.4) : 0.8 * bell(hour, 18, 2.2)
  const night = 0.6 * (bell(hour, 2.8, 2.8) + bell(hour, 26.8, 2.8))
  return morning + evening - night - (isWeekend ? 0.3 : 0)
}

/** Hourly contracts of neighbours meet quarter-hours here: prices saw within each hour of a ramp. */
function rampStep(weekday: number, hour: number): number {
  const insideHour = hour - Math.floor(hour) - 0.375
  const rise = dayShape(weekday, hour + 0.5) - dayShape(weekday, hour - 0.5)
  return 0.5 * rise * insideHour
}

function bell(hour: number, middle: number, widthHours: number): number {
  const z = (hour - middle) / widthHours
  return Math.exp(-0.5 * z * z)
}
