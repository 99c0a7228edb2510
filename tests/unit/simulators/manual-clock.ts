import type { Clock } from '../../../src/controller/ports.ts'
import type { Instant } from '../../../src/core/domain/instant.ts'

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  goTo(at: Instant): void
  /** Nobody waits for it any more. */
  readonly isFree: boolean
}

export function createManualClock(start: Instant): ManualClock {
  let now = start
  const waiting = new Set<{ at: Instant; run: () => void }>()
  return {
    now: () => now,
    get isFree() {
      return waiting.size === 0
    },
    at(at, run) {
      const entry = { at, run }
      waiting.add(entry)
      return () => waiting.delete(entry)
    },
    goTo(at) {
      now = at
      for (const entry of [...waiting].filter((one) => one.at <= at).sort((a, b) => a.at - b.at)) {
        waiting.delete(entry)
        entry.run()
      }
    },
  }
}
