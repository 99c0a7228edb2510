import { DAY_MS, type Instant } from '../src/core/domain/instant.ts'

/** Persistent writes to the building's controller, whose memory bears some 100 000. Days are UTC. */
export interface WriteCount {
  readonly day: number
  readonly today: number
  readonly total: number
  readonly mostADay: number
}

export const NO_WRITES: WriteCount = { day: 0, today: 0, total: 0, mostADay: 0 }

export function countWrite(writes: WriteCount, now: Instant): WriteCount {
  const day = Math.floor(now / DAY_MS)
  const today = day === writes.day ? writes.today + 1 : 1
  return { day, today, total: writes.total + 1, mostADay: Math.max(writes.mostADay, today) }
}
