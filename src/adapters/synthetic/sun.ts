import { DAY_MS, type Instant } from '../../core/domain/instant.ts'
import { shareOfYear } from './calendar.ts'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

const TURN = 2 * Math.PI

/** Sine of the sun's height over the horizon, by Spencer's series; right to about a third of a degree. */
export function sineOfSunHeight(at: Instant, place: Place): number {
  const year = TURN * shareOfYear(at)
  const declination = declinationOf(year)
  const latitude = (TURN * place.latitude) / 360
  const sinceMidnight = at / DAY_MS - Math.floor(at / DAY_MS)
  const hourAngle = TURN * (sinceMidnight + place.longitude / 360 - 0.5) + equationOfTime(year)
  return (
    Math.sin(latitude) * Math.sin(declination) +
    Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle)
  )
}

/** Radians, by the year's angle. */
function declinationOf(year: number): number {
  return (
    0.006918 -
    0.399912 * Math.cos(year) +
    0.070257 * Math.sin(year) -
    0.006758 * Math.cos(2 * year) +
    0.000907 * Math.sin(2 * year) -
    0.002697 * Math.cos(3 * year) +
    0.00148 * Math.sin(3 * year)
  )
}

/** How far the sun is ahead of the clock, radians. */
function equationOfTime(year: number): number {
  return (
    0.000075 +
    0.001868 * Math.cos(year) -
    0.032077 * Math.sin(year) -
    0.014615 * Math.cos(2 * year) -
    0.040849 * Math.sin(2 * year)
  )
}

/** Global irradiance on the horizontal under a clear sky, W/m², by Haurwitz. */
export function clearSkyWm2(at: Instant, place: Place): number {
  const sine = sineOfSunHeight(at, place)
  if (sine <= 0.001) return 0
  return 1098 * sine * Math.exp(-0.057 / sine)
}
