import type { GapCause } from './slots-read.ts'

export interface Value {
  readonly value: number
  readonly cause?: GapCause
}

const NUMBER = /^[+-]?\d{1,12}(\.\d{1,12})?$/

/** A JSON number; `null` and whatever else is written there is no value, and never zero. */
export function numberOf(cell: unknown): Value {
  if (typeof cell === 'number' && Number.isFinite(cell)) return { value: cell }
  const isAbsent = cell === null || cell === undefined
  return { value: Number.NaN, cause: isAbsent ? 'null' : 'not-a-number' }
}

/** A number written out with a decimal point. A comma may be either sign, so it is none. */
export function decimalOf(text: string | undefined): Value {
  if (text === undefined || text === '') return { value: Number.NaN, cause: 'null' }
  return NUMBER.test(text) ? { value: Number(text) } : { value: Number.NaN, cause: 'not-a-number' }
}
