import type { Instant } from '../../core/domain/instant.ts'
import { explainOutcome, type WebOutcome } from '../web/web-outcome.ts'
import type { Slots, SlotsRead } from './slots-read.ts'

export type Told =
  | { readonly kind: 'slots'; readonly slots: Slots }
  /** Nothing to tell, most often not yet. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'lost'; readonly why: string; readonly retryAt?: Instant }

/** What a question brought, once its answer is read. */
export function readOutcome(outcome: WebOutcome, parse: (text: string) => SlotsRead): Told {
  switch (outcome.kind) {
    case 'empty':
      return { kind: 'nothing' }
    case 'fetched': {
      const read = parse(outcome.text)
      if (read.ok) return { kind: 'slots', slots: read }
      return read.why === 'no-data'
        ? { kind: 'nothing' }
        : { kind: 'lost', why: `${read.why}: ${read.detail}` }
    }
    case 'refused': {
      // Some say "nothing yet" as a fault of the question, and why in the body.
      const read = parse(outcome.body)
      return !read.ok && read.why === 'no-data'
        ? { kind: 'nothing' }
        : { kind: 'lost', why: explainOutcome(outcome) }
    }
    case 'busy':
      return { kind: 'lost', why: explainOutcome(outcome), retryAt: outcome.retryAt }
    case 'shut-out':
    case 'unreachable':
    case 'unusable':
      return { kind: 'lost', why: explainOutcome(outcome) }
    default:
      return outcome satisfies never
  }
}
