import { describe, expect, it } from 'vitest'
import { hashedNormal, hashedUnit } from '../../../../src/core/domain/chance.ts'
import type { Readings } from '../../../../src/core/domain/telemetry.ts'
import { curveHeatKw, effect, signatureFloorKw } from '../../../../src/core/state/effect.ts'
import { hotWaterKw } from '../../../../src/core/state/hot-water.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { flags } from '../../../../src/core/state/saturation.ts'
import { TERMS } from '../../../../src/core/state/signature.ts'
import { block, live, quarter, ripple, rooms, START, worldOf, ZONE } from './pretend.ts'

const DAY = 96
const hotWaterAt = (k: number) => hotWaterKw(newBelief(block, 0), quarter(k) - 450_000, ZONE)

describe('space heat', () => {
  it.each<{ what: string; readings: Readings; expected: number | null; source: string }>([
    { what: 'its own meter', readings: { heatKw: 80, spaceHeatKw: 55 }, expected: 55, source: 'space-meter' },
    {
      what: 'all less hot water',
      readings: { heatKw: 80, dhwKw: 15, ventHeatKw: 5 },
      expected: 60,
      source: 'less-hot-water-meter',
    },
    {
      what: 'all less the usual hot water',
      readings: { heatKw: 80 },
      expected: 80 - hotWaterAt(1),
      source: 'less-hot-water-profile',
    },
    {
      what: 'a heat pump by its COP',
      readings: { electricKw: 20, copRatio: 3, dhwKw: 0 },
      expected: 60,
      source: 'less-hot-water-meter',
    },
    { what: 'nothing', readings: { supplyC: 50 }, expected: null, source: 'none' },
  ])('comes from $what', ({ readings, expected, source }) => {
    const { heat } = live(1, () => readings)
    expect(heat.source).toBe(source)
    if (expected === null) expect(heat.spaceKw).toBeNull()
    else expect(heat.spaceKw).toBeCloseTo(expected, 9)
  })
})

describe('the signature', () => {
  /** A building that takes 3 kW/K below 19 °C, over a fortnight of changing weather. */
  const outdoor = (at: number) => -6 + 7 * Math.sin((at - START) / 3.1e7) + 4 * Math.sin((at - START) / 1.4e7)
  const takesKw = (at: number) => 3 * (19 - outdoor(at))
  const learned = live(
    14 * DAY,
    (k, at) => ({
      ...rooms(21 + ripple(k, 0), 21 + ripple(k, 1)),
      spaceHeatKw: Math.round(takesKw(at) * (1 + 0.03 * hashedNormal(1, k))),
    }),
    { world: worldOf(outdoor) },
  )

  it.each([-12, -6, 0, 3])('is learned at %d °C', (outdoorC) => {
    expect(Math.abs(curveHeatKw(learned, outdoorC) / (3 * (19 - outdoorC)) - 1)).toBeLessThan(0.04)
  })

  it('reaches a little beyond what was seen', () => {
    expect(Math.abs(curveHeatKw(learned, -25) / (3 * 44) - 1)).toBeLessThan(0.12)
  })

  it('never asks for less than nothing', () => {
    expect(curveHeatKw(learned, 40)).toBe(0)
  })

  it('begins at what the model says', () => {
    const fresh = newBelief(block, 0)
    expect(curveHeatKw(fresh, -5)).toBeGreaterThan(50)
    expect(curveHeatKw(fresh, -5)).toBeLessThan(90)
  })

  it('knows the hours in which a school changes its air', () => {
    const school = { ...block, kind: 'school' } as const
    const opens = (at: number) => new Date(at - 1).getUTCHours() >= 6 && new Date(at - 1).getUTCHours() < 14
    const belief = live(14 * DAY, (_k, at) => ({ spaceHeatKw: opens(at) ? 90 : 50 }), { building: school })
    const at = (time: string) => ({ at: Date.parse(`2024-01-23T${time}Z`), timeZone: ZONE })
    expect(Math.abs(curveHeatKw(belief, -5, at('10:30')) - 90)).toBeLessThan(7)
    expect(Math.abs(curveHeatKw(belief, -5, at('20:30')) - 50)).toBeLessThan(7)
    expect(effect(belief, school, -5, at('10:30')).curveHeatKw).toBe(curveHeatKw(belief, -5, at('10:30')))
  })

  it('gives a building with only a meter a floor', () => {
    expect(signatureFloorKw(learned, -6)).toBeCloseTo(0.9 * curveHeatKw(learned, -6), 9)
  })
})

