import { CO2_PROVIDERS } from '../adapters/prices/co2-providers.ts'
import { createLiveCo2 } from '../adapters/prices/live-co2.ts'
import type { Config } from '../config.ts'
import type { LiveSetup } from './live-weather.ts'
import { marketService } from './market-service.ts'
import type { Co2Source } from './ports.ts'

type Service = Extract<Config['co2'], { service: string }>

/** A service of the grid's emissions asked for its zone. */
export async function liveCo2(
  service: Service,
  setup: LiveSetup,
): Promise<{ readonly name: string; readonly source: Co2Source }> {
  const provider = CO2_PROVIDERS[service.service]
  const { name, slots } = await marketService(provider, { ...service, what: 'co2' }, setup)
  return { name, source: createLiveCo2(slots) }
}
