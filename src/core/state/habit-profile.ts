import { DAY_MS, HOUR_MS, type Instant } from '../domain/instant.ts'
import type { BuildingFit } from '../thermal/identify/identify-building.ts'
import { WEEK_HOURS, weekHour } from '../thermal/week-profile.ts'

/** The daily habit of a fit as heat beyond its mean by the hour of the local week, kW, as clocks go around `at`. */
export function habitProfile(
  { box, shape }: Pick<BuildingFit, 'box' | 'shape'>,
  at: Instant,
  timeZone: string,
): Float64Array {
  const profileKw = new Float64Array(WEEK_HOURS)
  if (!shape.hasHabit) return profileKw
  const first = Math.floor(at / HOUR_MS) * HOUR_MS
  for (let k = 0; k < WEEK_HOURS; k++) {
    const middle = first + (k + 0.5) * HOUR_MS
    const angle = (2 * Math.PI * (middle % DAY_MS)) / DAY_MS
    const habitK =
      box.cosDayK * Math.cos(angle) +
      box.sinDayK * Math.sin(angle) +
      box.cosHalfDayK * Math.cos(2 * angle) +
      box.sinHalfDayK * Math.sin(2 * angle)
    profileKw[weekHour(middle, timeZone)] = habitK * box.lossKwPerK
  }
  return profileKw
}
