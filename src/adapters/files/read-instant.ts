import type { Instant } from '../../core/domain/instant.ts'

export type InstantRead = { readonly at: Instant } | { readonly why: string }

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:?\d\d)?$/
/** Epoch milliseconds before 1973 are seconds that someone forgot to multiply. */
const LEAST_MS = 1e11

/** An instant as users write it: epoch milliseconds, or ISO 8601 with an explicit offset. */
export function readInstant(text: string): InstantRead {
  if (/^-?\d+(\.\d+)?$/.test(text)) return fromNumber(Number(text))
  const match = ISO.exec(text)
  if (!match)
    return { why: `"${text}" is no instant: epoch milliseconds or ISO 8601, as 2024-01-05T00:00:00Z` }
  const [, year, month, day, hour, minute, second = '0', fraction = '', offset] = match
  if (offset === undefined) return { why: `"${text}" has no offset: write Z or, say, +02:00 behind it` }
  const wall = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second, +fraction.padEnd(3, '0'))
  if (new Date(wall).getUTCDate() !== +day! || +month! > 12 || +hour! > 23 || +minute! > 59 || +second > 59) {
    return { why: `"${text}" is on no calendar` }
  }
  return { at: wall - offsetMs(offset) }
}

function fromNumber(value: number): InstantRead {
  if (!Number.isInteger(value)) return { why: `${value} is no whole number of milliseconds` }
  if (value < LEAST_MS) return { why: `${value} looks like seconds; epoch milliseconds are expected` }
  return { at: value }
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000
}
