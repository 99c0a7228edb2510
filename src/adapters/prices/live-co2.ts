import type { Co2Source } from '../../controller/ports.ts'
import { createLiveSlots, type LiveSlotsSetup } from './live-slots.ts'

/** A grid operator's service as a source of emissions, g/kWh: a prognosis, or an estimate of what was. */
export function createLiveCo2(setup: LiveSlotsSetup): Co2Source {
  const live = createLiveSlots(setup)
  const source = `${setup.provider.name}:${setup.zone}`
  return {
    async co2(window, asOf, signal) {
      const { series, at } = await live.read(window, asOf, signal)
      const kind = setup.provider.knownUntil(asOf) > asOf ? 'forecast' : 'estimated'
      return { ...series, provenance: { source, kind, issuedAt: Math.min(at, asOf) } }
    },
  }
}
