import type { Building } from '../domain/building.ts'
import type { Instant } from '../domain/instant.ts'
import { learnWeekHour, WEEK_HOURS, weekHour } from '../thermal/week-profile.ts'
import type { Belief, HotWaterBelief } from './belief.ts'

// EN 12831-3 Annex B, W/m2 by the hour; its sum is 75.9 Wh/m2 a day (DOMAIN 5.1). Only the shape is used.
const SHAPE = [
  0.74, 0.56, 0.46, 0.36, 0.59, 1.46, 4.26, 6.49, 5.64, 4.88, 4.67, 4.47, 4.73, 4.18, 3.39, 2.99, 3.37, 3.31,
  4.77, 4.27, 3.43, 3.19, 2.36, 1.34,
]
const SHAPE_SUM = 75.9
/** 47 L a person and day from 5 to 55 °C (DOMAIN 5.1); pupils wash their hands. */
const KWH_PER_PERSON_DAY = 2.7
const KWH_PER_PUPIL_DAY = 0.3
/** Circulation of hot water around the clock: 7 kWh/m2 a year. */
const CIRCULATION_W_PER_M2 = 0.8

export function newHotWater(building: Pick<Building, 'kind' | 'persons' | 'floorAreaM2'>): HotWaterBelief {
  const perPersonKwh = building.kind === 'school' ? KWH_PER_PUPIL_DAY : KWH_PER_PERSON_DAY
  const drawnKwh = (building.persons * perPersonKwh) / SHAPE_SUM
  const circulationKw = (CIRCULATION_W_PER_M2 * building.floorAreaM2) / 1000
  const profileKw = new Float64Array(WEEK_HOURS)
  for (let hour = 0; hour < WEEK_HOURS; hour++) profileKw[hour] = circulationKw + drawnKwh * SHAPE[hour % 24]
  return { profileKw, metered: false }
}

/** What hot water is expected to take at `at`, circulation included, kW. */
export function hotWaterKw(belief: Belief, at: Instant, timeZone: string): number {
  return belief.hotWater.profileKw[weekHour(at, timeZone)]
}

/** An hour in which hot water was metered apart. */
export function learnMeteredHotWater(hotWater: HotWaterBelief, hour: number, kw: number): HotWaterBelief {
  const rate = hotWater.metered ? 0.3 : 0.5
  const profileKw = learnWeekHour(hotWater.profileKw, hour, rate * (kw - hotWater.profileKw[hour]))
  return { profileKw: atLeastZero(profileKw), metered: true }
}

/**
 * An hour in which only the sum was metered, `excessKw` above what the signature and the profile expected.
 * Only the shape is learned so: a change of the mean cannot be told from a change of the heating.
 */
export function learnHiddenHotWater(
  hotWater: HotWaterBelief,
  hour: number,
  excessKw: number,
): HotWaterBelief {
  const limitKw = hotWater.profileKw[hour] + 1
  const bounded = Math.max(-limitKw, Math.min(2 * limitKw, excessKw))
  const profileKw = learnWeekHour(hotWater.profileKw, hour, 0.08 * bounded)
  const before = mean(hotWater.profileKw)
  const shift = mean(profileKw) - before
  for (let i = 0; i < WEEK_HOURS; i++) profileKw[i] -= shift
  return { ...hotWater, profileKw: atLeastZero(profileKw) }
}

function atLeastZero(profileKw: Float64Array): Float64Array {
  for (let i = 0; i < WEEK_HOURS; i++) profileKw[i] = Math.max(0, profileKw[i])
  return profileKw
}

function mean(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}
