import type { Instant } from '../../core/domain/instant.ts'
import { type GapCause, refuse, type WeatherRefusal } from './weather-read.ts'
import {
  cellsOf,
  meansOfRunningSum,
  precedingMeans,
  type Raw,
  type Span,
  stepOf,
  type WeatherTracks,
} from './weather-tracks.ts'

/** What an answer says, parameter by parameter: values by instant, in no order yet. */
export type Told = ReadonlyMap<string, ReadonlyMap<Instant, Raw>>

// FMI fixes the unit with the name (opendata.fmi.fi/meta); forecasts and stations have names of their own.
const OUTDOOR_C = ['temperature', 't2m', 'ta_pt1h_avg']
const WIND_MS = ['windspeedms', 'ws_10min', 'ws_pt1h_avg']
const CLOUD_PERCENT = ['totalcloudcover']
/** J/m² since the forecast began. */
const SUM_J = 'radiationglobalaccumulation'
/** W/m². */
const MEAN_W = ['radiationglobal', 'glob_1min', 'glob_pt1h_avg']

const same = (value: number) => value

export function fmiTracks(told: Told, issuedAt: Instant | undefined): WeatherTracks | WeatherRefusal {
  const outdoor = first(told, OUTDOOR_C)
  if (!outdoor) return refuse('no-temperature', `only ${[...told.keys()].slice(0, 8).join(', ')}`)
  const wind = first(told, WIND_MS)
  const cloud = first(told, CLOUD_PERCENT)
  return {
    outdoorC: cells('outdoorC', outdoor, same),
    windMs: wind ? cells('windMs', wind, same) : [],
    cloudRatio: cloud ? cells('cloudRatio', cloud, (percent) => percent / 100) : [],
    solarWm2: solarOf(told),
    absent: { solarWm2: 'not-given', windMs: 'not-given' } satisfies Record<string, GapCause>,
    issuedAt,
  }
}

interface Row {
  readonly times: readonly Instant[]
  readonly raws: readonly Raw[]
}

function first(told: Told, names: readonly string[]): Row | undefined {
  for (const name of names) {
    const values = told.get(name)
    if (values) return inOrder(values)
  }
  return undefined
}

function inOrder(values: ReadonlyMap<Instant, Raw>): Row {
  const rows = [...values].sort(([a], [b]) => a - b)
  return { times: rows.map(([at]) => at), raws: rows.map(([, raw]) => raw) }
}

function cells(
  quantity: 'outdoorC' | 'windMs' | 'cloudRatio',
  { times, raws }: Row,
  convert: (value: number) => number,
) {
  return cellsOf(quantity, times, raws, { reachMs: stepOf(times), convert })
}

/** The sum is exact where both are told. */
function solarOf(told: Told): readonly Span[] {
  const sum = first(told, [SUM_J])
  if (sum) return meansOfRunningSum(sum.times, sum.raws, same)
  const mean = first(told, MEAN_W)
  return mean ? precedingMeans(mean.times, mean.raws, { stepMs: stepOf(mean.times), convert: same }) : []
}
