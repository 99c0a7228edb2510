import { DAY_MS, HOUR_MS } from '../core/domain/instant.ts'
import { localMidnight } from '../core/domain/local-time.ts'
import type { Clock, Nights } from './ports.ts'

/** Nights on the controller's own clock, so that a replay and a street that lives faster have theirs too. */
export function createDailyNights(clock: Clock, timeZone: string, localHour: number): Nights {
  const next = () => {
    for (let day = 0; ; day++) {
      const at = localMidnight(clock.now() + day * DAY_MS, timeZone) + localHour * HOUR_MS
      if (at > clock.now()) return at
    }
  }
  return {
    start(onNight) {
      let cancel = () => {}
      const schedule = () => {
        cancel = clock.at(next(), () => {
          schedule()
          onNight()
        })
      }
      schedule()
      return () => cancel()
    },
  }
}
