import { createLivePrices } from '../adapters/prices/live-prices.ts'
import { PRICE_PROVIDERS } from '../adapters/prices/price-providers.ts'
import type { Config } from '../config.ts'
import type { LiveSetup } from './live-weather.ts'
import { marketService } from './market-service.ts'
import type { PriceSource } from './ports.ts'

type Service = Extract<Config['prices'], { service: string }>

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
  const { name, slots } = await marketService(provider, { ...service, what: 'prices' }, setup)
  const keptIn = keptPath(setup.config.store.path, name)
  return { name, source: createLivePrices({ ...slots, keptIn }) }
}

/** Beside the store; nowhere where that is in memory. */
function keptPath(storePath: string, name: string): string | undefined {
  if (storePath === ':memory:') return undefined
  return `${storePath}.prices-${name.replaceAll(/[^\w-]/g, '-')}.json`
}
