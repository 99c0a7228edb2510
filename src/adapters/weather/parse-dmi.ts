import { z } from 'zod'
import type { Instant } from '../../core/domain/instant.ts'
import { readJson } from './read-json.ts'
import { readInstant } from './read-time.ts'
import { slotWeather } from './slot-weather.ts'
import { radiationUnit, shareUnit, speedUnit, temperatureUnit } from './units.ts'
import { type GapCause, refuse, type WeatherRead } from './weather-read.ts'
import { cellsOf, meansOfRunningSum, precedingMeans, type Raw, rawNumber, stepOf } from './weather-tracks.ts'

const MOST_ROWS = 20_000
const symbol = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
const coverage = z.object({
  type: z.literal('Coverage'),
  domain: z.object({ axes: z.object({ t: z.object({ values: z.array(z.unknown()).max(MOST_ROWS) }) }) }),
  parameters: z.record(
    z.string(),
    z.object({ unit: z.object({ symbol: symbol.optional(), label: z.unknown().optional() }).optional() }),
  ),
  ranges: z.record(
    z.string(),
    z.object({
      axisNames: z.array(z.string()).optional(),
      shape: z.array(z.int()).optional(),
      values: z.array(z.unknown()).max(MOST_ROWS),
    }),
  ),
})
type Coverage = z.output<typeof coverage>

/** CoverageJSON of DMI's Environmental Data Retrieval at one position: kelvin, and sun as a sum that runs on. */
export function parseDmi(text: string): WeatherRead {
  const json = readJson(text)
  if ('ok' in json) return json
  const document = coverage.safeParse(json.value)
  if (!document.success) return refuse('bad-shape', z.prettifyError(document.error))
  const times = timesOf(document.data.domain.axes.t.values)
  if (!times) return refuse('bad-time', 'times without an offset, out of order, or none')
  return slotCoverage(document.data, times)
}

function slotCoverage(document: Coverage, times: readonly Instant[]): WeatherRead {
  const read = <U>(name: string, unitOf: (unit: string) => U | undefined) =>
    rangeOf(document, name, times.length, unitOf)
  const temperature = read('temperature-2m', temperatureUnit)
  if (typeof temperature === 'string') return withoutTemperature(temperature)
  const wind = read('wind-speed-10m', speedUnit)
  const cloud = read('fraction-of-cloud-cover', shareUnit)
  const sun = read('global-radiation-flux', radiationUnit)
  const reachMs = stepOf(times)
  const tracks = {
    outdoorC: cellsOf('outdoorC', times, temperature.raws, { reachMs, convert: temperature.unit }),
    windMs:
      typeof wind === 'string' ? [] : cellsOf('windMs', times, wind.raws, { reachMs, convert: wind.unit }),
    cloudRatio:
      typeof cloud === 'string'
        ? []
        : cellsOf('cloudRatio', times, cloud.raws, { reachMs, convert: cloud.unit }),
    solarWm2: typeof sun === 'string' ? [] : meansOf(times, sun),
    absent: {
      ...(typeof wind === 'string' ? { windMs: wind } : {}),
      ...(typeof sun === 'string' ? { solarWm2: sun } : {}),
    },
    issuedAt: undefined,
  }
  return slotWeather(tracks, 'dmi')
}

function meansOf(
  times: readonly Instant[],
  {
    raws,
    unit,
  }: { readonly raws: readonly Raw[]; readonly unit: NonNullable<ReturnType<typeof radiationUnit>> },
) {
  return unit.kind === 'sum'
    ? meansOfRunningSum(times, raws, unit.convert)
    : precedingMeans(times, raws, { stepMs: stepOf(times), convert: unit.convert })
}

function withoutTemperature(why: GapCause): WeatherRead {
  if (why === 'unequal-length' || why === 'unknown-unit') return refuse(why, `temperature-2m: ${why}`)
  return refuse('no-temperature', 'there is no temperature-2m')
}

/** The values along time, or why they cannot be used: one position alone has as many values as times. */
function rangeOf<U>(
  { parameters, ranges }: Coverage,
  name: string,
  length: number,
  unitOf: (unit: string) => U | undefined,
): { readonly raws: readonly Raw[]; readonly unit: U } | GapCause {
  const range = ranges[name]
  if (!range) return 'not-given'
  if (range.values.length !== length) return 'unequal-length'
  const unit = unitOf(parameters[name]?.unit?.symbol ?? '')
  if (!unit) return 'unknown-unit'
  return { raws: range.values.map(rawNumber), unit }
}

function timesOf(values: readonly unknown[]): readonly Instant[] | undefined {
  const times: Instant[] = []
  for (const value of values) {
    const at = readInstant(value)
    if (at === undefined || at <= (times.at(-1) ?? Number.NEGATIVE_INFINITY)) return undefined
    times.push(at)
  }
  return times.length > 0 ? times : undefined
}
