import type { Instant, Window } from '../../core/domain/instant.ts'
import type { Manners } from '../web/web-client.ts'
import type { SlotsRead } from './slots-read.ts'

/** How a market's service is asked and read. */
export interface SlotProvider {
  readonly name: string
  readonly baseUrl: string
  readonly accept: readonly string[]
  readonly manners: Manners
  /** Questions in all before it is left alone for a while; 1 where its rhythm is slower than any retry. */
  readonly tries: number
  /** The header, or the query parameter, that takes the key; absent where none is needed. */
  readonly key?: { readonly header: string } | { readonly query: string }
  /** Whether it can be asked for that zone. */
  hasZone(zone: string): boolean
  /** Addresses below `baseUrl` that together tell of whole market days, the most urgent first. */
  questions(window: Window, zone: string): readonly Question[]
  /** Past days that one question may ask for; absent where history would take many. */
  readonly historyDays?: number
  parse(text: string, zone: string): SlotsRead
  /** Until when values are public at `asOf`. */
  knownUntil(asOf: Instant): Instant
}

export interface Question {
  readonly path?: string
  readonly query: Readonly<Record<string, string>>
}

/** The question as an address, with the key where it belongs there. */
export function questionUrl(baseUrl: string, { path = '', query }: Question): URL {
  const url = new URL(`${baseUrl.replace(/\/$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
