import type { Instant, Window } from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'

export type Quantity = 'outdoorC' | 'solarWm2' | 'windMs' | 'cloudRatio'

/** Why slots have no value: the names are shown to operators. */
export type GapCause =
  /** The service does not tell this quantity. */
  | 'not-given'
  /** Null or `NaN` where a value belongs. */
  | 'missing-cell'
  /** Something that is no number. */
  | 'bad-cell'
  | 'out-of-range'
  /** Between rows that lie further apart than the service's step, or past the last one. */
  | 'no-row'
  | 'unknown-unit'
  /** As many values as times were expected. */
  | 'unequal-length'
  /** A running sum that fell: what came between is not known. */
  | 'sum-fell'

/** Slots of one quantity that have no value. */
export interface WeatherGap extends Window {
  readonly quantity: Quantity
  readonly why: GapCause
}

/** Why a whole answer is refused. */
export type RefusalCode =
  | 'empty'
  | 'not-json'
  | 'not-xml'
  /** A document type can declare entities: none is read. */
  | 'doctype'
  /** The service itself says that something is wrong. */
  | 'service-error'
  | 'bad-shape'
  /** Local time without an offset, times out of order, or none at all. */
  | 'bad-time'
  | 'unknown-unit'
  | 'unequal-length'
  | 'several-places'
  | 'no-temperature'
  | 'too-long'

export interface WeatherRefusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly why: string
}

/** What became of an answer: slots with their gaps named, or why it is refused. */
export type WeatherRead =
  | {
      readonly ok: true
      readonly series: WeatherSeries
      /** When the service made it, where it says so. */
      readonly issuedAt: Instant | undefined
      /** Cloud cover from 0 to 1 on the same slots, `NaN` where it is not told. */
      readonly cloudRatio: Float64Array
      readonly gaps: readonly WeatherGap[]
    }
  | WeatherRefusal

const LONGEST_TEXT = 200

export function refuse(code: RefusalCode, why: string): WeatherRefusal {
  const line = why.replaceAll(/\s+/g, ' ')
  return { ok: false, code, why: line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line }
}
