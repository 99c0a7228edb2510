import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { LiveSlotsSetup, SlotsNote } from '../adapters/prices/live-slots.ts'
import type { SlotProvider } from '../adapters/prices/provider.ts'
import { userAgent } from '../adapters/web/user-agent.ts'
import { createWebClient } from '../adapters/web/web-client.ts'
import type { Config } from '../config.ts'
import { hashedUnit } from '../core/domain/chance.ts'
import { type LiveSetup, tellWebEvent } from './live-weather.ts'

/** A service as the configuration names it. */
export interface NamedService {
  /** The key of the configuration: `prices`, `co2`. */
  readonly what: string
  readonly zone: string
  readonly baseUrl?: string | undefined
  readonly keyFile?: string | undefined
}

/** A service that wants a key, and no key anywhere. */
export class MarketKeyError extends Error {
  override readonly name = 'MarketKeyError'
}

/** How one service of slots is asked: with its key, its manners and waits of this site's own. */
export async function marketService(
  provider: SlotProvider,
  service: NamedService,
  setup: LiveSetup,
): Promise<{ readonly name: string; readonly slots: LiveSlotsSetup }> {
  const key = await readKey(service, provider)
  const random = chanceOf(setup.config.site)
  const name = `${provider.name}:${service.zone}`
  const slots = {
    provider,
    zone: service.zone,
    baseUrl: service.baseUrl,
    queryKey: key && provider.key && 'query' in provider.key ? { [provider.key.query]: key } : undefined,
    life: setup.life,
    random,
    onNote: (note: SlotsNote) => tellNote(setup.log, name, note),
    client: createWebClient({
      service: name,
      userAgent: userAgent(setup.version, setup.config.site.contact),
      manners: provider.manners,
      clock: setup.clock,
      life: setup.life,
      onEvent: (event) => tellWebEvent(setup.log, event),
      secretHeaders: key && provider.key && 'header' in provider.key ? { [provider.key.header]: key } : {},
      secrets: key ? [key] : [],
      tries: provider.tries,
      random,
    }),
  }
  return { name, slots }
}

/** From the file that is named, or from the environment; never from the configuration itself. */
async function readKey({ what, keyFile }: NamedService, provider: SlotProvider): Promise<string> {
  if (!provider.key) return ''
  const variable = `HEATFLEX_${provider.name.toUpperCase()}_KEY`
  const key = keyFile === undefined ? (process.env[variable] ?? '') : await readFile(keyFile, 'utf8')
  if (key.trim() !== '') return key.trim()
  throw new MarketKeyError(`${what}: ${provider.name} wants a key: set ${what}.keyFile or ${variable}`)
}

/** Each site has its own course of waits. */
function chanceOf({ latitude, longitude }: Config['site']): () => number {
  let draws = 0
  return () => hashedUnit(2, Math.round(latitude * 1e4), Math.round(longitude * 1e4), draws++)
}

function tellNote(log: Logger, service: string, note: SlotsNote): void {
  switch (note.kind) {
    case 'no-answer':
      log.warn({ service, why: note.why }, 'market had no usable answer')
      return
    case 'gaps':
      log.warn({ service, gaps: note.gaps, notes: note.notes }, 'market left slots out')
      return
    case 'not-kept':
      log.warn({ service, err: note.error }, 'past prices not kept')
      return
    default:
      note satisfies never
  }
}
