import type { BuildingId } from './building-id.ts'
import type { Instant } from './instant.ts'

/** Why a message was refused: the names are part of the public contract (docs/mqtt.md). */
export const REJECTION_CODES = [
  'unknown-topic',
  'unknown-building',
  'wrong-building',
  'too-large',
  'empty',
  'not-utf8',
  'not-json',
  'too-deep',
  'bad-shape',
  'bad-number',
  'out-of-range',
  'bad-time',
  'seconds-for-milliseconds',
  'too-old',
  'in-future',
  'no-readings',
  'counter-reset',
  'not-allowed',
  'store-failed',
] as const
export type RejectionCode = (typeof REJECTION_CODES)[number]

/** A refused message, or the refused part of one. */
export interface Rejection {
  readonly at: Instant
  readonly topic: string
  readonly building: BuildingId | undefined
  readonly code: RejectionCode
  /** Which field or value, for people. */
  readonly detail: string
  /** First 200 bytes, printable. */
  readonly head: string
}
