import type { Instant } from '../../core/domain/instant.ts'

/** What came of asking a service; nothing that a service does is an exception. */
export type WebOutcome =
  | Fetched
  /** It answered that there is nothing (204). */
  | { readonly kind: 'empty'; readonly status: number }
  /** It does not let us in; it is not asked again while this client lives. */
  | { readonly kind: 'shut-out'; readonly status: number; readonly detail: string }
  /** It found fault with the question (other 4xx); some say more in the body. */
  | { readonly kind: 'refused'; readonly status: number; readonly body: string }
  /** It has too much to do, or said when to come back; it is not asked before `retryAt`. */
  | { readonly kind: 'busy'; readonly status: number; readonly retryAt: Instant }
  /** No whole answer after all tries: network, time-out, 5xx. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** An answer that must not be read, and is not asked for twice. */
  | { readonly kind: 'unusable'; readonly why: UnusableWhy; readonly detail: string }

export interface Fetched {
  readonly kind: 'fetched'
  /** 200 most often; 203 is how some say that a version ends. */
  readonly status: number
  readonly text: string
  /** When the service last stood by this text. */
  readonly at: Instant
  /** Until when the service wants not to be asked again. */
  readonly freshUntil: Instant
  readonly isFromCache: boolean
}

export type UnusableWhy = 'too-large' | 'content-type' | 'redirect' | 'not-modified' | 'not-text' | 'status'

/** What came of it in words, for whoever reads why a source was lost. */
export function explainOutcome(outcome: Exclude<WebOutcome, Fetched>): string {
  switch (outcome.kind) {
    case 'empty':
      return `no data yet (${outcome.status})`
    case 'shut-out':
      return `access denied (${outcome.status}); not asked again until restart: ${outcome.detail}`
    case 'refused':
      return `request refused (${outcome.status}): ${outcome.body.slice(0, 200)}`
    case 'busy':
      return `asks for patience (${outcome.status}) until ${new Date(outcome.retryAt).toISOString()}`
    case 'unreachable':
      return outcome.detail
    case 'unusable':
      return `unusable answer, ${outcome.why}: ${outcome.detail}`
    default:
      return outcome satisfies never
  }
}
