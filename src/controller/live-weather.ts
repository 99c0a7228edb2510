import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import { type Place, WEATHER_PROVIDERS, type WeatherProvider } from '../adapters/weather/providers.ts'
import { createWeatherService, type WeatherNote } from '../adapters/weather/weather-service.ts'
import { userAgent } from '../adapters/web/user-agent.ts'
import { createWebClient, type WebEvent } from '../adapters/web/web-client.ts'
import type { Config } from '../config.ts'
import { hashedUnit } from '../core/domain/chance.ts'
import type { WeatherTruth } from '../core/domain/weather-truth.ts'
import type { Clock, WeatherSource } from './ports.ts'

export interface LiveSetup {
  readonly config: Config
  readonly clock: Clock
  readonly version: string
  readonly log: Logger
  /** Ends what is under way when the process stops. */
  readonly life: AbortSignal
}

type Service = Extract<Config['weather'], { service: string }>

// A turn waits for the weather: a service that is down must not hold it up for long.
const TRIES = 2
const TIMEOUT_MS = 8_000

/** A weather service asked for the site; `live` is MET Norway, which needs no key. */
export async function liveWeather(
  named: 'live' | Service,
  setup: LiveSetup,
  standIn: WeatherTruth,
): Promise<{ readonly name: string; readonly source: WeatherSource }> {
  const service = named === 'live' ? { service: 'met-norway' as const } : named
  const provider = WEATHER_PROVIDERS[service.service]
  const key = 'keyFile' in service && service.keyFile ? (await readFile(service.keyFile, 'utf8')).trim() : ''
  const place = { latitude: setup.config.site.latitude, longitude: setup.config.site.longitude }
  const source = createWeatherService({
    provider,
    client: createClient(provider, setup, { key, place }),
    place,
    baseUrl: 'baseUrl' in service ? service.baseUrl : undefined,
    queryKey: key && provider.key && 'query' in provider.key ? { [provider.key.query]: key } : undefined,
    standIn,
    onNote: (note) => tellNote(setup.log, provider.name, note),
  })
  return { name: provider.name, source }
}

function createClient(
  provider: WeatherProvider,
  { config, clock, version, log, life }: LiveSetup,
  { key, place }: { readonly key: string; readonly place: Place },
) {
  let draws = 0
  return createWebClient({
    service: provider.name,
    userAgent: userAgent(version, config.site.contact),
    manners: provider.manners,
    clock,
    life,
    onEvent: (event) => tellWebEvent(log, event),
    secretHeaders: key && provider.key && 'header' in provider.key ? { [provider.key.header]: key } : {},
    secrets: key ? [key] : [],
    timeoutMs: TIMEOUT_MS,
    tries: TRIES,
    // Each site has its own course of waits.
    random: () => hashedUnit(1, Math.round(place.latitude * 1e4), Math.round(place.longitude * 1e4), draws++),
  })
}

/** What happens between us and a service. */
export function tellWebEvent(log: Logger, event: WebEvent): void {
  const { kind, ...facts } = event
  if (kind === 'shut-out') log.error(facts, 'service does not let us in')
  else log.debug(facts, 'service is asked again')
}

function tellNote(log: Logger, service: string, note: WeatherNote): void {
  switch (note.kind) {
    case 'deprecated':
      log.warn({ service }, 'weather service says that this version of it ends')
      return
    case 'cells-lost':
      log.warn({ service, gaps: note.gaps }, 'weather service left cells out')
      return
    default:
      note satisfies never
  }
}
