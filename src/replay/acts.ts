import type { Desk } from '../controller/ports.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What somebody does at the operator's desk at an instant of the replay. */
export interface Act {
  readonly at: Instant
  readonly act: (desk: Desk) => Promise<void>
}

/** Sets the acts on the clock; time does not pass while one of them is under way. */
export function performActs(acts: readonly Act[], clock: VirtualClock, desk: Desk) {
  let underWay = 0
  let failed: { readonly error: unknown } | undefined
  for (const { at, act } of acts) {
    clock.at(at, () => {
      underWay++
      act(desk)
        .catch((error: unknown) => {
          failed ??= { error }
        })
        .finally(() => {
          underWay--
        })
    })
  }
  return {
    get isIdle() {
      return underWay === 0
    },
    /** Throws what an act threw: a replay whose acts failed shows nothing. */
    check() {
      if (failed) throw failed.error
    },
  }
}
