import type { Instant } from '../../core/domain/instant.ts'

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/

/** An instant in ISO 8601; one without offset only where the document promises UTC. `NaN` for anything else. */
export function readUtc(text: string, whereNoOffset: 'is-utc' | 'refuse' = 'refuse'): Instant {
  const match = ISO.exec(text)
  if (!match || (match[7] === undefined && whereNoOffset === 'refuse')) return Number.NaN
  const [, year, month, day, hour, minute, second = '0', offset = 'Z'] = match
  const at = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second)
  // Date.UTC rolls the 31st of February over; a calendar does not.
  const isOnCalendar = new Date(at).getUTCDate() === +day! && +month! >= 1 && +month! <= 12 && +hour! <= 24
  return isOnCalendar && +minute! < 60 && +second < 60 ? at - offsetMs(offset) : Number.NaN
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000
}
