import { HOUR_MS, type Instant } from '../domain/instant.ts'
import type { DiscreteModel } from '../thermal/discretise.ts'

/**
 * What a careful caretaker would have made of these days: one parallel shift of the curve, the deepest at which the
 * comfort zone keeps its lower edge in 99 of 100 hours. His rooms are ours less what our offsets did to them, plus
 * what his shift would have done, so that no gain, wind or sun needs to be known: only the answer to offsets is.
 */
export interface Caretaker {
  /** What our offsets have made of the rooms. */
  readonly ours: Departure
  /** What one kelvin of supply, held for good, would have; null before the first step. */
  readonly perShift: Departure | null
  /** The hour in progress. */
  readonly hour: { readonly index: number; readonly sumK: number; readonly count: number }
  /** The largest shifts that hours of the last fortnight needed, largest first. */
  readonly needs: readonly Need[]
  /** The same for no room under 18 °C, of single quarter-hours. */
  readonly floorNeeds: readonly Need[]
}

/** Of air and structure from what they would have been, K. */
export interface Departure {
  readonly airK: number
  readonly massK: number
}

export interface Need {
  readonly at: Instant
  readonly shiftK: number
}

export const NO_CARETAKER: Caretaker = {
  ours: { airK: 0, massK: 0 },
  perShift: null,
  hour: { index: 0, sumK: 0, count: 0 },
  needs: [],
  floorNeeds: [],
}

/** One slot as the building's answer to offsets has it. */
export interface CareStep {
  readonly now: Instant
  readonly model: DiscreteModel
  /** What the offset in force gives, and what one kelvin less would take, kW. */
  readonly oursKw: number
  readonly kwPerK: number
  /** Heat that rooms refuse when they are a kelvin warmer, kW. */
  readonly roomKwPerK: number
  /** The comfort zone and its lower edge; undefined where no room can be trusted. */
  readonly comfortC: number | undefined
  /** The coldest room of all, aired or not, °C. */
  readonly lowestC: number | undefined
  readonly minC: number
}

const FORTNIGHT_MS = 14 * 24 * HOUR_MS
/** The hundredth part of a fortnight's hours may be under the edge: the next one decides. */
const SPARED_HOURS = 3
/** His curve reaches no further. */
const LOWEST_K = -20
const HIGHEST_K = 15
/** Slots after which a shift has done all that it does: about three weeks. */
const SETTLED = 2000

export function stepCaretaker(before: Caretaker, step: CareStep): Caretaker {
  const ours = depart(before.ours, step, step.oursKw)
  const perShift = depart(before.perShift ?? settled(step), step, step.kwPerK)
  const seen = { ...before, ours, perShift }
  if (step.comfortC === undefined) return seen
  // The further we have moved the rooms, the less is known of where they would be.
  const shiftFor = (shortK: number) =>
    (shortK + ours.airK - DOUBT * Math.abs(ours.airK)) / Math.max(LEAST_ANSWER, perShift.airK)
  const noted = noteNeed(seen, step.now, shiftFor(step.minC - step.comfortC))
  if (step.lowestC === undefined || step.lowestC - ours.airK < FLOOR_C) return noted
  return { ...noted, floorNeeds: kept(before.floorNeeds, step.now, shiftFor(FLOOR_C - step.lowestC)) }
}

// A room that the curve lets fall below is not his to mend.
const FLOOR_C = 18

/** Of how far we have moved the rooms, the share that may be wrong. */
const DOUBT = 0.3

// A kelvin of supply that moves the rooms by less is not a reading of the room.
const LEAST_ANSWER = 0.03

function depart(from: Departure, { model, roomKwPerK }: CareStep, kw: number): Departure {
  // No more than half of a departure within a slot: the step would overshoot.
  const heldKw = kw - Math.min(roomKwPerK, 0.5 / model.bHeat1) * from.airK
  return {
    airK: model.a11 * from.airK + model.a12 * from.massK + model.bHeat1 * heldKw,
    massK: model.a21 * from.airK + model.a22 * from.massK + model.bHeat2 * heldKw,
  }
}

function settled(step: CareStep): Departure {
  let departure: Departure = { airK: 0, massK: 0 }
  for (let k = 0; k < SETTLED; k++) departure = depart(departure, step, step.kwPerK)
  return departure
}

/** The mean of each hour counts, as a report would have it. */
function noteNeed(before: Caretaker, now: Instant, shiftK: number): Caretaker {
  const index = Math.floor(now / HOUR_MS)
  const { hour, needs } = before
  if (hour.index === index) {
    return { ...before, hour: { index, sumK: hour.sumK + shiftK, count: hour.count + 1 } }
  }
  const fresh = { index, sumK: shiftK, count: 1 }
  if (hour.count === 0) return { ...before, hour: fresh }
  return { ...before, hour: fresh, needs: kept(needs, now, hour.sumK / hour.count) }
}

/** The largest of the last fortnight, largest first. */
function kept(needs: readonly Need[], now: Instant, shiftK: number): readonly Need[] {
  const least = needs[needs.length - 1]
  if (least && needs.length === KEPT && least.shiftK >= shiftK && now - least.at < FORTNIGHT_MS) return needs
  return [...needs, { at: now, shiftK }]
    .filter(({ at }) => now - at < FORTNIGHT_MS)
    .toSorted((a, b) => b.shiftK - a.shiftK)
    .slice(0, KEPT)
}

// Some more than decide, for those that grow too old.
const KEPT = 4 * (SPARED_HOURS + 1)

/** How far above our rooms the caretaker's are, K; on the building's own curve until something is known. */
export function caretakerAboveK({ ours, perShift, needs, floorNeeds }: Caretaker): number {
  const forBand = needs[Math.min(SPARED_HOURS, needs.length - 1)]?.shiftK
  if (forBand === undefined) return -ours.airK
  const forFloor = floorNeeds[0]?.shiftK ?? LOWEST_K
  const shiftK = Math.max(LOWEST_K, Math.min(HIGHEST_K, Math.max(forBand, forFloor)))
  return shiftK * (perShift?.airK ?? 0) - ours.airK
}
