import type { PriceSource } from '../../controller/ports.ts'
import { dayAheadKnownUntil, lastPublicationAt, PUBLICATION_HOUR_CET } from '../../core/domain/day-ahead.ts'
import { type Instant, SLOT_MS, slotCount, slotStart } from '../../core/domain/instant.ts'
import type { PriceSeries, SlotSeries } from '../../core/domain/series.ts'

export interface FilePricesOptions {
  /** Prices of a day are known from this hour, on the market's clock, of the day before. */
  readonly publicationHourCet?: number | undefined
}

/** Prices of a file as the market would have told them: nothing is known before its publication. */
export function createFilePrices(series: PriceSeries, options: FilePricesOptions = {}): PriceSource {
  const hourCet = options.publicationHourCet ?? PUBLICATION_HOUR_CET
  return {
    historyDays: Number.POSITIVE_INFINITY,
    async prices(window, asOf) {
      const start = slotStart(window.from)
      const knownUntil = dayAheadKnownUntil(asOf, hourCet)
      const values = Float64Array.from({ length: slotCount(window) }, (_, k) => {
        const at = start + k * SLOT_MS
        return at < knownUntil ? slotValueAt(series, at) : Number.NaN
      })
      return {
        start,
        values,
        provenance: { ...series.provenance, issuedAt: lastPublicationAt(asOf, hourCet) },
      }
    },
  }
}

/** The value of the slot that holds `at`; `NaN` in a gap and outside the series. */
export function slotValueAt(series: SlotSeries, at: Instant): number {
  return series.values[Math.floor((at - series.start) / SLOT_MS)] ?? Number.NaN
}
