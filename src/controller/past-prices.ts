import type { Window } from '../core/domain/instant.ts'
import type { SlotSeries } from '../core/domain/series.ts'
import type { PricePast } from './ports.ts'

export interface PastPrices {
  /** What came since it was last asked, once; asks in the background where nothing has come yet. */
  arrived(source: string, window: Window): SlotSeries | undefined
  /** Keeps what is known, unless older prices are still on their way. */
  keep(source: string, history: SlotSeries): void
}

/** The past of a market, asked for once a start, and once a day until it has come: no turn waits for it. */
export function createPastPrices(past: PricePast): PastPrices {
  let askedFor = Number.NEGATIVE_INFINITY
  let hasCome = false
  let waiting: SlotSeries | undefined

  const ask = async (window: Window) => {
    // A service that cannot be asked is told of by its source.
    const told = await past.tell(window).catch(() => undefined)
    waiting = told
    hasCome ||= told !== undefined
  }

  return {
    arrived(source, window) {
      if (source !== past.source) return undefined
      if (!hasCome && window.to > askedFor) {
        askedFor = window.to
        void ask(window)
      }
      const told = waiting
      waiting = undefined
      return told
    },
    keep(source, history) {
      if (source === past.source && hasCome) past.keep(history)
    },
  }
}
