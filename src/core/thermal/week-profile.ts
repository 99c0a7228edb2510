import { type Instant, SLOT_MS } from '../domain/instant.ts'
import { localTime } from '../domain/local-time.ts'

/** Hours of a week, Monday 00:00 first, by the clock on the wall. */
export const WEEK_HOURS = 168

/** How much of what one hour taught goes to itself, to like days and to the other kind of day. */
const SELF = 1
const LIKE_DAY = 0.6
const OTHER_DAY = 0.25

const known = new Map<string, Map<number, number>>()
const MOST_KNOWN = 20_000

/** The hour of the local week that holds `at`; every plan asks for the same quarter-hours, so they are remembered. */
export function weekHour(at: Instant, timeZone: string): number {
  const hours = known.get(timeZone) ?? new Map<number, number>()
  known.set(timeZone, hours)
  const quarter = Math.floor(at / SLOT_MS)
  let hour = hours.get(quarter)
  if (hour === undefined) {
    const local = localTime(quarter * SLOT_MS, timeZone)
    hour = local.weekday * 24 + Math.floor(local.hour)
    if (hours.size > MOST_KNOWN) hours.clear()
    hours.set(quarter, hour)
  }
  return hour
}

/** The profile with `hour` moved by `change`, and the same hour of the other days by less. */
export function learnWeekHour(profile: Float64Array, hour: number, change: number): Float64Array {
  const next = profile.slice()
  const weekday = Math.floor(hour / 24)
  for (let day = 0; day < 7; day++) {
    const share = day === weekday ? SELF : isWeekend(day) === isWeekend(weekday) ? LIKE_DAY : OTHER_DAY
    next[day * 24 + (hour % 24)] += share * change
  }
  return next
}

function isWeekend(day: number): boolean {
  return day >= 5
}
