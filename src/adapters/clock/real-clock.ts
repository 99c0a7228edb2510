import type { Clock } from '../../controller/ports.ts'
import type { Instant } from '../../core/domain/instant.ts'

export interface ClockSetting {
  /** What the clock showed at `realStart`. */
  readonly epoch: Instant
  readonly realStart: number
  /** 1 is real time; 60 makes an hour a minute. */
  readonly speed: number
}

// setTimeout overflows past 24.8 days and would fire at once.
const LONGEST_TIMEOUT_MS = 2_000_000_000

/** The wall clock, or one that runs `speed` times as fast from `epoch` on: the demo's. */
export function createRealClock(setting?: ClockSetting): Clock {
  const { epoch, realStart, speed } = setting ?? { epoch: 0, realStart: 0, speed: 1 }
  const now = () => epoch + (Date.now() - realStart) * speed
  const at = (instant: Instant, run: () => void) => {
    let timer: NodeJS.Timeout | undefined
    const wait = () => {
      const ms = (instant - now()) / speed
      if (ms <= 0) timer = setTimeout(run, 0)
      else if (ms > LONGEST_TIMEOUT_MS) timer = setTimeout(wait, LONGEST_TIMEOUT_MS)
      else timer = setTimeout(run, Math.ceil(ms))
    }
    wait()
    return () => clearTimeout(timer)
  }
  return { now: () => Math.floor(now()), at }
}
