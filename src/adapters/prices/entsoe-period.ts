import { type Instant, MINUTE_MS, SLOT_MS } from '../../core/domain/instant.ts'
import type { EntsoePeriod } from './entsoe-xml.ts'
import type { Piece } from './pieces-onto-slots.ts'
import { readUtc } from './read-utc.ts'
import { decimalOf, type Value } from './read-value.ts'
import { type Refused, refused } from './slots-read.ts'

/** How a curve means the positions that it leaves out. */
export type Curve = 'A01' | 'A03'

export interface PeriodRead {
  readonly stepMs: number
  readonly pieces: readonly Piece[]
}

const STEP_MS: ReadonlyMap<string, number> = new Map([
  ['PT15M', 15 * MINUTE_MS],
  ['PT30M', 30 * MINUTE_MS],
  ['PT60M', 60 * MINUTE_MS],
  ['PT1H', 60 * MINUTE_MS],
])
const MOST_STEPS = 400 * 96

/** One step a piece, to the end of the interval: a day of 23 or 25 hours has as many steps as fit. */
export function readPeriod(
  { timeInterval, resolution, Point }: EntsoePeriod,
  curve: Curve,
): PeriodRead | Refused {
  const from = readUtc(timeInterval.start)
  const to = readUtc(timeInterval.end)
  const stepMs = STEP_MS.get(resolution)
  if (stepMs === undefined) return refused('time', `resolution ${resolution}`)
  const count = (to - from) / stepMs
  const isWhole = Number.isInteger(count) && count > 0 && from % SLOT_MS === 0
  if (!isWhole)
    return refused('time', `${timeInterval.start} to ${timeInterval.end} in steps of ${resolution}`)
  if (count > MOST_STEPS) return refused('too-long', `${count} steps`)
  const given = readPoints(Point)
  if (!(given instanceof Map)) return given
  const beyond = Math.max(...given.keys()) > count
  return { stepMs, pieces: steps(from, count, stepMs, beyond ? contradicted(count) : given, curve) }
}

/** Positions past the end: interval, resolution or positions are wrong, and nobody can tell which. */
function contradicted(count: number): Map<number, Value> {
  const value: Value = { value: Number.NaN, cause: 'conflict' }
  return new Map(Array.from({ length: count }, (_, k) => [k + 1, value]))
}

function readPoints(points: EntsoePeriod['Point']): Map<number, Value> | Refused {
  const given = new Map<number, Value>()
  for (const { position, 'price.amount': amount } of points) {
    const place = /^\d{1,6}$/.test(position ?? '') ? Number(position) : 0
    if (place < 1) return refused('time', `position ${position}`)
    const value = decimalOf(amount)
    const before = given.get(place)
    const isSame = before === undefined || Object.is(before.value, value.value)
    given.set(place, isSame ? value : { value: Number.NaN, cause: 'conflict' })
  }
  return given
}

/** A03 leaves out what does not change, A01 nothing; what precedes the first position nobody has said. */
function steps(
  from: Instant,
  count: number,
  stepMs: number,
  given: Map<number, Value>,
  curve: Curve,
): Piece[] {
  const absent: Value = { value: Number.NaN, cause: 'missing' }
  let last = absent
  return Array.from({ length: count }, (_, k) => {
    last = given.get(k + 1) ?? (curve === 'A03' ? last : absent)
    return { from: from + k * stepMs, to: from + (k + 1) * stepMs, ...last }
  })
}
