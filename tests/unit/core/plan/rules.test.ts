import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/core/domain/instant.ts'
import type { Override } from '../../../../src/core/domain/lease.ts'
import { planMeterOnly } from '../../../../src/core/plan/meter-only.ts'
import { bandShiftK, type SteeringFacts, steering } from '../../../../src/core/plan/steering.ts'
import { terminalValue } from '../../../../src/core/plan/terminal-value.ts'
import { overheatingBalanceKh, warmLimitC } from '../../../../src/core/plan/warm-limit.ts'

const id = parseBuildingId('b-1')!
const NOW = 1_700_000_000_000

const FACTS: SteeringFacts = {
  mode: { kind: 'auto' },
  overrides: [],
  now: NOW,
  lastSampleAt: NOW - 5 * MINUTE_MS,
  lostAfterMinutes: 60,
  dayMeanOutdoorC: -5,
  seasonEndsC: 15,
  coldestC: 20.5,
  hasIndoorSensor: true,
}
const pressed = (kind: Override['kind'], hours = 1): Override => ({
  building: id,
  kind,
  deltaK: 1,
  untilAt: NOW + hours * HOUR_MS,
  by: 'resident',
})

describe('who steers a building', () => {
  it.each<{ what: string; facts: Partial<SteeringFacts>; expected: object }>([
    { what: 'the plan, as a rule', facts: {}, expected: { kind: 'plan' } },
    {
      what: 'its curve in mode curve',
      facts: { mode: { kind: 'curve' } },
      expected: { kind: 'curve', why: 'operator-curve' },
    },
    {
      what: 'the operator in mode hold',
      facts: { mode: { kind: 'hold', supplyOffsetK: -4 } },
      expected: { kind: 'hold', supplyOffsetK: -4 },
    },
    {
      what: 'the operator though telemetry is lost',
      facts: { mode: { kind: 'hold', supplyOffsetK: 2 }, lastSampleAt: undefined },
      expected: { kind: 'hold', supplyOffsetK: 2 },
    },
    {
      what: 'its curve where a hold would cool a home below 18 °C',
      facts: { mode: { kind: 'hold', supplyOffsetK: -4 }, coldestC: 17.5 },
      expected: { kind: 'curve', why: 'operator-curve' },
    },
    {
      what: 'the operator where a hold warms such a home',
      facts: { mode: { kind: 'hold', supplyOffsetK: 4 }, coldestC: 17.5 },
      expected: { kind: 'hold', supplyOffsetK: 4 },
    },
    {
      what: 'its curve when nothing was ever heard',
      facts: { lastSampleAt: undefined },
      expected: { kind: 'curve', why: 'telemetry-lost' },
    },
    {
      what: 'its curve after an hour of silence',
      facts: { lastSampleAt: NOW - 61 * MINUTE_MS },
      expected: { kind: 'curve', why: 'telemetry-lost' },
    },
    {
      what: 'its curve out of season',
      facts: { dayMeanOutdoorC: 16 },
      expected: { kind: 'curve', why: 'out-of-season' },
    },
    {
      what: 'its curve when a resident aborts',
      facts: { overrides: [pressed('abort')] },
      expected: { kind: 'curve', why: 'resident-override' },
    },
    {
      what: 'the plan again once the abort has ended',
      facts: { overrides: [pressed('abort', -1)] },
      expected: { kind: 'plan' },
    },
    {
      what: 'the meter where there is no sensor',
      facts: { hasIndoorSensor: false, coldestC: undefined },
      expected: { kind: 'meter-only' },
    },
    {
      what: 'its curve where no sensor is valid',
      facts: { coldestC: undefined },
      expected: { kind: 'curve', why: 'not-understood' },
    },
  ])('is $what', ({ facts, expected }) => {
    expect(steering({ ...FACTS, ...facts })).toEqual(expected)
  })

  it('moves the band by what residents press, and only while it lasts', () => {
    expect(bandShiftK([pressed('warmer')], NOW)).toBe(1)
    expect(bandShiftK([pressed('away')], NOW)).toBe(-1)
    expect(bandShiftK([pressed('warmer', -1)], NOW)).toBe(0)
  })
})