describe('the effect of an offset', () => {
  const OUTDOOR_C = -5
  const offsetAt = (k: number) => (k < 5 * DAY ? 0 : [4, 0, -6, 0][Math.floor(k / 12) % 4])
  const kOf = (at: number) => Math.round((at - START) / 900_000)

  /** Takes 70 kW on its curve, `up` and `down` kW a kelvin of the offset that its radiators feel. */
  function answering(days: number, up: number, down: number, noiseKw = 1.5) {
    let felt = 0
    return live(
      days * DAY,
      (k) => {
        felt += (offsetAt(k) - felt) * 0.57
        const spaceHeatKw = 70 + (felt > 0 ? up : down) * felt + noiseKw * hashedNormal(2, k)
        return { ...rooms(21 + ripple(k, 0), 21 + ripple(k, 1)), spaceHeatKw }
      },
      { world: worldOf(OUTDOOR_C, (at) => offsetAt(kOf(at))) },
    )
  }

  it.each([
    { up: 1, down: 3 },
    { up: 2.5, down: 2.5 },
    { up: 0.4, down: 4 },
  ])('is learned separately: $up kW a kelvin up, $down down', ({ up, down }) => {
    const learned = effect(answering(12, up, down), block, OUTDOOR_C)
    expect(Math.abs(learned.kwPerKUp - up)).toBeLessThan(0.35)
    expect(Math.abs(learned.kwPerKDown - down)).toBeLessThan(0.35)
    expect(Math.abs(learned.curveHeatKw - 70)).toBeLessThan(2)
  })

  it('begins at what EN 442 says of a radiator', () => {
    const fresh = effect(newBelief(block, 0), block, OUTDOOR_C)
    // 1.3 · q / (supply − room), nine tenths of it down and seven up.
    const radiator = (1.3 * fresh.curveHeatKw) / (45 + (5 * 25) / 30 - 21.5)
    expect(fresh.kwPerKDown).toBeCloseTo(0.9 * radiator, 6)
    expect(fresh.kwPerKUp).toBeCloseTo(0.7 * radiator, 6)
  })

  it('is not learned, nor forgotten without bound, while no offset is tried', () => {
    const quiet = (days: number) =>
      live(days * DAY, (k) => ({ ...rooms(21 + ripple(k, 0)), spaceHeatKw: 70 + hashedNormal(3, k) }))
    const fresh = newBelief(block, 0).signature
    const after = quiet(40).signature
    expect([...after.mean.slice(3, 7)]).toEqual([...fresh.mean.slice(3, 7)])
    for (let i = 0; i < TERMS; i++) {
      expect(after.covariance[i * TERMS + i]).toBeLessThanOrEqual(after.priorVariance[i] * (1 + 1e-12))
      expect(after.covariance[i * TERMS + i]).toBeGreaterThan(0)
    }
  })

  it('says how far down an offset takes heat away, and how far up the supply can go', () => {
    const learned = effect(answering(12, 2, 2), block, OUTDOOR_C)
    const curveC = 45 + (5 * 25) / 30
    expect(learned.minOffsetUsefulK).toBeGreaterThan(-35)
    expect(learned.minOffsetUsefulK).toBeLessThan(-20)
    expect(learned.maxOffsetUsefulK).toBeCloseTo(75 - curveC, 6)
  })

  it('is doubted within hours when thermostats have closed, and believed again later', () => {
    const sure = answering(12, 2.5, 2.5)
    const first = 12 * DAY + 1
    const world = worldOf(OUTDOOR_C, () => 6)
    const shut = live(5 * 4, (k) => ({ ...rooms(21 + ripple(k, 0)), spaceHeatKw: 70 }), {
      from: sure,
      first,
      world,
    })
    expect(flags(shut)).toContain('valves-closed')
    expect(effect(shut, block, OUTDOOR_C).kwPerKUp).toBeLessThan(
      0.5 * effect(sure, block, OUTDOOR_C).kwPerKUp,
    )
    const later = effect(shut, block, OUTDOOR_C, { at: shut.at + 24 * 3_600_000, timeZone: ZONE })
    expect(later.kwPerKUp).toBeGreaterThan(1.4 * effect(shut, block, OUTDOOR_C).kwPerKUp)
    const calm = live(24 * 4, (k) => ({ ...rooms(21 + ripple(k, 0)), spaceHeatKw: 70 }), {
      from: shut,
      first: first + 20,
      world: worldOf(OUTDOOR_C),
    })
    expect(flags(calm)).not.toContain('valves-closed')
  })

  it('is read off the supply where nobody acknowledged', () => {
    const world = { timeZone: ZONE, weatherAt: () => ({ outdoorC: -5, solarWm2: 0 }) }
    const belief = live(8, () => ({ heatKw: 60, supplyC: 44, curveSupplyC: 50 }), { world })
    expect(belief.actuator.offset).toBe(-6)
    expect(belief.actuator.laggedOffset).toBeCloseTo(-6, 1)
  })
})

