import type { Instant } from '../../core/domain/instant.ts'
import type { SlotSeries } from '../../core/domain/series.ts'

/** Why slots have no value. */
export type GapCause =
  /** The document says nothing about them. */
  | 'missing'
  /** It says that there is none. */
  | 'null'
  | 'not-a-number'
  | 'out-of-range'
  /** It says two different things. */
  | 'conflict'

/** `[from, to)` without a value. */
export interface Gap {
  readonly from: Instant
  readonly to: Instant
  readonly cause: GapCause
}

/** What a document holds on the slot grid; every `NaN` lies in a named gap. */
export interface Slots extends SlotSeries {
  readonly ok: true
  readonly gaps: readonly Gap[]
  /** What was converted, chosen or left aside. */
  readonly notes: readonly string[]
  /** When the document was made, where it says so. */
  readonly issuedAt: Instant | undefined
}

export type RefusalWhy =
  /** The service has nothing for this question, most often not yet. */
  | 'no-data'
  /** The service reports a fault of its own or of the question. */
  | 'service-error'
  | 'not-xml'
  | 'not-json'
  /** A document type declaration: entities are an attack, none of these services has any. */
  | 'doctype'
  | 'other-document'
  | 'currency'
  | 'unit'
  | 'zone'
  | 'not-final'
  | 'time'
  | 'curve'
  | 'too-long'
  /** Well-formed, but not one slot has a value. */
  | 'no-value'

export interface Refused {
  readonly ok: false
  readonly why: RefusalWhy
  readonly detail: string
}

export type SlotsRead = Slots | Refused

export function refused(why: RefusalWhy, detail: string): Refused {
  return { ok: false, why, detail: detail.replaceAll(/\s+/g, ' ').slice(0, 300) }
}
