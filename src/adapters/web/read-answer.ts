import type { IncomingHttpHeaders } from 'node:http'
import type { Instant } from '../../core/domain/instant.ts'
import type { AnswerCache } from './answer-cache.ts'
import type { RedirectRefused } from './follow-redirects.ts'
import { freshUntil, retryAfter } from './freshness.ts'
import type { Sent } from './send-once.ts'
import type { UnusableWhy, WebOutcome } from './web-outcome.ts'

/** An outcome, and whether asking again may better it. */
export interface Verdict {
  readonly outcome: WebOutcome
  readonly retry?: { readonly why: string; readonly at?: Instant | undefined } | undefined
}

interface Context {
  readonly url: string
  readonly accept: readonly string[]
  readonly cache: AnswerCache
  readonly now: Instant
  readonly quietMs: number
  readonly clean: (text: string) => string
}

type Answered = Extract<Sent, { kind: 'answered' }>

/** What an answer means, before anybody reads what is in it. */
export function readAnswer(sent: Sent | RedirectRefused, context: Context): Verdict {
  switch (sent.kind) {
    case 'failed':
      return unreachable(context.clean(`${sent.code}: ${sent.message}`))
    case 'too-large':
      return unusable('too-large', 'more bytes than any answer of this service has')
    case 'redirect-refused':
      return unusable('redirect', context.clean(sent.detail))
    case 'answered':
      return byStatus(sent, context)
    default:
      return sent satisfies never
  }
}

function byStatus(sent: Answered, context: Context): Verdict {
  const { status, headers } = sent
  if (status === 204 || status === 205) return { outcome: { kind: 'empty', status } }
  if (status >= 200 && status < 300) return success(sent, context)
  if (status === 304) return notModified(headers, context)
  const detail = context.clean(text(sent.body).slice(0, 20_000))
  if (status === 401 || status === 403) {
    return { outcome: { kind: 'shut-out', status, detail: firstLine(detail) } }
  }
  if (status === 429) return busy(status, headers, context)
  if (status >= 500 || status === 408) {
    // Only a server that says when to come back is taken at its word.
    return retryAfter(headers, context.now) === undefined
      ? unreachable(`status ${status}`)
      : busy(status, headers, context)
  }
  if (status >= 400) return { outcome: { kind: 'refused', status, body: detail } }
  return unusable('status', `status ${status}`)
}

function success({ status, headers, body }: Answered, context: Context): Verdict {
  const { url, accept, cache, now } = context
  const mediaType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (!accept.includes(mediaType)) {
    return unusable('content-type', `"${mediaType.slice(0, 60)}", where ${accept.join(' or ')} is expected`)
  }
  const content = strictText(body)
  if (content === undefined) return unusable('not-text', 'bytes that are no UTF-8')
  const answer = {
    kind: 'fetched',
    status,
    text: content,
    at: now,
    freshUntil: freshUntil(headers, now),
    isFromCache: false,
  } as const
  cache.keep(url, answer, headers)
  return { outcome: answer }
}

function notModified(headers: IncomingHttpHeaders, { url, cache, now }: Context): Verdict {
  const renewed = cache.renew(url, headers, now)
  return renewed ? { outcome: renewed } : unusable('not-modified', 'a 304 to a question without conditions')
}

function busy(status: number, headers: IncomingHttpHeaders, { now, quietMs }: Context): Verdict {
  const asked = retryAfter(headers, now)
  const outcome = { kind: 'busy', status, retryAt: asked ?? now + quietMs } as const
  return { outcome, retry: { why: `status ${status}`, at: outcome.retryAt } }
}

function unreachable(detail: string): Verdict {
  return { outcome: { kind: 'unreachable', detail }, retry: { why: detail } }
}

function unusable(why: UnusableWhy, detail: string): Verdict {
  return { outcome: { kind: 'unusable', why, detail } }
}

function text(body: Uint8Array): string {
  return new TextDecoder().decode(body)
}

function strictText(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

function firstLine(detail: string): string {
  return detail.trim().split('\n')[0]!.slice(0, 200)
}