describe('a plant at its limit', () => {
  it('is seen by a supply that stays short, and planned for', () => {
    const short = { ...rooms(20), spaceHeatKw: 80, supplyC: 50, curveSupplyC: 62 }
    const belief = live(8, (k) => ({ ...short, indoorC: 20 + ripple(k, 0) }), { world: worldOf(-20) })
    expect(flags(belief)).toContain('supply-limited')
    expect(effect(belief, block, -20).maxHeatKw).toBe(80)
    const fine = live(1, () => ({ ...short, supplyC: 61 }), { from: belief, first: 9, world: worldOf(-20) })
    // The nameplate with its reserve.
    expect(effect(fine, block, -20).maxHeatKw).toBe(1.3 * 150)
  })

  it('gives nothing while its pump stands', () => {
    const still = {
      ...rooms(20),
      spaceHeatKw: 0,
      circuits: { main: { kind: 'radiator', pumpOn: false } },
    } as const
    const belief = live(4, () => still)
    expect(flags(belief)).toContain('no-flow')
    expect(effect(belief, block, -5).maxHeatKw).toBe(0)
  })

  it('teaches nothing of the curve meanwhile', () => {
    const still = {
      ...rooms(20),
      spaceHeatKw: 0,
      circuits: { main: { kind: 'radiator', pumpOn: false } },
    } as const
    const before = curveHeatKw(newBelief(block, 0), -5)
    expect(
      curveHeatKw(
        live(2 * DAY, () => still),
        -5,
      ) / before,
    ).toBeGreaterThan(0.9)
  })
})

describe('hot water', () => {
  it('begins at 2.7 kWh a person and day and its circulation', () => {
    const fresh = newBelief(block, 0)
    let kwh = 0
    for (let k = 0; k < DAY; k++) kwh += hotWaterKw(fresh, quarter(k), ZONE) / 4
    expect(kwh).toBeCloseTo(60 * 2.7 + 24 * 2, 0)
    const morning = hotWaterKw(fresh, Date.parse('2024-01-08T07:30:00+02:00'), ZONE)
    expect(morning / hotWaterKw(fresh, Date.parse('2024-01-08T03:30:00+02:00'), ZONE)).toBeGreaterThan(4)
  })

  it('is learned by the hour where it is metered', () => {
    const draws = (at: number) => (new Date(at - 1).getUTCHours() === 18 ? 30 : 3)
    const belief = live(10 * DAY, (_k, at) => ({ heatKw: 60 + draws(at), dhwKw: draws(at) }))
    expect(Math.abs(hotWaterKw(belief, Date.parse('2024-01-19T18:30:00Z'), ZONE) - 30)).toBeLessThan(4)
    expect(Math.abs(hotWaterKw(belief, Date.parse('2024-01-19T10:30:00Z'), ZONE) - 3)).toBeLessThan(2)
  })

  it('is told from the heating by its hours where only the sum is metered in pulses of a kWh', () => {
    const draws = (at: number) => (new Date(at - 1).getUTCHours() === 18 ? 30 : 5)
    let register = 0
    const belief = live(28 * DAY, (k, at) => {
      const before = Math.floor(register)
      register += (60 + draws(at) * (0.5 + hashedUnit(5, k))) / 4
      return { ...rooms(21 + ripple(k, 0)), heatKw: (Math.floor(register) - before) * 4 }
    })
    const evening = Date.parse('2024-02-06T18:30:00Z')
    const night = Date.parse('2024-02-06T00:30:00Z')
    expect(hotWaterKw(belief, evening, ZONE) - hotWaterKw(belief, night, ZONE)).toBeGreaterThan(13)
    expect(Math.abs(curveHeatKw(belief, -5) - 60)).toBeLessThan(5)
  })

  it('keeps its mean where only the sum is metered: that cannot be told from heating', () => {
    const mean = (profile: Float64Array) => profile.reduce((sum, kw) => sum + kw, 0) / profile.length
    const belief = live(7 * DAY, (k) => ({ heatKw: 80 + 5 * hashedNormal(7, k) }))
    expect(mean(belief.hotWater.profileKw)).toBeCloseTo(mean(newBelief(block, 0).hotWater.profileKw), 1)
  })
})
