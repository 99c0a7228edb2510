import type { IncomingHttpHeaders } from 'node:http'
import type { Instant } from '../../core/domain/instant.ts'
import { freshUntil, mayKeep } from './freshness.ts'
import type { Fetched } from './web-outcome.ts'

interface Kept {
  readonly answer: Fetched
  readonly etag: string | undefined
  /** The very string that the service sent: some compare it as text. */
  readonly lastModified: string | undefined
}

export interface AnswerCache {
  /** An answer that the service still calls fresh. */
  fresh(url: string, now: Instant): Fetched | undefined
  /** Headers by which the service may say that nothing changed. */
  conditions(url: string): Readonly<Record<string, string>>
  keep(url: string, answer: Fetched, headers: IncomingHttpHeaders): void
  /** The kept answer, stood by again; undefined where we have none. */
  renew(url: string, headers: IncomingHttpHeaders, now: Instant): Fetched | undefined
}

const MOST_ANSWERS = 32

/** Answers by URL; the one unused longest goes first. */
export function createAnswerCache(): AnswerCache {
  const answers = new Map<string, Kept>()
  const put = (url: string, kept: Kept) => {
    answers.delete(url)
    answers.set(url, kept)
    const oldest = answers.keys().next()
    if (answers.size > MOST_ANSWERS && !oldest.done) answers.delete(oldest.value)
  }
  return {
    fresh(url, now) {
      const answer = answers.get(url)?.answer
      return answer && now >= answer.at && now < answer.freshUntil
        ? { ...answer, isFromCache: true }
        : undefined
    },
    conditions(url) {
      const { etag, lastModified } = answers.get(url) ?? {}
      return {
        ...(etag !== undefined && { 'if-none-match': etag }),
        ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
      }
    },
    keep(url, answer, headers) {
      const { etag, 'last-modified': lastModified } = headers
      if (mayKeep(headers)) put(url, { answer, etag, lastModified })
      else answers.delete(url)
    },
    renew(url, headers, now) {
      const kept = answers.get(url)
      if (!kept) return undefined
      const answer = { ...kept.answer, at: now, freshUntil: freshUntil(headers, now), isFromCache: true }
      put(url, { ...kept, answer })
      return answer
    },
  }
}
