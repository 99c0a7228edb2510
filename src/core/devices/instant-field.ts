import { z } from 'zod'
import { type Instant, MINUTE_MS } from '../domain/instant.ts'

const FIRST = Date.UTC(2000, 0, 1)
const LAST = Date.UTC(2100, 0, 1)
// 1e8 to 1e11 is 1973 to 5138 in seconds, and no later than March 1973 in milliseconds.
const SECONDS_FROM = 1e8
const SECONDS_TO = 1e11

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)$/i

type BadTime = 'bad-time' | 'seconds-for-milliseconds'

/** UTC epoch milliseconds, or ISO 8601 with an explicit offset: a naive time is nobody's. */
export const instantField = z.union([z.number(), z.string()]).transform((given, context): Instant => {
  const read = typeof given === 'number' ? readNumber(given) : readIso(given)
  if (typeof read === 'number') return read
  context.addIssue({ code: 'custom', message: explain(read), params: { time: read } })
  return z.NEVER
})

function readNumber(given: number): Instant | BadTime {
  if (given >= SECONDS_FROM && given < SECONDS_TO) return 'seconds-for-milliseconds'
  return withinReason(Math.round(given))
}

function withinReason(at: Instant): Instant | BadTime {
  return at >= FIRST && at < LAST ? at : 'bad-time'
}

function readIso(text: string): Instant | BadTime {
  const match = ISO.exec(text)
  if (!match) return 'bad-time'
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const date = Date.UTC(year, month - 1, day)
  if (new Date(date).getUTCDate() !== day || month < 1 || month > 12) return 'bad-time'
  if (hour > 23 || minute > 59 || second > 59) return 'bad-time'
  const fractionMs = Math.trunc(Number(`0.${match[7] ?? 0}`) * 1000)
  const ofDayMs = ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs
  return withinReason(date + ofDayMs - offsetMs(match[8]))
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE_MS
}

function explain(fault: BadTime): string {
  return fault === 'bad-time'
    ? 'an instant is UTC epoch milliseconds or ISO 8601 with an offset'
    : 'looks like seconds: an instant is in milliseconds'
}
