import type { IncomingHttpHeaders } from 'node:http'
import type { Instant } from '../../core/domain/instant.ts'

// A slip of a server must not keep us from new prices for a month.
const LONGEST_MS = 24 * 3_600_000

/** Until when an answer may be used without asking again; `now` where it does not say, or says the past. */
export function freshUntil(headers: IncomingHttpHeaders, now: Instant): Instant {
  const lifeMs = lifetimeMs(headers, now)
  const ageMs = 1000 * (Number(headers.age) || 0)
  return now + Math.min(LONGEST_MS, Math.max(0, lifeMs - ageMs))
}

/** Whether an answer may be kept at all. */
export function mayKeep(headers: IncomingHttpHeaders): boolean {
  return !/\bno-store\b/i.test(headers['cache-control'] ?? '')
}

function lifetimeMs(headers: IncomingHttpHeaders, now: Instant): number {
  const control = headers['cache-control'] ?? ''
  if (/\b(no-cache|no-store)\b/i.test(control)) return 0
  const maxAge = /(?:^|[\s,])max-age="?(\d+)/i.exec(control)
  if (maxAge) return 1000 * Number(maxAge[1])
  const expires = Date.parse(headers.expires ?? '')
  if (Number.isNaN(expires)) return 0
  // Both by the server's clock, where it tells: ours may be wrong.
  const date = Date.parse(headers.date ?? '')
  return expires - (Number.isNaN(date) ? now : date)
}

/** When `Retry-After` allows the next request, by our clock; undefined where it does not say. */
export function retryAfter(headers: IncomingHttpHeaders, now: Instant): Instant | undefined {
  const text = headers['retry-after']?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return now + Math.min(LONGEST_MS, 1000 * Number(text))
  const at = Date.parse(text)
  if (Number.isNaN(at)) return undefined
  const date = Date.parse(headers.date ?? '')
  return now + Math.min(LONGEST_MS, Math.max(0, at - (Number.isNaN(date) ? now : date)))
}
