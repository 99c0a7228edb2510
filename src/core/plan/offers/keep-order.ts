import type { FlexibilitySlice } from '../../domain/flexibility.ts'

/** Whoever can hold for long can hold for short, and with notice need not prepare: never the other way round. */
export function keepOrder(slices: readonly FlexibilitySlice[]): readonly FlexibilitySlice[] {
  for (const one of [...slices].reverse()) {
    for (const harder of slices) {
      if (harder !== one && isHarder(harder, one)) takeBetter(one, harder)
    }
  }
  return slices
}

function isHarder(one: FlexibilitySlice, than: FlexibilitySlice): boolean {
  return (
    one.direction === than.direction &&
    one.durationMinutes >= than.durationMinutes &&
    one.noticeMinutes <= than.noticeMinutes
  )
}

/** What a slice says of each slot. */
export const OFFER_SERIES = [
  'kw',
  'meanKw',
  'sigmaKw',
  'responseShare',
  'eurPerKwh',
  'reboundKwhPerKwh',
  'reboundKwPerKw',
] as const

function takeBetter(one: FlexibilitySlice, other: FlexibilitySlice): void {
  for (let k = 0; k < one.kw.length; k++) {
    if (other.kw[k] > one.kw[k]) for (const key of OFFER_SERIES) one[key][k] = other[key][k]
  }
}