describe('the value of heat left at the end', () => {
  const day = Float64Array.from({ length: 96 }, (_, k) => (k >= 28 && k < 40 ? 0.3 : 0.1))

  it('is concave and begins near the dearest hours', () => {
    const value = terminalValue(day, 100, 150, 1000)
    expect(value.slopeEurPerKwh2).toBeGreaterThan(0)
    expect(value.firstEurPerKwh).toBeGreaterThan(0.15)
    expect(value.firstEurPerKwh).toBeLessThanOrEqual(0.4)
  })

  it('is worth less where heat leaks away sooner', () => {
    const tight = terminalValue(day, 100, 300, 1000)
    const leaky = terminalValue(day, 100, 30, 1000)
    expect(leaky.firstEurPerKwh).toBeLessThan(tight.firstEurPerKwh)
  })

  it('follows the price', () => {
    const dear = terminalValue(
      day.map((eur) => 2 * eur),
      100,
      150,
      1000,
    )
    expect(dear.firstEurPerKwh).toBeCloseTo(2 * terminalValue(day, 100, 150, 1000).firstEurPerKwh, 9)
  })

  it('is never convex, whatever the prices', () => {
    for (const prices of [
      day.slice().reverse(),
      new Float64Array(96).fill(-0.1),
      new Float64Array(8).fill(0),
    ]) {
      const value = terminalValue(prices, 50, 100, 500)
      expect(value.slopeEurPerKwh2).toBeGreaterThanOrEqual(0)
      expect(Number.isFinite(value.firstEurPerKwh)).toBe(true)
    }
  })
})

describe('a building with only a meter', () => {
  const eurPerKwh = Float64Array.from({ length: 192 }, (_, k) => (k >= 30 && k < 38 ? 0.4 : 0.1))
  const job = {
    building: id,
    madeAt: NOW,
    start: NOW,
    curveHeatKw: new Float64Array(192).fill(100),
    eurPerKwh,
    floorKw: new Float64Array(192).fill(85),
    movedSlots: 0,
  }

  it('moves by a tenth at most, two hours down and two up, and claims no comfort', () => {
    const { heatKw, indoorC } = planMeterOnly(job)
    expect(heatKw.filter((kw) => kw < 100).length).toBe(8)
    expect(heatKw.filter((kw) => kw > 100).length).toBe(8)
    expect(Math.min(...heatKw)).toBeCloseTo(90, 9)
    expect(Math.max(...heatKw)).toBeCloseTo(110, 9)
    expect(indoorC.every(Number.isNaN)).toBe(true)
  })

  it('is never taken under the floor of its signature', () => {
    const { heatKw } = planMeterOnly({ ...job, floorKw: new Float64Array(192).fill(96) })
    expect(Math.min(...heatKw)).toBe(96)
  })

  it('rests where no two hours stand out', () => {
    const { heatKw } = planMeterOnly({ ...job, eurPerKwh: new Float64Array(192).fill(0.1) })
    expect([...new Set(heatKw)]).toEqual([100])
  })
})

describe('how warm the comfort zone may be made', () => {
  const alike = { roomsC: [20.5, 20.6, 20.7], comfortC: 20.5, band: { minC: 20, maxC: 23 } }

  it('is until the others overheat', () => {
    expect(warmLimitC(0, alike)).toBeCloseTo(22.8, 1)
  })

  it('is not counted against rooms that a careful curve would overheat as well', () => {
    const unequal = { ...alike, roomsC: [20.5, 21, 25] }
    expect(warmLimitC(0, unequal)).toBeGreaterThan(20.2)
    expect(warmLimitC(0, unequal)).toBeLessThan(20.6)
  })

  it('grows with what was spared and shrinks with what was spent', () => {
    const unequal = { ...alike, roomsC: [20.5, 22, 23.5] }
    const none = warmLimitC(0, unequal)
    expect(warmLimitC(6, unequal)).toBeGreaterThan(none)
    expect(warmLimitC(-6, unequal)).toBeLessThanOrEqual(none)
  })

  it('keeps its books in kelvin-hours, within bounds', () => {
    const hot = { ...alike, roomsC: [22, 23, 25], comfortC: 22 }
    expect(overheatingBalanceKh(0, hot, 1)).toBeLessThan(0)
    let balance = 0
    for (let k = 0; k < 1000; k++) balance = overheatingBalanceKh(balance, hot, 1)
    expect(balance).toBe(-6)
  })
})
