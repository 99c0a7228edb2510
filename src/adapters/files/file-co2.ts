import type { Co2Source } from '../../controller/ports.ts'
import { SLOT_MS, slotCount, slotStart } from '../../core/domain/instant.ts'
import type { Provenance, SlotSeries } from '../../core/domain/series.ts'
import { slotValueAt } from './file-prices.ts'

/** Emissions of a file, all of it known at once. */
export function createFileCo2(series: SlotSeries, source: string): Co2Source {
  return {
    async co2(window, asOf) {
      const start = slotStart(window.from)
      const values = Float64Array.from({ length: slotCount(window) }, (_, k) =>
        slotValueAt(series, start + k * SLOT_MS),
      )
      const provenance: Provenance = { source, kind: 'estimated', issuedAt: asOf }
      return { start, values, provenance }
    },
  }
}

/** One value for ever, as a contract or a yearly statistic names it. */
export function createConstantCo2(gPerKwh: number): Co2Source {
  return {
    async co2(window, asOf) {
      const values = new Float64Array(slotCount(window)).fill(gPerKwh)
      const provenance: Provenance = { source: `${gPerKwh} g/kWh`, kind: 'estimated', issuedAt: asOf }
      return { start: slotStart(window.from), values, provenance }
    },
  }
}
