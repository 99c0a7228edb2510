import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import { createLivePrices } from '../adapters/prices/live-prices.ts'
import type { SlotsNote } from '../adapters/prices/live-slots.ts'
import { PRICE_PROVIDERS } from '../adapters/prices/price-providers.ts'
import type { SlotProvider } from '../adapters/prices/provider.ts'
import { userAgent } from '../adapters/web/user-agent.ts'
import { createWebClient } from '../adapters/web/web-client.ts'
import type { Config } from '../config.ts'
import { hashedUnit } from '../core/domain/chance.ts'
import { type LiveSetup, tellWebEvent } from './live-weather.ts'
import type { PriceSource } from './ports.ts'

type Service = Extract<Config['prices'], { service: string }>

/** A market that wants a key, and no key anywhere. */
export class PriceKeyError extends Error {
  override readonly name = 'PriceKeyError'
}

/** Open to all, without a key. */
const LIVE: Service = { service: 'energi-data-service', zone: 'DK1' }

/** A market's service asked for its zone; `live` is Energi Data Service. */
export async function livePrices(
  named: 'live' | Service,
  setup: LiveSetup,
): Promise<{ readonly name: string; readonly source: PriceSource }> {
  const service = named === 'live' ? LIVE : named
  if (named === 'live' && !setup.config.simulated) {
    setup.log.warn({ zone: service.zone }, 'no price zone is named')
  }
  const provider = PRICE_PROVIDERS[service.service]
  const key = await readKey(service, provider)
  const random = chanceOf(setup.config.site)
  const name = `${provider.name}:${service.zone}`
  const source = createLivePrices({
    provider,
    zone: service.zone,
    baseUrl: service.baseUrl,
    queryKey: key && provider.key && 'query' in provider.key ? { [provider.key.query]: key } : undefined,
    life: setup.life,
    random,
    onNote: (note) => tellNote(setup.log, name, note),
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
  })
  return { name, source }
}

/** From the file that is named, or from the environment; never from the configuration itself. */
async function readKey(service: Service, provider: SlotProvider): Promise<string> {
  if (!provider.key) return ''
  const variable = `HEATFLEX_${provider.name.toUpperCase()}_KEY`
  const file = 'keyFile' in service ? service.keyFile : undefined
  const key = file === undefined ? (process.env[variable] ?? '') : await readFile(file, 'utf8')
  if (key.trim() !== '') return key.trim()
  throw new PriceKeyError(`prices: ${provider.name} wants a key: set prices.keyFile or ${variable}`)
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
    default:
      note satisfies never
  }
}
