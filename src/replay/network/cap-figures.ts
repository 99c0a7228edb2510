import { HOUR_MS, SLOT_HOURS, SLOT_MS } from '../../core/domain/instant.ts'

/** How a run kept a cap that the curves as found would have broken. */
export interface CapFigures {
  /** Of the quarter-hours in which the branch as found exceeds the cap, the share in which this run does not. */
  readonly heldShare: number | null
  /** The largest exceedance in those, as a share of the cap. */
  readonly worstExceedance: number
  /** Quarter-hours above the cap in the six hours after, and the worst of them as a share of the cap. */
  readonly aboveAfter: number
  readonly worstAfter: number
  /** Above the curves as found in the 24 hours after, at most and in sum. */
  readonly reboundKw: number
  readonly reboundKwh: number
}

const AFTER = (6 * HOUR_MS) / SLOT_MS
const REBOUND = (24 * HOUR_MS) / SLOT_MS
// Sums of floating point: a thousandth of a watt in a megawatt is no exceedance.
const ROUNDING = 1 + 1e-9

/** The quarter-hours in which the branch as found exceeds its cap. */
export function exceedingSlots(asFoundKw: Float64Array, capKw: number): number[] {
  return slots(asFoundKw).filter((k) => asFoundKw[k]! > capKw * ROUNDING)
}

/** One run's heat at a branch against its cap. */
export function capFigures(asFoundKw: Float64Array, heatKw: Float64Array, capKw: number): CapFigures {
  const exceeding = exceedingSlots(asFoundKw, capKw)
  const after = slotsAfter(exceeding, AFTER, heatKw.length)
  const rebound = slotsAfter(exceeding, REBOUND, heatKw.length)
  const isAbove = (k: number) => heatKw[k]! > capKw * ROUNDING
  const worst = (among: readonly number[]) =>
    among.reduce((most, k) => Math.max(most, heatKw[k]! / capKw - 1), 0)
  const above = (k: number) => Math.max(0, heatKw[k]! - asFoundKw[k]!)
  return {
    heldShare: exceeding.length > 0 ? exceeding.filter((k) => !isAbove(k)).length / exceeding.length : null,
    worstExceedance: worst(exceeding),
    aboveAfter: after.filter(isAbove).length,
    worstAfter: worst(after),
    reboundKw: rebound.reduce((most, k) => Math.max(most, above(k)), 0),
    reboundKwh: rebound.reduce((sum, k) => sum + above(k), 0) * SLOT_HOURS,
  }
}

/** Slots within `count` after one of `spells`, none of these among them. */
function slotsAfter(spells: readonly number[], count: number, length: number): number[] {
  const inSpell = new Set(spells)
  const after = new Set<number>()
  for (const k of spells) {
    for (let j = k + 1; j <= k + count && j < length; j++) if (!inSpell.has(j)) after.add(j)
  }
  return [...after].sort((a, b) => a - b)
}

/** The largest rise from one quarter-hour to the next. */
export function rampKw(heatKw: Float64Array): number {
  return slots(heatKw).reduce((most, k) => (k > 0 ? Math.max(most, heatKw[k]! - heatKw[k - 1]!) : most), 0)
}

function slots(values: Float64Array): number[] {
  return Array.from(values, (_, k) => k)
}
