import type { WeatherSource } from '../../controller/ports.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'
import type { WeatherTruth } from '../../core/domain/weather-truth.ts'
import type { WebClient } from '../web/web-client.ts'
import { explainOutcome, type Fetched } from '../web/web-outcome.ts'
import { completeWeather } from './complete-weather.ts'
import type { Place, WeatherProvider } from './providers.ts'
import { sunFromCloud } from './sun-from-cloud.ts'
import { cutWeather, rememberWeather } from './weather-memory.ts'
import type { WeatherGap, WeatherRead } from './weather-read.ts'

/** Worth a line in the log, once as long as it lasts. */
export type WeatherNote =
  /** The service still answers, but says that this version of it ends. */
  | { readonly kind: 'deprecated' }
  /** Cells that were lost or unreadable, not what the service never tells. */
  | { readonly kind: 'cells-lost'; readonly gaps: readonly WeatherGap[] }

export interface WeatherServiceSetup {
  readonly provider: WeatherProvider
  readonly client: WebClient
  readonly place: Place
  /** Another address of the same service: a customer's, or a mirror. */
  readonly baseUrl?: string | undefined
  /** A key that goes into the question, for those who want it there. */
  readonly queryKey?: Readonly<Record<string, string>> | undefined
  /** The sky of the place, and what stands where the service tells nothing. */
  readonly standIn: WeatherTruth
  readonly onNote: (note: WeatherNote) => void
}

/** A weather service that had no usable answer: the fallback takes over. */
export class WeatherServiceError extends Error {
  override readonly name = 'WeatherServiceError'
}

interface Kept {
  readonly answer: Fetched
  readonly series: WeatherSeries
}

/** A live service as a source: asked no more often than it likes, its answers read once, gaps completed and named. */
export function createWeatherService(setup: WeatherServiceSetup): WeatherSource {
  const { provider, client } = setup
  let kept: Kept | undefined
  let noted = ''

  const note = (notes: readonly WeatherNote[]) => {
    const text = JSON.stringify(notes)
    if (text !== noted) for (const one of notes) setup.onNote(one)
    noted = text
  }

  const take = (answer: Fetched, asOf: Instant): Kept => {
    if (kept && kept.answer.text === answer.text) return { ...kept, answer }
    const read = provider.parse(answer.text)
    if (!read.ok) throw new WeatherServiceError(`unusable answer, ${read.code}: ${read.why}`)
    note(notesOf(answer, read))
    const told = withSun(read, setup.standIn)
    const issuedAt = Math.min(asOf, read.issuedAt ?? answer.at)
    const issued = { ...told, provenance: { ...told.provenance, issuedAt } }
    return { answer, series: rememberWeather(kept?.series, issued, asOf) }
  }

  return {
    async weather(window, asOf, signal) {
      if (!kept || mayAskAgain(kept.answer, provider.leastAgeMs, asOf)) {
        const outcome = await client.get({ url: questionUrl(setup, asOf), accept: provider.accept }, signal)
        if (outcome.kind !== 'fetched') throw new WeatherServiceError(explainOutcome(outcome))
        kept = take(outcome, asOf)
      }
      return completeWeather(cutWeather(kept.series, window), setup.standIn)
    },
  }
}

const CROWDED_MINUTES = 5
const OLDEST_MS = 3 * HOUR_MS

/** Not while the answer holds, and not on the hour as all the world does, as long as we have one of late. */
function mayAskAgain(answer: Fetched, leastAgeMs: number, asOf: Instant): boolean {
  if (asOf < Math.max(answer.freshUntil, answer.at + leastAgeMs)) return false
  const isCrowded = asOf % HOUR_MS < CROWDED_MINUTES * MINUTE_MS
  return !isCrowded || asOf - answer.at > OLDEST_MS
}

function questionUrl({ provider, place, baseUrl, queryKey }: WeatherServiceSetup, asOf: Instant): URL {
  const url = new URL(baseUrl ?? provider.baseUrl)
  const query = { ...provider.query(place, asOf), ...queryKey }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** Where the service tells clouds alone, the sun that they let through. */
function withSun({ series, cloudRatio }: Extract<WeatherRead, { ok: true }>, sky: WeatherTruth) {
  if (series.solarWm2.some((value) => !Number.isNaN(value))) return series
  if (cloudRatio.every(Number.isNaN)) return series
  const solarWm2 = sunFromCloud(series.start, cloudRatio, sky.clearSkyWm2)
  const source = `${series.provenance.source}, sun estimated from its clouds`
  return { ...series, solarWm2, provenance: { ...series.provenance, source } }
}

function notesOf(answer: Fetched, { gaps }: Extract<WeatherRead, { ok: true }>): WeatherNote[] {
  const lost = gaps.filter(({ why }) => why !== 'not-given' && why !== 'no-row')
  return [
    ...(answer.status === 203 ? [{ kind: 'deprecated' } as const] : []),
    ...(lost.length > 0 ? [{ kind: 'cells-lost', gaps: lost.slice(0, 5) } as const] : []),
  ]
}
