import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from './instant.ts'

export interface LocalTime {
  /** 0 is Monday. */
  readonly weekday: number
  /** Hours and their fractions since local midnight, by the clock on the wall. */
  readonly hour: number
  /** 1 to 12. */
  readonly month: number
}

const zones = new Map<string, (at: Instant) => number>()

/** Offset of the zone from UTC at `at`, ms; found once a quarter-hour, since no zone moves between. */
function offsetMs(zone: string, at: Instant): number {
  let find = zones.get(zone)
  if (!find) {
    find = offsetFinder(zone)
    zones.set(zone, find)
  }
  return find(at)
}

function offsetFinder(zone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const known = new Map<number, number>()
  return (at) => {
    const quarter = Math.floor(at / (15 * MINUTE_MS))
    let offset = known.get(quarter)
    if (offset === undefined) {
      const start = quarter * 15 * MINUTE_MS
      const part: Record<string, number> = {}
      for (const { type, value } of format.formatToParts(start)) part[type] = Number(value)
      offset = Date.UTC(part['year'], part['month'] - 1, part['day'], part['hour'], part['minute']) - start
      if (known.size > 50_000) known.clear()
      known.set(quarter, offset)
    }
    return offset
  }
}

const onGrid = new Map<string, Map<number, LocalTime>>()
const MOST_REMEMBERED = 50_000

/**
 * The wall clock in an IANA zone; throws a RangeError where the zone is unknown. Quarter-hours are remembered: every
 * plan asks for the same ones.
 */
export function localTime(at: Instant, zone: string): LocalTime {
  const quarter = at / (15 * MINUTE_MS)
  if (!Number.isInteger(quarter)) return wallTime(at, zone)
  const times = timesOf(zone)
  const known = times.get(quarter)
  if (known) return known
  if (times.size > MOST_REMEMBERED) times.clear()
  const time = wallTime(at, zone)
  times.set(quarter, time)
  return time
}

function timesOf(zone: string): Map<number, LocalTime> {
  const known = onGrid.get(zone)
  if (known) return known
  const times = new Map<number, LocalTime>()
  // Only zones that exist are remembered.
  offsetMs(zone, 0)
  onGrid.set(zone, times)
  return times
}

function wallTime(at: Instant, zone: string): LocalTime {
  const wall = at + offsetMs(zone, at)
  const day = Math.floor(wall / DAY_MS)
  return {
    weekday: (((day + 3) % 7) + 7) % 7,
    hour: (wall - day * DAY_MS) / HOUR_MS,
    month: new Date(wall).getUTCMonth() + 1,
  }
}

/** The instant at which the local day that holds `at` began. */
export function localMidnight(at: Instant, zone: string): Instant {
  const day = Math.floor((at + offsetMs(zone, at)) / DAY_MS)
  const guess = day * DAY_MS - offsetMs(zone, at)
  // The offset at midnight may differ from that at `at` on the day the clocks change.
  return day * DAY_MS - offsetMs(zone, guess)
}
