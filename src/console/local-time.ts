const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' })
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })

/** `17:07` where the operator sits. */
export function clockTime(at: number): string {
  return clock.format(at)
}

/** `Wed 14 Jan`. */
export function localDay(at: number): string {
  return day.format(at).replace(',', '')
}

/** `CET`, `GMT+2`: said wherever a time stands alone. */
export function zoneName(at: number): string {
  return zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC'
}

/** The clock alone on the day of `now`, with the weekday within the week, else with the date. */
export function timeNear(at: number, now: number): string {
  if (localDay(at) === localDay(now)) return clockTime(at)
  return Math.abs(at - now) < 6 * DAY_MS
    ? `${weekday.format(at)} ${clockTime(at)}`
    : `${localDay(at)} ${clockTime(at)}`
}

/** How long ago, in the largest whole unit. */
export function timeAgo(at: number, now: number): string {
  const ms = Math.max(0, now - at)
  if (ms < MINUTE_MS) return `${Math.floor(ms / 1000)} s ago`
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`
  return ms < DAY_MS ? `${Math.floor(ms / HOUR_MS)} h ago` : `${Math.floor(ms / DAY_MS)} d ago`
}
