import type { PriceSource } from '../../controller/ports.ts'
import { createLiveSlots, type LiveSlotsSetup } from './live-slots.ts'
import { createPricePast } from './price-past.ts'

export interface LivePricesSetup extends LiveSlotsSetup {
  /** Where prices are kept from one start to the next; undefined where nothing is. */
  readonly keptIn?: string | undefined
}

/** A market's service as a price source, EUR/MWh. */
export function createLivePrices(setup: LivePricesSetup): PriceSource {
  const live = createLiveSlots(setup)
  const source = `${setup.provider.name}:${setup.zone}`
  const past = createPricePast({
    source,
    file: setup.keptIn,
    historyDays: setup.provider.historyDays ?? 0,
    ask: live.past,
    onNote: setup.onNote,
  })
  return {
    past,
    async prices(window, asOf, signal) {
      const { series, at } = await live.read(window, asOf, signal)
      return { ...series, provenance: { source, kind: 'measured', issuedAt: Math.min(at, asOf) } }
    },
  }
}
