import { HOUR_MS, type Instant, SLOT_MS } from '../domain/instant.ts'
import type { Reason } from '../domain/lease.ts'
import { clockTime } from './clock-time.ts'

export interface ReasonFacts {
  readonly now: Instant
  readonly timeZone: string
  /** Offset asked for now, K; its sign says more or less heat than the building's own curve. */
  readonly offsetK: number
  readonly eurPerKwh: Float64Array
  readonly start: Instant
  /** The comfort zone as believed; undefined where nobody measures it. */
  readonly indoorC: number | undefined
  readonly band: { readonly minC: number; readonly maxC: number }
  readonly hotWaterPeak: boolean
  /** False where nobody measures any room, now or ever. */
  readonly hasIndoorSensor: boolean
}

// Prices that differ by less than this do not explain anything.
const NOTABLE = 0.15

/** Why the offset is what it is, in a sentence that a resident would understand. */
export function reasonFor(facts: ReasonFacts): Reason {
  const { offsetK, indoorC, band } = facts
  if (!facts.hasIndoorSensor) return withoutRooms(facts)
  if (indoorC !== undefined && indoorC < band.minC - 0.2 && offsetK >= 0.25) {
    return {
      code: 'comfort-low',
      text: 'A room is cooler than agreed, so heating is raised until it has recovered.',
    }
  }
  if (offsetK <= -0.25 && facts.hotWaterPeak) {
    return {
      code: 'hot-water-peak',
      text: 'Many showers are running, so room heating steps back for a short while.',
    }
  }
  if (offsetK <= -0.25) return lessHeat(facts)
  if (offsetK >= 0.25) return moreHeat(facts)
  return {
    code: 'steady',
    text: 'Heating follows the building’s own curve: nothing is gained by changing it now.',
  }
}

/** No room is measured, so nothing is said of rooms. */
function withoutRooms({ offsetK }: ReasonFacts): Reason {
  return { code: 'meter-only', text: METER_ONLY_TEXT[Math.abs(offsetK) < 0.25 ? 0 : Math.sign(offsetK)] }
}

const METER_ONLY_TEXT: Readonly<Record<number, string>> = {
  [-1]: 'Heat is dear now. No room is measured here, so only a little less is taken, for two hours at most.',
  0: 'No room is measured here, so heating follows the building’s own curve.',
  1: 'Heat becomes dearer soon. No room is measured here, so only a little is stored ahead.',
}

function lessHeat(facts: ReasonFacts): Reason {
  const now = priceBetween(facts, 0, 1)
  const later = priceBetween(facts, 1, 12)
  const cheapAt = firstSlot(facts, (price) => price < now * (1 - NOTABLE))
  if (now > later * (1 + NOTABLE) && cheapAt !== undefined) {
    const until = clockTime(cheapAt, facts.timeZone)
    return {
      code: 'dear-heat-ahead',
      text: `Heat is dear until about ${until}; rooms stay comfortable on the warmth stored in the building.`,
    }
  }
  if (cheapAt !== undefined && cheapAt - facts.now < 6 * HOUR_MS) {
    return {
      code: 'cheap-heat-ahead',
      text: `Heat becomes cheaper at about ${clockTime(cheapAt, facts.timeZone)}, so heating waits a little.`,
    }
  }
  return { code: 'comfort-high', text: 'Rooms are warm enough, so less heat is taken than the curve would.' }
}

function moreHeat(facts: ReasonFacts): Reason {
  const now = priceBetween(facts, 0, 1)
  const dearAt = firstSlot(facts, (price) => price > now * (1 + NOTABLE) + 0.005)
  if (dearAt !== undefined) {
    return {
      code: 'store-before-dear',
      text: `Heat is stored in the building now, because it becomes dearer at about ${clockTime(dearAt, facts.timeZone)}.`,
    }
  }
  return { code: 'comfort-low', text: 'The coolest rooms need a little more heat than the curve gives.' }
}

/** Mean price from `fromHour` to `toHour` ahead. */
function priceBetween({ eurPerKwh, start, now }: ReasonFacts, fromHour: number, toHour: number): number {
  const first = Math.max(0, Math.floor((now - start) / SLOT_MS) + fromHour * 4)
  const last = Math.min(eurPerKwh.length, first + (toHour - fromHour) * 4)
  let sum = 0
  for (let k = first; k < last; k++) sum += eurPerKwh[k]
  return last > first ? sum / (last - first) : 0
}

function firstSlot(
  { eurPerKwh, start, now }: ReasonFacts,
  is: (price: number) => boolean,
): Instant | undefined {
  const first = Math.max(0, Math.floor((now - start) / SLOT_MS)) + 1
  const last = Math.min(eurPerKwh.length, first + 96)
  for (let k = first; k < last; k++) if (is(eurPerKwh[k])) return start + k * SLOT_MS
  return undefined
}
