import { hashedUnit } from '../../core/domain/chance.ts'
import { HOUR_MS, SLOT_MS } from '../../core/domain/instant.ts'

export interface OffsetRange {
  readonly min: number
  readonly max: number
}

const HOUR = HOUR_MS / SLOT_MS
/** Rises and cuts take turns in halves of a day. */
const HALF_DAY = 12 * HOUR

/** Random shifts within reach, each held for 3 to 16 hours. */
export function randomShifts(seed: number, slots: number, range: OffsetRange): Float64Array {
  const shifts = new Float64Array(slots)
  let until = 0
  for (let k = 0, count = -1; k < slots; k++) {
    if (k >= until) {
      count++
      until = k + Math.round((3 + 13 * hashedUnit(seed, 1, count)) * HOUR)
    }
    shifts[k] = range.min + (range.max - range.min) * hashedUnit(seed, 2, count)
  }
  return shifts
}

/** The least and the most in turn; `isFull` tells where a shift has lasted long enough to have come through. */
export function halfDayShifts(slots: number, range: OffsetRange) {
  const isRise = (k: number) => Math.floor(k / HALF_DAY) % 2 === 0
  return {
    shifts: Float64Array.from({ length: slots }, (_, k) => (isRise(k) ? range.max : range.min)),
    isFull: (k: number) => k % HALF_DAY >= 2 * HOUR,
    isRise,
  }
}
