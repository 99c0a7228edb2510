import { cosineOfTurns, sineOfTurns } from '../../core/domain/circle.ts'
import { DAY_MS, type Instant } from '../../core/domain/instant.ts'
import { shareOfYear } from './calendar.ts'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** Sine of the sun's height over the horizon, by Spencer's series; right to about a third of a degree. */
export function sineOfSunHeight(at: Instant, { latitude, longitude }: Place): number {
  const year = shareOfYear(at)
  const declination = declinationTurns(year)
  const sinceMidnight = at / DAY_MS - Math.floor(at / DAY_MS)
  const hourAngle = sinceMidnight + longitude / 360 + equationOfTimeDays(year) - 0.5
  const lat = latitude / 360
  return (
    sineOfTurns(lat) * sineOfTurns(declination) +
    cosineOfTurns(lat) * cosineOfTurns(declination) * cosineOfTurns(hourAngle)
  )
}

function declinationTurns(year: number): number {
  const radians =
    0.006918 -
    0.399912 * cosineOfTurns(year) +
    0.070257 * sineOfTurns(year) -
    0.006758 * cosineOfTurns(2 * year) +
    0.000907 * sineOfTurns(2 * year) -
    0.002697 * cosineOfTurns(3 * year) +
    0.00148 * sineOfTurns(3 * year)
  return radians / (2 * Math.PI)
}

function equationOfTimeDays(year: number): number {
  const radians =
    0.000075 +
    0.001868 * cosineOfTurns(year) -
    0.032077 * sineOfTurns(year) -
    0.014615 * cosineOfTurns(2 * year) -
    0.040849 * sineOfTurns(2 * year)
  return radians / (2 * Math.PI)
}

/** Global irradiance on the horizontal under a clear sky, W/m², by Haurwitz. */
export function clearSkyWm2(at: Instant, place: Place): number {
  const sine = sineOfSunHeight(at, place)
  if (sine <= 0.001) return 0
  return 1098 * sine * Math.exp(-0.057 / sine)
}
