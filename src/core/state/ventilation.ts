import { learnWeekHour, WEEK_HOURS, weekHour } from '../thermal/week-profile.ts'
import type { Belief, VentilationBelief } from './belief.ts'
import type { When } from './effect.ts'

/** Air is blown in at about this, so that no heat is left to give it above. */
const SUPPLY_AIR_C = 18
/** Mild days divide little heat by few kelvins: they must not teach wild shares. */
const LEAST_K = 5
const FIRST_RATE = 0.5
const RATE = 0.3

/** Heat of air handling that goes through the meter beside space heat and hot water, as usual at that hour, kW. */
export function ventilationKw({ ventilation }: Belief, outdoorC: number, when: When): number {
  if (!ventilation) return 0
  return ventilation.kwPerK[weekHour(when.at, when.timeZone)] * Math.max(0, SUPPLY_AIR_C - outdoorC)
}

/** An hour in which it was told apart by meters. */
export function learnVentilation(
  before: VentilationBelief | undefined,
  hour: number,
  kw: number,
  outdoorC: number,
): VentilationBelief {
  const known = before?.kwPerK ?? new Float64Array(WEEK_HOURS)
  const change = kw / Math.max(LEAST_K, SUPPLY_AIR_C - outdoorC) - known[hour]
  const kwPerK = learnWeekHour(known, hour, (before ? RATE : FIRST_RATE) * change)
  for (let i = 0; i < WEEK_HOURS; i++) kwPerK[i] = Math.max(0, kwPerK[i])
  return { kwPerK }
}
