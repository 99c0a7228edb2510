import { getPosition } from 'suncalc'
import { describe, expect, it } from 'vitest'
import { facadeIrradiance, sunVector } from '../../../simulators/solar.ts'

const site = { latitude: 61.06, longitude: 28.19 }
const degrees = (radians: number) => (radians * 180) / Math.PI
const irradiance = (at: number, globalWm2: number, azimuth = 0) => {
  const into = new Float64Array(4)
  facadeIrradiance(sunVector(at, site), globalWm2, azimuth, into)
  return into
}

describe('the sun', () => {
  it('stands where an independent ephemeris has it, all through a year', () => {
    for (let hour = 0; hour < 8760; hour += 37) {
      const at = Date.UTC(2024, 0, 1, hour)
      const { altitude, azimuth } = getPosition(new Date(at), site.latitude, site.longitude)
      const sun = sunVector(at, site)
      // The air lifts a low sun by up to half a degree; the vector leaves that out.
      if (altitude > 5) expect(Math.abs(degrees(Math.asin(sun.up)) - altitude)).toBeLessThan(0.2)
      if (altitude > 5) {
        expect(((degrees(Math.atan2(sun.east, sun.north)) + 360) % 360) - azimuth).toBeCloseTo(0, 0)
      }
      expect(altitude > 1 || sun.up < 0.02).toBe(true)
      expect(sun.east ** 2 + sun.north ** 2 + sun.up ** 2).toBeCloseTo(1, 9)
    }
  })

  it('is in the east in the morning, in the south at noon and in the west in the evening', () => {
    expect(sunVector(Date.UTC(2024, 5, 21, 4), site).east).toBeGreaterThan(0.7)
    expect(sunVector(Date.UTC(2024, 5, 21, 10, 8), site).north).toBeLessThan(-0.5)
    expect(sunVector(Date.UTC(2024, 5, 21, 16), site).east).toBeLessThan(-0.7)
  })
})

describe('the façades', () => {
  it('are lit from the south at a winter noon and from the east on a summer morning', () => {
    const [north, east, south, west] = irradiance(Date.UTC(2024, 1, 21, 10), 200)
    expect(south).toBeGreaterThan(250)
    expect(Math.max(north, east, west)).toBeLessThan(150)
    expect(irradiance(Date.UTC(2024, 5, 21, 5), 400)[1]).toBeGreaterThan(400)
  })

  it('get the same dim light from an overcast sky, and none at night', () => {
    const overcast = irradiance(Date.UTC(2024, 5, 21, 10), 60)
    expect(Math.max(...overcast) - Math.min(...overcast)).toBeLessThan(5)
    expect([...irradiance(Date.UTC(2024, 0, 1, 0), 0)]).toEqual([0, 0, 0, 0])
  })

  it('turn with the building', () => {
    const at = Date.UTC(2024, 1, 21, 10)
    expect(irradiance(at, 200, 90)[1]).toBeCloseTo(irradiance(at, 200, 0)[2], 9)
  })
})
