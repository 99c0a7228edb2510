import { DAY_MS, type Instant } from '../core/domain/instant.ts'

/** An offset on its curve that a building was given, K, in `(from, until]`. */
export interface HeldOffset {
  readonly from: Instant
  readonly until: Instant
  readonly offsetK: number
}

// Samples come late by an outage, and are folded again after a restart: older ones are not folded at all.
const KEPT_MS = 3 * DAY_MS

/** The history with an offset that holds from now on, instead of the one before. */
export function holdOffset(history: readonly HeldOffset[], next: HeldOffset): readonly HeldOffset[] {
  const before = releaseOffset(history, next.from).filter(({ until }) => until > next.from - KEPT_MS)
  const last = before[before.length - 1]
  const goesOn = last?.until === next.from && last.offsetK === next.offsetK
  return goesOn ? [...before.slice(0, -1), { ...next, from: last.from }] : [...before, next]
}

/** The history with nothing held from `at` on. */
export function releaseOffset(history: readonly HeldOffset[], at: Instant): readonly HeldOffset[] {
  return history.flatMap((held) => {
    if (held.until <= at) return [held]
    return held.from < at ? [{ ...held, until: at }] : []
  })
}

/** What a sample of `at` was measured under: its means end there, so what began there had no part in it. */
export function offsetHeldAt(history: readonly HeldOffset[], at: Instant): number {
  const held = history.findLast(({ from }) => from < at)
  return held && at <= held.until ? held.offsetK : 0
}
