import { DAY_MS, type Instant } from '../src/core/domain/instant.ts'

export interface Site {
  readonly latitude: number
  readonly longitude: number
}

/** Towards the sun: east, north and up. */
export interface SunVector {
  readonly east: number
  readonly north: number
  readonly up: number
}

const RADIAN = Math.PI / 180
const SOLAR_CONSTANT_WM2 = 1361
/** Snow and light ground, winter. */
const GROUND_REFLECTANCE = 0.35
const J2000 = Date.UTC(2000, 0, 1, 12)

/** Low-precision ephemeris of the Astronomical Almanac: within 0.01° this century. */
export function sunVector(at: Instant, site: Site): SunVector {
  const days = (at - J2000) / DAY_MS
  const anomaly = (357.528 + 0.9856003 * days) * RADIAN
  const mean = 280.46 + 0.9856474 * days
  const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RADIAN
  const obliquity = 23.439 * RADIAN
  // Equatorial direction of the sun, then turned by the local sidereal time.
  const x = Math.cos(ecliptic)
  const y = Math.cos(obliquity) * Math.sin(ecliptic)
  const z = Math.sin(obliquity) * Math.sin(ecliptic)
  const sidereal = (280.46062 + 360.98564737 * days + site.longitude) * RADIAN
  const meridian = x * Math.cos(sidereal) + y * Math.sin(sidereal)
  const east = y * Math.cos(sidereal) - x * Math.sin(sidereal)
  const sinLat = Math.sin(site.latitude * RADIAN)
  const cosLat = Math.cos(site.latitude * RADIAN)
  return { east, north: cosLat * z - sinLat * meridian, up: sinLat * z + cosLat * meridian }
}

/** Erbs: the diffuse share of global irradiance by the clearness of the sky. */
function diffuseRatio(clearness: number): number {
  if (clearness <= 0.22) return 1 - 0.09 * clearness
  if (clearness > 0.8) return 0.165
  const k = clearness
  return 0.9511 + k * (-0.1604 + k * (4.388 + k * (-16.638 + k * 12.336)))
}

/** Irradiance on the four façades, W/m², from the global on the horizontal. */
export function facadeIrradiance(
  sun: SunVector,
  globalWm2: number,
  firstAzimuthDeg: number,
  into: Float64Array,
): void {
  // Under 3° the split of so little light is guesswork: all of it is diffuse.
  const isLow = sun.up < 0.052
  const diffuse = isLow
    ? globalWm2
    : globalWm2 * diffuseRatio(Math.min(1, globalWm2 / (SOLAR_CONSTANT_WM2 * sun.up)))
  const beam = isLow ? 0 : Math.min(950, (globalWm2 - diffuse) / sun.up)
  for (let i = 0; i < 4; i++) {
    const azimuth = (firstAzimuthDeg + 90 * i) * RADIAN
    const incidence = sun.east * Math.sin(azimuth) + sun.north * Math.cos(azimuth)
    into[i] = beam * Math.max(0, incidence) + diffuse / 2 + (globalWm2 * GROUND_REFLECTANCE) / 2
  }
}
