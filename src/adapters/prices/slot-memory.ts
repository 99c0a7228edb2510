import { type Instant, SLOT_MS, slotCount, slotStart, type Window } from '../../core/domain/instant.ts'
import type { SlotSeries } from '../../core/domain/series.ts'

/** What was told of the slots, the latest word of each. */
export interface SlotMemory {
  keep(series: SlotSeries): void
  /** The slots of `window`, `NaN` where nothing was told and from `until` on. */
  cut(window: Window, until: Instant): SlotSeries
  /** Whether the window has a value now or later; one that ends before now, whether it has any. */
  isKnownFrom(now: Instant, window: Window): boolean
  /** Slots of `window` that nobody has told of yet. */
  unknown(window: Window): readonly Instant[]
  forgetBefore(at: Instant): void
}

/** A correction replaces what it tells of; a slot that it leaves out keeps its value. */
export function createSlotMemory(): SlotMemory {
  const values = new Map<Instant, number>()
  return {
    keep(series) {
      for (const [k, value] of series.values.entries()) {
        if (!Number.isNaN(value)) values.set(series.start + k * SLOT_MS, value)
      }
    },
    cut(window, until) {
      const start = slotStart(window.from)
      const told = Float64Array.from({ length: slotCount(window) }, (_, k) => {
        const at = start + k * SLOT_MS
        return at < until ? (values.get(at) ?? Number.NaN) : Number.NaN
      })
      return { start, values: told }
    },
    isKnownFrom(now, { from, to }) {
      for (let at = slotStart(to > now ? Math.max(now, from) : from); at < to; at += SLOT_MS) {
        if (values.has(at)) return true
      }
      return false
    },
    unknown(window) {
      const start = slotStart(window.from)
      const count = Math.max(0, slotCount(window))
      return Array.from({ length: count }, (_, k) => start + k * SLOT_MS).filter((at) => !values.has(at))
    },
    forgetBefore(at) {
      for (const known of values.keys()) if (known < at) values.delete(known)
    },
  }
}
