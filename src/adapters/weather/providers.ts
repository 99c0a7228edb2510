import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import type { Manners } from '../web/web-client.ts'
import { parseDmi } from './parse-dmi.ts'
import { parseFmi } from './parse-fmi.ts'
import { parseMetno } from './parse-metno.ts'
import { parseOpenmeteo } from './parse-openmeteo.ts'
import type { WeatherRead } from './weather-read.ts'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

export const WEATHER_SERVICES = ['met-norway', 'open-meteo', 'fmi', 'dmi'] as const
export type WeatherServiceName = (typeof WEATHER_SERVICES)[number]

/** How a service is asked and read. */
export interface WeatherProvider {
  readonly name: WeatherServiceName
  readonly baseUrl: string
  readonly accept: readonly string[]
  readonly manners: Manners
  /** Where the service does not say how long an answer holds, it is not asked again before. */
  readonly leastAgeMs: number
  /** The header, or the query parameter, that takes a key where the operator has one. */
  readonly key?: { readonly header: string } | { readonly query: string }
  /** What to ask for `place`; the same words as long as the answer would be the same. */
  query(place: Place, asOf: Instant): Readonly<Record<string, string>>
  parse(text: string): WeatherRead
}

const JSON_TYPES = ['application/json', 'application/geo+json']
const XML_TYPES = ['text/xml', 'application/xml', 'application/gml+xml']
const COVERAGE_TYPES = ['application/prs.coverage+json', 'application/vnd.cov+json', 'application/json']
/** How far the regional models of FMI and DMI look ahead. */
const REGIONAL_HOURS = 60

const METNO: WeatherProvider = {
  name: 'met-norway',
  baseUrl: 'https://api.met.no/weatherapi/locationforecast/2.0/compact',
  accept: JSON_TYPES,
  manners: { requests: 5, perMs: MINUTE_MS, quietMs: 15 * MINUTE_MS },
  leastAgeMs: 10 * MINUTE_MS,
  query: ({ latitude, longitude }) => ({ lat: degrees(latitude), lon: degrees(longitude) }),
  parse: parseMetno,
}

const OPENMETEO: WeatherProvider = {
  name: 'open-meteo',
  baseUrl: 'https://api.open-meteo.com/v1/forecast',
  accept: JSON_TYPES,
  manners: { requests: 5, perMs: MINUTE_MS, quietMs: HOUR_MS },
  leastAgeMs: HOUR_MS,
  key: { query: 'apikey' },
  // Its quarter-hours have no radiation, so all is asked by the hour.
  query: ({ latitude, longitude }) => ({
    latitude: degrees(latitude),
    longitude: degrees(longitude),
    hourly: 'temperature_2m,shortwave_radiation,wind_speed_10m,cloud_cover',
    timeformat: 'unixtime',
    timezone: 'GMT',
    wind_speed_unit: 'ms',
    past_days: '1',
    forecast_days: '6',
  }),
  parse: parseOpenmeteo,
}

const FMI: WeatherProvider = {
  name: 'fmi',
  baseUrl: 'https://opendata.fmi.fi/wfs',
  accept: XML_TYPES,
  manners: { requests: 5, perMs: MINUTE_MS, quietMs: 10 * MINUTE_MS },
  leastAgeMs: HOUR_MS,
  query: ({ latitude, longitude }, asOf) => ({
    service: 'WFS',
    version: '2.0.0',
    request: 'getFeature',
    storedquery_id: 'fmi::forecast::harmonie::surface::point::multipointcoverage',
    latlon: `${degrees(latitude)},${degrees(longitude)}`,
    parameters: 'Temperature,WindSpeedMS,TotalCloudCover,RadiationGlobalAccumulation',
    timestep: '60',
    starttime: hourText(asOf),
    endtime: hourText(asOf + REGIONAL_HOURS * HOUR_MS),
  }),
  parse: parseFmi,
}

const DMI: WeatherProvider = {
  name: 'dmi',
  baseUrl: 'https://dmigw.govcloud.dk/v1/forecastedr/collections/harmonie_dini_sf/position',
  accept: COVERAGE_TYPES,
  manners: { requests: 5, perMs: MINUTE_MS, quietMs: 10 * MINUTE_MS },
  leastAgeMs: HOUR_MS,
  key: { header: 'X-Gravitee-Api-Key' },
  query: ({ latitude, longitude }) => ({
    coords: `POINT(${degrees(longitude)} ${degrees(latitude)})`,
    crs: 'crs84',
    'parameter-name': 'temperature-2m,wind-speed-10m,fraction-of-cloud-cover,global-radiation-flux',
    f: 'CoverageJSON',
  }),
  parse: parseDmi,
}

export const WEATHER_PROVIDERS: Readonly<Record<WeatherServiceName, WeatherProvider>> = {
  'met-norway': METNO,
  'open-meteo': OPENMETEO,
  fmi: FMI,
  dmi: DMI,
}

/** The provider of that name, however it is spelled: `metno`, `openmeteo`; undefined where there is none. */
export function weatherProvider(name: string): WeatherProvider | undefined {
  const plain = name.toLowerCase().replaceAll(/[-_ .]/g, '')
  const known = plain === 'metno' ? 'metnorway' : plain
  return Object.values(WEATHER_PROVIDERS).find((one) => one.name.replaceAll('-', '') === known)
}

/** Four decimals are eleven metres; MET Norway turns more away. */
function degrees(value: number): string {
  return String(Math.round(value * 1e4) / 1e4)
}

function hourText(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 13)}:00:00Z`
}
