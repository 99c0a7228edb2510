import { type Instant, SLOT_MS } from '../core/domain/instant.ts'
import { localMidnight } from '../core/domain/local-time.ts'

/** Which local day each slot of the counted period lies in. */
export interface SlotCalendar {
  readonly start: Instant
  readonly timeZone: string
  readonly slots: number
  /** Index into `days` by slot. */
  readonly dayOf: Int32Array
  /** `YYYY-MM-DD` of each local day that the period touches. */
  readonly days: readonly string[]
}

/** The local days of `slots` quarter-hours from `start` on; days of 23 and 25 hours are one day each. */
export function slotCalendar(start: Instant, slots: number, timeZone: string): SlotCalendar {
  const dayOf = new Int32Array(slots)
  const days: string[] = []
  let midnight = Number.NaN
  for (let k = 0; k < slots; k++) {
    const today = localMidnight(start + k * SLOT_MS, timeZone)
    if (today !== midnight) days.push(dayName(today, timeZone))
    midnight = today
    dayOf[k] = days.length - 1
  }
  return { start, timeZone, slots, dayOf, days }
}

/** Sweden writes its dates as ISO does. */
function dayName(midnight: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(midnight)
}
