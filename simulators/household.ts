import { MINUTE_MS } from '../src/core/domain/instant.ts'
import type { BuildingSpec } from './building-spec.ts'
import type { BuildingState } from './building-state.ts'
import type { Calendar } from './calendar.ts'
import { streamKey, uniform } from './chance.ts'
import { stepHotWater } from './hot-water.ts'
import { closeChance, nextPresence, nextWindow, openChance, WINDOW_STEP_MIN } from './occupants.ts'

/** The random streams of a building's people; `isRandom` false gives their expected values. */
export interface Household {
  readonly isRandom: boolean
  readonly presenceKeys: readonly number[]
  readonly windowKeys: readonly number[]
  readonly hotWaterKey: number
}

export function createHousehold(spec: BuildingSpec, isRandom: boolean): Household {
  const zoneKeys = (purpose: string) =>
    spec.zones.map((zone) => streamKey(spec.seed, spec.id, purpose, zone.id))
  return {
    isRandom,
    presenceKeys: zoneKeys('presence'),
    windowKeys: zoneKeys('window'),
    hotWaterKey: streamKey(spec.seed, spec.id, 'hot-water'),
  }
}

/** A minute of people: who is there, whose window opens, who showers. */
export function liveMinute(
  spec: BuildingSpec,
  state: BuildingState,
  household: Household,
  calendar: Calendar,
  outdoorC: number,
): void {
  const minute = state.at / MINUTE_MS
  if (minute % 15 === 0 || state.ageMin === 0) comeAndGo(spec, state, household, calendar)
  if (minute % WINDOW_STEP_MIN === 0) airRooms(spec, state, household, outdoorC)
  if (household.isRandom) {
    stepHotWater(state.hotWater, calendar.expectedDrawKw, household.hotWaterKey, minute)
  } else state.hotWater.drawKw = calendar.expectedDrawKw
}

function comeAndGo(spec: BuildingSpec, state: BuildingState, household: Household, calendar: Calendar): void {
  for (let i = 0; i < spec.zones.length; i++) {
    const zone = state.zones[i]!
    zone.presence = household.isRandom
      ? nextPresence(
          zone.presence,
          calendar.presence,
          spec.zones[i]!,
          household.presenceKeys[i]!,
          calendar.slot,
        )
      : calendar.presence
  }
}

function airRooms(spec: BuildingSpec, state: BuildingState, household: Household, outdoorC: number): void {
  const index = state.at / (WINDOW_STEP_MIN * MINUTE_MS)
  for (let i = 0; i < spec.zones.length; i++) {
    const zone = state.zones[i]!
    const opening = openChance(spec.zones[i]!, zone.airC, zone.presence, outdoorC)
    const drawn = household.isRandom ? uniform(household.windowKeys[i]!, index) : null
    zone.window = nextWindow(zone.window, opening, closeChance(zone.airC), drawn)
  }
}
