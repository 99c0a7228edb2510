import type { Fault } from '../adapters/files/fault.ts'
import { createFilePrices } from '../adapters/files/file-prices.ts'
import { createFileWeather } from '../adapters/files/file-weather.ts'
import { type FileFormat, readCo2File, readPricesFile, readWeatherFile } from '../adapters/files/read-file.ts'
import { syntheticPrices } from '../adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../adapters/synthetic/synthetic-weather.ts'
import type { PriceSource, WeatherSource } from '../controller/ports.ts'
import { DAY_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'
import type { PriceSeries, SlotSeries, WeatherSeries } from '../core/domain/series.ts'
import type { Scenario, SeriesSource } from './scenario.ts'

/** The world of a replay: what really was, and what of it may be known when. */
export interface ReplayWorld {
  readonly truth: { readonly prices: PriceSeries; readonly weather: WeatherSeries }
  readonly prices: PriceSource
  readonly weather: WeatherSource
  /** g/kWh a slot; undefined where the scenario has none. */
  readonly gPerKwh: SlotSeries | undefined
  readonly notes: readonly string[]
}

export type WorldRead =
  | { readonly ok: true; readonly world: ReplayWorld }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Days around the counted ones for which the world must exist: the trial before, and the horizon after. */
export const TRIAL_DAYS = 21
const AFTER_DAYS = 5

/** Reads or draws what the scenario names; a gap inside its days is a fault, never a zero. */
export async function loadWorld(scenario: Scenario): Promise<WorldRead> {
  const { latitude, longitude } = scenario.site
  const drawn = syntheticWeather({ seed: scenario.seed, latitude, longitude })
  const from = scenario.start - (scenario.warmUpDays + TRIAL_DAYS) * DAY_MS
  const to = scenario.start + (scenario.days + AFTER_DAYS) * DAY_MS
  const prices = await readPrices(scenario, drawn, from, to)
  const weather = await readWeather(scenario, drawn, from, to)
  const co2 = await readCo2(scenario)
  if (!prices.ok || !weather.ok || !co2.ok) {
    return { ok: false, faults: [prices, weather, co2].flatMap((read) => (read.ok ? [] : read.faults)) }
  }
  const gaps = gapFaults(scenario, prices.series, weather.series)
  if (gaps.length > 0) return { ok: false, faults: gaps }
  const world = {
    truth: { prices: prices.series, weather: weather.series },
    prices: prices.source,
    weather: createFileWeather(weather.series, { error: scenario.forecast.error, seed: scenario.seed }),
    gPerKwh: co2.series,
    notes: [...prices.notes, ...weather.notes].map(({ place, message }) => `${place}: ${message}`),
  }
  return { ok: true, world }
}

type Drawn = ReturnType<typeof syntheticWeather>

async function readPrices({ prices, seed }: Scenario, drawn: Drawn, from: Instant, to: Instant) {
  if (prices === 'synthetic') {
    const source = syntheticPrices({ seed, weather: drawn })
    const values = perSlot(from, to, (at) => source.priceAt(at))
    const provenance = { source: 'synthetic', kind: 'synthetic', issuedAt: from } as const
    return { ok: true, series: { start: from, values, provenance }, source, notes: [] } as const
  }
  const { path, format } = fileOf(prices)
  const read = await readPricesFile(path, format)
  return read.ok ? { ...read, source: createFilePrices(read.series) } : read
}

async function readWeather({ weather }: Scenario, drawn: Drawn, from: Instant, to: Instant) {
  if (weather === 'synthetic') return { ok: true, series: drawnSeries(drawn, from, to), notes: [] } as const
  const { path, format } = fileOf(weather)
  return await readWeatherFile(path, format, drawn)
}

function drawnSeries(drawn: Drawn, from: Instant, to: Instant): WeatherSeries {
  return {
    start: from,
    outdoorC: perSlot(from, to, (at) => drawn.weatherAt(at).outdoorC),
    solarWm2: perSlot(from, to, (at) => drawn.weatherAt(at).solarWm2),
    windMs: perSlot(from, to, (at) => drawn.weatherAt(at).windMs),
    provenance: { source: 'synthetic', kind: 'synthetic', issuedAt: from },
  }
}

async function readCo2({ co2, start }: Scenario) {
  if (co2 === undefined) return { ok: true, series: undefined } as const
  if ('gPerKwh' in co2) {
    return { ok: true, series: { start, values: Float64Array.of(co2.gPerKwh) } } as const
  }
  const read = await readCo2File(co2.csv)
  return read.ok ? ({ ok: true, series: read.series } as const) : read
}

function fileOf(source: Exclude<SeriesSource, 'synthetic'>): { path: string; format: FileFormat } {
  return 'csv' in source ? { path: source.csv, format: 'csv' } : { path: source.file, format: source.format }
}

function perSlot(from: Instant, to: Instant, value: (at: Instant) => number): Float64Array {
  return Float64Array.from({ length: (to - from) / SLOT_MS }, (_, k) => value(from + k * SLOT_MS))
}

function gapFaults(scenario: Scenario, prices: PriceSeries, weather: WeatherSeries): Fault[] {
  const trialDays = scenario.fleet.models === 'fitted' ? TRIAL_DAYS : 0
  const from = scenario.start - (scenario.warmUpDays + trialDays) * DAY_MS
  const to = scenario.start + scenario.days * DAY_MS
  const named = [
    { what: 'prices', start: prices.start, values: prices.values, from: scenario.start },
    { what: 'outdoor temperature', start: weather.start, values: weather.outdoorC, from },
    { what: 'solar radiation', start: weather.start, values: weather.solarWm2, from },
    { what: 'wind', start: weather.start, values: weather.windMs, from },
  ]
  return named.flatMap(({ what, start, values, from: first }) => {
    for (let at = first; at < to; at += SLOT_MS) {
      if (Number.isFinite(values[(at - start) / SLOT_MS])) continue
      return [
        { place: new Date(at).toISOString(), message: `${what}: nothing is known here, within the replay` },
      ]
    }
    return []
  })
}
