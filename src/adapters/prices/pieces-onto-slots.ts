import { DAY_MS, HOUR_MS, type Instant, SLOT_MS, slotCount, slotStart } from '../../core/domain/instant.ts'
import { type Gap, type GapCause, type Refused, refused, type Slots } from './slots-read.ts'

/** One value that holds over `[from, to)`; `NaN` with its cause. */
export interface Piece {
  readonly from: Instant
  readonly to: Instant
  readonly value: number
  readonly cause?: GapCause | undefined
}

export interface Rules {
  /** A slot has a value where at least this share of it is covered. */
  readonly leastCovered: number
  readonly least: number
  readonly most: number
}

/** Day-ahead markets clear between -500 and 4 000 EUR/MWh, and may be lifted; further out is a slip of units. */
export const PRICE_RULES: Rules = { leastCovered: 1, least: -10_000, most: 20_000 }
/** No fuel emits more; a prognosis may lack a few of its minutes. */
export const CO2_RULES: Rules = { leastCovered: 0.6, least: 0, most: 3_000 }

const LONGEST_MS = 400 * DAY_MS
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** Means over the slots between the first piece and the last; what is not covered is a named gap, never a zero. */
export function piecesOntoSlots(
  pieces: readonly Piece[],
  rules: Rules,
  about: Pick<Slots, 'notes' | 'issuedAt'>,
): Slots | Refused {
  const span = spanOf(pieces)
  if (!('from' in span)) return span
  const start = slotStart(span.from)
  const grid = createGrid(start, slotCount(span))
  for (const piece of withoutRepeats(pieces)) grid.add(checked(piece, rules))
  const { values, causes } = grid.finish(rules.leastCovered)
  if (values.every(Number.isNaN)) return refused('no-value', `no value in ${values.length} slots`)
  return { ok: true, start, values, gaps: gapsOf(start, values, causes), ...about }
}

function spanOf(pieces: readonly Piece[]): { from: Instant; to: Instant } | Refused {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const piece of pieces) {
    if (!(piece.from >= EARLIEST && piece.to <= LATEST && piece.from < piece.to)) {
      return refused('time', `an interval from ${piece.from} to ${piece.to}`)
    }
    from = Math.min(from, piece.from)
    to = Math.max(to, piece.to)
  }
  if (pieces.length === 0) return refused('no-data', 'no value in it')
  if (to - from > LONGEST_MS) return refused('too-long', `${Math.round((to - from) / HOUR_MS)} hours`)
  return { from, to }
}

function checked(piece: Piece, { least, most }: Rules): Piece {
  if (Number.isNaN(piece.value)) return piece
  const isSane = piece.value >= least && piece.value <= most
  return isSane ? piece : { ...piece, value: Number.NaN, cause: 'out-of-range' }
}

/** The same interval twice is one piece where both say the same, and a conflict where not. */
function withoutRepeats(pieces: readonly Piece[]): Iterable<Piece> {
  const byInterval = new Map<string, Piece>()
  for (const piece of pieces) {
    const key = `${piece.from} ${piece.to}`
    const before = byInterval.get(key)
    const isSame = before === undefined || Object.is(before.value, piece.value)
    byInterval.set(key, isSame ? piece : { ...piece, value: Number.NaN, cause: 'conflict' })
  }
  return byInterval.values()
}

function createGrid(start: Instant, count: number) {
  const sums = new Float64Array(count)
  const coveredMs = new Float64Array(count)
  const causes = new Array<GapCause | undefined>(count)
  return {
    add({ from, to, value, cause }: Piece): void {
      for (let k = Math.floor((from - start) / SLOT_MS); start + k * SLOT_MS < to; k++) {
        const at = start + k * SLOT_MS
        const overlapMs = Math.min(to, at + SLOT_MS) - Math.max(from, at)
        if (Number.isNaN(value)) {
          causes[k] = cause ?? 'missing'
        } else {
          sums[k]! += value * overlapMs
          coveredMs[k]! += overlapMs
        }
      }
    },
    finish(leastCovered: number) {
      const values = sums.map((sum, k) => {
        const ms = coveredMs[k]!
        if (ms > SLOT_MS) causes[k] = 'conflict'
        return ms > SLOT_MS || ms === 0 || ms < leastCovered * SLOT_MS ? Number.NaN : sum / ms
      })
      return { values, causes }
    },
  }
}

function gapsOf(start: Instant, values: Float64Array, causes: readonly (GapCause | undefined)[]): Gap[] {
  const gaps: Gap[] = []
  for (const [k, value] of values.entries()) {
    if (!Number.isNaN(value)) continue
    const cause = causes[k] ?? 'missing'
    const from = start + k * SLOT_MS
    const last = gaps.at(-1)
    if (last && last.to === from && last.cause === cause)
      gaps[gaps.length - 1] = { ...last, to: from + SLOT_MS }
    else gaps.push({ from, to: from + SLOT_MS, cause })
  }
  return gaps
}
