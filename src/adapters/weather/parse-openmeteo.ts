import { z } from 'zod'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import { readJson } from './read-json.ts'
import { readInstant, readLocalInstant, readUnixSeconds } from './read-time.ts'
import { slotWeather } from './slot-weather.ts'
import { radiationUnit, shareUnit, speedUnit, temperatureUnit } from './units.ts'
import { type GapCause, refuse, type WeatherRead } from './weather-read.ts'
import { cellsOf, precedingMeans, type Raw, rawNumber } from './weather-tracks.ts'

const MOST_ROWS = 20_000
const column = z.array(z.unknown()).max(MOST_ROWS)
const units = z.record(z.string(), z.unknown()).default({})
const block = z.record(z.string(), z.unknown()).refine((one) => Array.isArray(one['time']), 'no times')
const answer = z.object({
  utc_offset_seconds: z.int().min(-50_400).max(50_400).optional(),
  hourly: block.optional(),
  hourly_units: units,
  minutely_15: block.optional(),
  minutely_15_units: units,
})
const trouble = z.object({ error: z.literal(true), reason: z.string().default('no reason given') })

/** Forecast of Open-Meteo: columns by the hour or quarter-hour; sun is the mean of what precedes, the rest instants. */
export function parseOpenmeteo(text: string): WeatherRead {
  const json = readJson(text)
  if ('ok' in json) return json
  const failed = trouble.safeParse(json.value)
  if (failed.success) return refuse('service-error', failed.data.reason)
  const document = answer.safeParse(json.value)
  if (!document.success) return refuse('bad-shape', z.prettifyError(document.error))
  const { hourly, minutely_15: quarters } = document.data
  const values = hourly ?? quarters
  if (!values) return refuse('bad-shape', 'neither "hourly" nor "minutely_15"')
  return parseBlock({
    values,
    units: hourly ? document.data.hourly_units : document.data.minutely_15_units,
    stepMs: hourly ? HOUR_MS : 15 * MINUTE_MS,
    offsetS: document.data.utc_offset_seconds,
  })
}

interface Block {
  readonly values: Readonly<Record<string, unknown>>
  readonly units: Readonly<Record<string, unknown>>
  readonly stepMs: number
  readonly offsetS: number | undefined
}

function parseBlock(block: Block): WeatherRead {
  const { stepMs } = block
  const times = timesOf(block)
  if (typeof times === 'string') return refuse('bad-time', times)
  const temperature = columnOf(block, 'temperature_2m', times.length, temperatureUnit)
  if (typeof temperature === 'string') return withoutTemperature(block, temperature)
  const wind = columnOf(block, 'wind_speed_10m', times.length, speedUnit)
  const cloud = columnOf(block, 'cloud_cover', times.length, shareUnit)
  const sun = columnOf(block, 'shortwave_radiation', times.length, meanRadiation)
  const cells = (quantity: 'windMs' | 'cloudRatio', read: typeof wind) =>
    typeof read === 'string'
      ? []
      : cellsOf(quantity, times, read.raws, { reachMs: stepMs, convert: read.unit })
  const tracks = {
    outdoorC: cellsOf('outdoorC', times, temperature.raws, { reachMs: stepMs, convert: temperature.unit }),
    windMs: cells('windMs', wind),
    cloudRatio: cells('cloudRatio', cloud),
    solarWm2: typeof sun === 'string' ? [] : precedingMeans(times, sun.raws, { stepMs, convert: sun.unit }),
    absent: {
      ...(typeof wind === 'string' ? { windMs: wind } : {}),
      ...(typeof sun === 'string' ? { solarWm2: sun } : {}),
    },
    issuedAt: undefined,
  }
  return slotWeather(tracks, 'open-meteo')
}

/** The column in order, or why it cannot be used. */
function columnOf<U>(
  block: Block,
  name: string,
  length: number,
  unitOf: (unit: string) => U | undefined,
): { readonly raws: readonly Raw[]; readonly unit: U } | GapCause {
  const cells = column.safeParse(block.values[name])
  if (!cells.success) return 'not-given'
  if (cells.data.length !== length) return 'unequal-length'
  const unit = unitOf(String(block.units[name] ?? ''))
  if (!unit) return 'unknown-unit'
  return { raws: cells.data.map(rawNumber), unit }
}

function meanRadiation(text: string) {
  const unit = radiationUnit(text)
  return unit?.kind === 'mean' ? unit.convert : undefined
}

function withoutTemperature({ values }: Block, why: GapCause): WeatherRead {
  if (why === 'unequal-length' || why === 'unknown-unit') return refuse(why, `temperature_2m: ${why}`)
  const members = Object.keys(values).filter((name) => name.startsWith('temperature_2m_'))
  const instead = members.length > 0 ? `, only ${members.slice(0, 3).join(', ')}` : ''
  return refuse('no-temperature', `there is no temperature_2m${instead}`)
}

/** In words what is wrong with them, or the times: Unix seconds, or local time and the one offset of the answer. */
function timesOf({ values, offsetS }: Block): readonly Instant[] | string {
  const cells = column.safeParse(values['time'])
  if (!cells.success || cells.data.length === 0) return 'no times'
  const times: Instant[] = []
  for (const cell of cells.data) {
    const at = typeof cell === 'number' ? readUnixSeconds(cell) : localInstant(cell, offsetS)
    if (at === undefined)
      return `"${String(cell).slice(0, 40)}" is no instant, or local time without an offset`
    if (at <= (times.at(-1) ?? Number.NEGATIVE_INFINITY)) return 'times out of order'
    times.push(at)
  }
  return times
}

function localInstant(cell: unknown, offsetS: number | undefined): Instant | undefined {
  return offsetS === undefined ? readInstant(cell) : readLocalInstant(cell, offsetS)
}
