import { setTimeout } from 'node:timers/promises'
import pThrottle from 'p-throttle'
import type { Instant } from '../../core/domain/instant.ts'
import { createAnswerCache } from './answer-cache.ts'
import { followRedirects } from './follow-redirects.ts'
import { readAnswer, type Verdict } from './read-answer.ts'
import { redact } from './redact.ts'
import type { WebOutcome } from './web-outcome.ts'

/** How a service wants to be asked. */
export interface Manners {
  /** At most `requests` in any `perMs`, retries included. */
  readonly requests: number
  readonly perMs: number
  /** How long to stay away after a 429 that does not say. */
  readonly quietMs: number
}

export type WebEvent =
  | { readonly kind: 'retry'; readonly service: string; readonly why: string; readonly waitMs: number }
  | { readonly kind: 'shut-out'; readonly service: string; readonly status: number; readonly detail: string }

export interface WebClientSetup {
  /** Under this name its failures are told. */
  readonly service: string
  /** Name, version and whom to write to: services turn the nameless away. */
  readonly userAgent: string
  readonly manners: Manners
  /** The only time it knows; waiting is real. */
  readonly clock: { now(): Instant }
  /** Ends waits, retries and requests when the process stops. */
  readonly life: AbortSignal
  readonly onEvent: (event: WebEvent) => void
  /** Sent to the service itself and to nobody that it redirects to. */
  readonly secretHeaders?: Readonly<Record<string, string>> | undefined
  /** Never to be seen in an error, a log or a record. */
  readonly secrets?: readonly string[] | undefined
  readonly maxBytes?: number | undefined
  readonly timeoutMs?: number | undefined
  /** Tries in all, where trying again may help. */
  readonly tries?: number | undefined
  /** The first wait between tries; each next one is twice as long. */
  readonly firstWaitMs?: number | undefined
  /** In [0, 1): spreads retries, so that a city's controllers do not come back together. */
  readonly random: () => number
}

export interface WebQuestion {
  readonly url: URL
  /** Media types that we can read; any other is not read. */
  readonly accept: readonly string[]
}

/** One service, asked politely: one request at a time, in its own rhythm. */
export interface WebClient {
  /** Rejects only where `signal` or the client's life ends; all else is an outcome. */
  get(question: WebQuestion, signal: AbortSignal): Promise<WebOutcome>
}

const MAX_BYTES = 8_000_000
const TIMEOUT_MS = 20_000
const TRIES = 3
const FIRST_WAIT_MS = 1_000
/** A longer wait than this is the caller's to plan, not ours to sit out. */
const LONGEST_WAIT_MS = 30_000

export function createWebClient(setup: WebClientSetup): WebClient {
  const { service, manners, clock, life, onEvent, secrets = [], tries = TRIES } = setup
  const cache = createAnswerCache()
  const clean = (text: string) => redact(text, secrets)
  const secretHeaders = lowerCased(setup.secretHeaders ?? {})
  const throttle = pThrottle({ limit: manners.requests, interval: manners.perMs, strict: true, signal: life })
  let shutOut: WebOutcome | undefined
  let busyUntil: { readonly status: number; readonly retryAt: Instant } | undefined
  let previous: Promise<unknown> = Promise.resolve()

  const askOnce = throttle(async ({ url, accept }: WebQuestion, signal: AbortSignal): Promise<Verdict> => {
    const headers = {
      'user-agent': setup.userAgent,
      accept: accept.join(', '),
      ...secretHeaders,
      ...cache.conditions(url.href),
    }
    const { maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS } = setup
    const request = { url, headers, maxBytes, timeoutMs, signal }
    const sent = await followRedirects(request, Object.keys(secretHeaders))
    return readAnswer(sent, {
      url: url.href,
      accept,
      cache,
      now: clock.now(),
      quietMs: manners.quietMs,
      clean,
    })
  })

  const settle = (outcome: WebOutcome): WebOutcome => {
    if (outcome.kind === 'busy') busyUntil = outcome
    if (outcome.kind === 'shut-out') {
      shutOut = outcome
      onEvent({ kind: 'shut-out', service, status: outcome.status, detail: outcome.detail })
    }
    return outcome
  }

  const askUntilAnswered = async (question: WebQuestion, signal: AbortSignal): Promise<WebOutcome> => {
    for (let attempt = 1; ; attempt++) {
      const { outcome, retry } = await askOnce(question, signal)
      if (!retry || attempt >= tries) return settle(outcome)
      const waitMs = waitBefore(attempt, retry.at === undefined ? undefined : retry.at - clock.now())
      if (waitMs > LONGEST_WAIT_MS) return settle(outcome)
      onEvent({ kind: 'retry', service, why: retry.why, waitMs })
      await setTimeout(waitMs, undefined, { signal })
    }
  }

  const waitBefore = (attempt: number, askedMs: number | undefined) => {
    const backOffMs = (setup.firstWaitMs ?? FIRST_WAIT_MS) * (1 << (attempt - 1))
    const jitteredMs = backOffMs * (0.5 + setup.random())
    return Math.max(jitteredMs, askedMs ?? 0)
  }

  const inTurn = async (question: WebQuestion, signal: AbortSignal): Promise<WebOutcome> => {
    const now = clock.now()
    const fresh = cache.fresh(question.url.href, now)
    if (fresh) return fresh
    if (shutOut) return shutOut
    if (busyUntil && now < busyUntil.retryAt) return { kind: 'busy', ...busyUntil }
    return askUntilAnswered(question, signal)
  }

  return {
    get(question, signal) {
      const ends = AbortSignal.any([life, signal])
      const answer = previous.then(() => {
        ends.throwIfAborted()
        return inTurn(question, ends)
      })
      previous = answer.catch(() => undefined)
      return answer
    },
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
