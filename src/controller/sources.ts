import { basename } from 'node:path'
import {
  withCo2Fallback,
  withPriceFallback,
  withWeatherFallback,
} from '../adapters/fallback/fallback-source.ts'
import { createConstantCo2, createFileCo2 } from '../adapters/files/file-co2.ts'
import { createFilePrices } from '../adapters/files/file-prices.ts'
import { createFileWeather } from '../adapters/files/file-weather.ts'
import { type FileFormat, readCo2File, readPricesFile, readWeatherFile } from '../adapters/files/read-file.ts'
import { syntheticPrices } from '../adapters/synthetic/synthetic-prices.ts'
import { syntheticWeather } from '../adapters/synthetic/synthetic-weather.ts'
import type { Config } from '../config.ts'
import { MINUTE_MS } from '../core/domain/instant.ts'
import { liveCo2 } from './live-co2.ts'
import { livePrices } from './live-prices.ts'
import { type LiveSetup, liveWeather } from './live-weather.ts'
import type { Co2Source, PriceSource, WeatherSource } from './ports.ts'
import { SourceFileError } from './source-file-error.ts'

// A turn, and a start, wait no longer for a service; what it says later serves the next turn.
const PATIENCE_MS = 8_000

/** The configured sources, each with its last good answer and then the synthetic series behind it. */
export async function createSources(setup: LiveSetup & { readonly speed: number }): Promise<{
  readonly prices: PriceSource
  readonly weather: WeatherSource
  readonly co2: Co2Source | undefined
}> {
  const { config, log } = setup
  const { latitude, longitude } = config.site
  const seed = config.simulated?.seed ?? 1
  const drawn = syntheticWeather({ seed, latitude, longitude })
  const onChange = (lost: object | undefined) =>
    lost ? log.warn(lost, 'source lost, another stands in') : log.info({}, 'source is back')
  const prices = [{ name: 'synthetic', source: syntheticPrices({ seed, weather: drawn }) as PriceSource }]
  const weather = [{ name: 'synthetic', source: drawn as WeatherSource }]
  const isAsked = mayAsk(setup)
  if (config.prices === 'live' || (config.prices !== 'synthetic' && 'service' in config.prices)) {
    if (isAsked) prices.unshift(await livePrices(config.prices, setup))
  } else if (config.prices !== 'synthetic') {
    const { path, format } = fileOf(config.prices)
    const read = await readPricesFile(path, format)
    if (!read.ok) throw new SourceFileError(faultText(path, read.faults))
    prices.unshift({ name: path, source: createFilePrices(read.series) })
  }
  if (config.weather === 'live' || (config.weather !== 'synthetic' && 'service' in config.weather)) {
    if (isAsked) weather.unshift(await liveWeather(config.weather, setup, drawn))
  } else if (config.weather !== 'synthetic') {
    const { path, format } = fileOf(config.weather)
    const read = await readWeatherFile(path, format, drawn)
    if (!read.ok) throw new SourceFileError(faultText(path, read.faults))
    weather.unshift({ name: path, source: createFileWeather(read.series, { error: 'perfect', seed }) })
  }
  return {
    prices: withPriceFallback(prices, { onChange, patienceMs: PATIENCE_MS }),
    weather: withWeatherFallback(weather, { onChange, patienceMs: PATIENCE_MS }),
    co2: await co2Of(setup, isAsked, onChange),
  }
}

type OnChange = Parameters<typeof withCo2Fallback>[1]['onChange']

/** The emissions of electricity; undefined where nobody is to tell them. */
async function co2Of(setup: LiveSetup, isAsked: boolean, onChange: OnChange): Promise<Co2Source | undefined> {
  const { co2 } = setup.config
  if (co2 === 'none') return undefined
  if ('gPerKwh' in co2) return createConstantCo2(co2.gPerKwh)
  if ('csv' in co2) {
    const read = await readCo2File(co2.csv)
    if (!read.ok) throw new SourceFileError(faultText(co2.csv, read.faults))
    return createFileCo2(read.series, `csv:${basename(co2.csv)}`)
  }
  if (!isAsked) return undefined
  return withCo2Fallback([await liveCo2(co2, setup)], { onChange, patienceMs: PATIENCE_MS })
}

/** Services tell of the world's own time; and whoever sets HEATFLEX_OFFLINE wants none asked. */
function mayAsk({ speed, clock, log }: LiveSetup & { readonly speed: number }): boolean {
  // A street that once lived faster goes on where it was: its clock is ahead for good.
  const aheadMs = Math.abs(clock.now() - Date.now())
  if (speed === 1 && aheadMs < MINUTE_MS && !process.env['HEATFLEX_OFFLINE']) return true
  log.info({ speed, aheadMs }, 'no service is asked')
  return false
}

type SeriesFile = Extract<Config['prices'], { csv: string } | { file: string }>

function fileOf(source: SeriesFile): { readonly path: string; readonly format: FileFormat } {
  return 'csv' in source ? { path: source.csv, format: 'csv' } : { path: source.file, format: source.format }
}

function faultText(path: string, faults: readonly { place: string; message: string }[]): string {
  return faults.map(({ place, message }) => `${path}: ${place}: ${message}`).join('\n')
}
