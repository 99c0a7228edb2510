import { describe, expect, it } from 'vitest'
import { hashedNormal } from '../../../../src/core/domain/chance.ts'
import { LEAD_HOURS } from '../../../../src/core/domain/heat-forecast.ts'
import { fleetDemand, fleetMeteredKw } from '../../../../src/core/forecast/fleet-demand.ts'
import { accuracyOf, foldRecord, newSkill } from '../../../../src/core/forecast/forecast-skill.ts'
import { heatBands } from '../../../../src/core/forecast/heat-bands.ts'
import { heatForecast } from '../../../../src/core/forecast/heat-forecast.ts'
import { atLead, START, tell } from './pretend-records.ts'

const fresh = newSkill('Europe/Helsinki', 5)
const day = (hour: number) => 100 + 30 * Math.sin((hour * Math.PI) / 12)
const demandOf = (expectedKw: Float64Array) =>
  ({
    building: null,
    issuedAt: START,
    start: START,
    basis: 'on-curve',
    expectedKw,
    curveKw: expectedKw,
  }) as const

describe('a heat forecast', () => {
  it('says that its quantiles are a prior where nothing was measured, and is wide', () => {
    const forecast = heatForecast(demandOf(new Float64Array(192).fill(100)), fresh)
    expect(forecast.source).toBe('prior')
    expect(forecast.p90Kw[0]! - forecast.p10Kw[0]!).toBeGreaterThan(60)
    expect(forecast.p50Kw[0]).toBe(100)
  })

  it('narrows to the errors that it saw, and then says learned', () => {
    const error = (hour: number) => 4 * hashedNormal(1, hour)
    const { skill, records } = tell(fresh, 14 * 24, day, (hour) => day(hour) + error(hour))
    const forecast = heatForecast(demandOf(new Float64Array(192).fill(100)), skill)
    expect(forecast.source).toBe('learned')
    // 80 % of a normal spread of 4 kW are 10 kW.
    expect(forecast.p90Kw[40]! - forecast.p10Kw[40]!).toBeGreaterThan(6)
    expect(forecast.p90Kw[40]! - forecast.p10Kw[40]!).toBeLessThan(16)
    expect(records[0]?.source).toBe('prior')
  })

  it.each(LEAD_HOURS)('covers four hours in five at %i h ahead once it has learned', (leadHours) => {
    const swing = (hour: number) => day(hour) * (1 + 0.02 * leadHours * hashedNormal(7, hour))
    const { skill } = tell(fresh, 30 * 24, day, swing)
    const accuracy = atLead(skill, leadHours)!
    expect(accuracy.coverage80).toBeGreaterThan(0.7)
    expect(accuracy.coverage80).toBeLessThan(0.9)
    expect(accuracy.maeKw).toBeGreaterThan(0)
  })

  it('takes a steady error out of its median', () => {
    const { skill } = tell(fresh, 10 * 24, day, (hour) => 1.2 * day(hour))
    const { p50Kw } = heatForecast(demandOf(new Float64Array(192).fill(100)), skill)
    expect(p50Kw[8]).toBeCloseTo(120, 0)
    expect(atLead(skill, 1)!.maeKw).toBeLessThan(0.2 * 100)
  })

  it('is not moved by one wild hour', () => {
    const quiet = tell(fresh, 10 * 24, day, (hour) => day(hour) + hashedNormal(3, hour)).skill
    const wild = tell(fresh, 10 * 24, day, (hour) =>
      hour === 200 ? 5000 : day(hour) + hashedNormal(3, hour),
    ).skill
    const slots = new Float64Array(192).fill(100)
    const [a, b] = [heatBands(quiet, slots, START), heatBands(wild, slots, START)]
    for (let k = 0; k < 192; k++) expect(Math.abs(a.p50Kw[k]! - b.p50Kw[k]!)).toBeLessThan(1)
  })

  it('never crosses its quantiles nor falls below zero, whatever it was told', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const wild = (hour: number) => Math.max(0, 60 + 60 * hashedNormal(seed, hour))
      const { skill } = tell(fresh, 60 + 20 * seed, day, wild)
      const slots = Float64Array.from({ length: 150 }, (_, k) => Math.max(0, 80 * hashedNormal(seed, 9, k)))
      const { p10Kw, p50Kw, p90Kw } = heatBands(skill, slots, START + seed * 3_600_000)
      for (let k = 0; k < slots.length; k++) {
        expect(p10Kw[k]).toBeGreaterThanOrEqual(0)
        expect(p50Kw[k]).toBeGreaterThanOrEqual(p10Kw[k]!)
        expect(p90Kw[k]).toBeGreaterThanOrEqual(p50Kw[k]!)
      }
    }
  })

  it('learns nothing from a silent meter', () => {
    const { skill } = tell(fresh, 100, day, () => null)
    expect(accuracyOf(skill)).toEqual([])
    expect(skill.leads).toEqual(fresh.leads)
  })

  it('comes to the same from its records as from life, so that a restart forgets nothing', () => {
    const { skill, records } = tell(fresh, 300, day, (hour) => day(hour) + 3 * hashedNormal(5, hour))
    expect(records.reduce(foldRecord, fresh)).toEqual(skill)
  })

  it('leaves a lead beyond the horizon unmeasured', () => {
    const { skill } = tell(fresh, 100, day, day)
    const short = heatForecast(demandOf(new Float64Array(96).fill(50)), skill)
    expect(short.p50Kw).toHaveLength(96)
  })
})

describe('the fleet', () => {
  it('expects the sum of its buildings', () => {
    const together = fleetDemand([
      demandOf(Float64Array.of(1, 2)),
      { ...demandOf(Float64Array.of(10, 20)), basis: 'as-planned' },
    ])
    expect(together).toMatchObject({
      basis: 'as-planned',
      expectedKw: Float64Array.of(11, 22),
      building: null,
    })
    expect(fleetDemand([])).toBeUndefined()
  })

  it.each([
    { silentKw: 10, expected: 110, why: 'a silent tenth is taken to be like the others' },
    { silentKw: 40, expected: null, why: 'too little was metered' },
  ])('counts $expected kW with $silentKw of 100 kW silent: $why', ({ silentKw, expected }) => {
    const parts = [
      { meteredKw: 1.1 * (100 - silentKw), usualKw: 100 - silentKw },
      { meteredKw: null, usualKw: silentKw },
    ]
    const kw = fleetMeteredKw(parts)
    if (expected === null) expect(kw).toBeNull()
    else expect(kw).toBeCloseTo(expected, 9)
  })
})
