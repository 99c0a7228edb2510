import type { Instant } from '../../core/domain/instant.ts'

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/
const FIRST = Date.UTC(1990, 0, 1)
const LAST = Date.UTC(2100, 0, 1)

/** An instant with its offset; undefined where it is none, or local time of nobody knows where. */
export function readInstant(text: unknown): Instant | undefined {
  return typeof text === 'string' ? parse(text, undefined) : undefined
}

/** An instant of a document that says its offset from UTC once for all. */
export function readLocalInstant(text: unknown, offsetS: number): Instant | undefined {
  return typeof text === 'string' ? parse(text, offsetS) : undefined
}

/** Seconds since 1970. */
export function readUnixSeconds(value: unknown): Instant | undefined {
  return typeof value === 'number' ? inCalendar(value * 1_000) : undefined
}

function parse(text: string, offsetS: number | undefined): Instant | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '0', offset] = match
  const wall = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second)
  if (new Date(wall).getUTCDate() !== +day! || +month! > 12 || +hour! > 23 || +minute! > 59 || +second > 59)
    return undefined
  const ownMs = offset === undefined ? undefined : offsetMs(offset)
  const aheadMs = ownMs ?? (offsetS === undefined ? undefined : offsetS * 1_000)
  return aheadMs === undefined ? undefined : inCalendar(wall - aheadMs)
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000
}

function inCalendar(at: number): Instant | undefined {
  return Number.isInteger(at) && at >= FIRST && at < LAST ? at : undefined
}
