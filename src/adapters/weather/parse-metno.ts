import { z } from 'zod'
import { HOUR_MS, type Instant } from '../../core/domain/instant.ts'
import { readJson } from './read-json.ts'
import { readInstant } from './read-time.ts'
import { slotWeather } from './slot-weather.ts'
import { shareUnit, speedUnit, temperatureUnit } from './units.ts'
import { type Quantity, refuse, type WeatherRead } from './weather-read.ts'
import { type Cell, checkValue, rawNumber } from './weather-tracks.ts'

const forecast = z.object({
  properties: z.object({
    meta: z.object({
      updated_at: z.string().optional(),
      units: z.record(z.string(), z.string()).default({}),
    }),
    timeseries: z
      .array(
        z.object({
          time: z.string(),
          data: z.object({
            instant: z.object({ details: z.record(z.string(), z.unknown()) }),
            next_1_hours: z.unknown().optional(),
            next_6_hours: z.unknown().optional(),
          }),
        }),
      )
      .max(2_000),
  }),
})
type Row = z.output<typeof forecast>['properties']['timeseries'][number]

/** Locationforecast 2.0 of MET Norway, compact or complete: hours, then steps of six. It tells no sun, but clouds. */
export function parseMetno(text: string): WeatherRead {
  const json = readJson(text)
  if ('ok' in json) return json
  const document = forecast.safeParse(json.value)
  if (!document.success) return refuse('bad-shape', z.prettifyError(document.error))
  const { meta, timeseries } = document.data.properties
  const times = timeseries.map(({ time }) => readInstant(time))
  if (!isRising(times)) return refuse('bad-time', 'times without an offset, or out of order')
  const convertC = temperatureUnit(meta.units['air_temperature'] ?? 'celsius')
  if (!convertC) return refuse('unknown-unit', `air_temperature in ${meta.units['air_temperature']}`)
  const convertWind = speedUnit(meta.units['wind_speed'] ?? 'm/s')
  const convertCloud = shareUnit(meta.units['cloud_area_fraction'] ?? '%')
  const cells = (quantity: Quantity, name: string, convert: (value: number) => number) =>
    timeseries.flatMap((row, k) => cellOf(row, times[k]!, quantity, name, convert))
  const tracks = {
    outdoorC: cells('outdoorC', 'air_temperature', convertC),
    windMs: convertWind ? cells('windMs', 'wind_speed', convertWind) : [],
    cloudRatio: convertCloud ? cells('cloudRatio', 'cloud_area_fraction', convertCloud) : [],
    solarWm2: [],
    absent: convertWind ? {} : ({ windMs: 'unknown-unit' } as const),
    issuedAt: readInstant(meta.updated_at),
  }
  return slotWeather(tracks, 'met-norway')
}

function cellOf(
  { data }: Row,
  at: Instant,
  quantity: Quantity,
  name: string,
  convert: (value: number) => number,
): Cell {
  // A row says by its next period how soon another follows; the last one has none.
  const reachMs = data.next_1_hours ? HOUR_MS : data.next_6_hours ? 6 * HOUR_MS : 0
  return { at, reachMs, ...checkValue(quantity, rawNumber(data.instant.details[name]), convert) }
}

function isRising(times: readonly (Instant | undefined)[]): times is readonly Instant[] {
  return times.every((at, k) => at !== undefined && (k === 0 || at > (times[k - 1] ?? Infinity)))
}
