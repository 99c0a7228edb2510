import type { PriceSource } from '../../controller/ports.ts'
import { createLiveSlots, type LiveSlotsSetup } from './live-slots.ts'

/** A market's service as a price source, EUR/MWh. */
export function createLivePrices(setup: LiveSlotsSetup): PriceSource {
  const live = createLiveSlots(setup)
  const source = `${setup.provider.name}:${setup.zone}`
  return {
    async prices(window, asOf, signal) {
      const { series, at } = await live.read(window, asOf, signal)
      return { ...series, provenance: { source, kind: 'measured', issuedAt: Math.min(at, asOf) } }
    },
  }
}
