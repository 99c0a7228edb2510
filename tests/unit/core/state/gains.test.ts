import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'
import type { Belief } from '../../../../src/core/state/belief.ts'
import { forecastGains } from '../../../../src/core/state/forecast-gains.ts'
import { needsReplan } from '../../../../src/core/state/needs-replan.ts'
import { newBelief } from '../../../../src/core/state/new-belief.ts'
import { observe } from '../../../../src/core/state/observe.ts'
import { flags } from '../../../../src/core/state/saturation.ts'
import { discretise } from '../../../../src/core/thermal/discretise.ts'
import { predict, settledMassC } from '../../../../src/core/thermal/predict.ts'
import { priorModel } from '../../../../src/core/thermal/prior-model.ts'
import { heatLossKwPerK } from '../../../../src/core/thermal/time-constant.ts'
import { block, live, quarter, ripple, rooms, sampleAt, worldOf, ZONE } from './pretend.ts'

const DAY = 96
const OUTDOOR_C = -5
const model = priorModel(block)
const balanceKw = heatLossKwPerK(model) * (21 - OUTDOOR_C) - model.gainsKw

/** A building as its model says, held near 21 °C, with `extraKw` of heat at local hour `hour` that nobody meters. */
function heatedBy(days: number, extraKw: (hour: number, day: number) => number): Belief {
  const step = discretise(model, 0.25)
  const still = { outdoorC: OUTDOOR_C, solarKw: 0, gainsKw: model.gainsKw }
  let state = { airC: 21, massC: settledMassC(model, { airC: 21, heatKw: balanceKw, ...still }) }
  let belief = newBelief(block, 0)
  for (let k = 1; k <= days * DAY; k++) {
    const spaceHeatKw = balanceKw + 10 * (21 - state.airC)
    // Helsinki is two hours ahead of the start's midnight.
    const hours = (k - 1) / 4 + 2
    const extra = extraKw(hours % 24, Math.floor(hours / 24))
    state = predict(step, state, { ...still, heatKw: spaceHeatKw, gainsKw: model.gainsKw + extra })
    const readings = { ...rooms(Math.round(10 * (state.airC + ripple(k, 0))) / 10), spaceHeatKw }
    belief = observe(belief, block, sampleAt(quarter(k), readings), worldOf(OUTDOOR_C))
  }
  return belief
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, kw) => sum + kw, 0) / values.length
}

describe('unmeasured heat ahead', () => {
  it.each([-12, 9])('is what a steady %d kW was', (kw) => {
    const belief = heatedBy(8, () => kw)
    const ahead = forecastGains(belief, quarter(8 * DAY), 2 * DAY, ZONE)
    expect(Math.abs(meanOf(ahead) - kw)).toBeLessThan(1)
  })

  it('does not hold an afternoon of 20 kW of sun for a habit', () => {
    const belief = heatedBy(8, (hour, day) => (day === 7 && hour >= 12 && hour < 17 ? 20 : 0))
    const ahead = forecastGains(belief, quarter(8 * DAY), 2 * DAY, ZONE)
    expect(Math.max(...ahead)).toBeLessThan(4)
    expect(Math.abs(meanOf(ahead))).toBeLessThan(1.5)
  })

  it('holds what comes every evening for a habit', () => {
    const belief = heatedBy(15, (hour) => (hour >= 17 && hour < 22 ? 12 : 0))
    const ahead = forecastGains(belief, Date.parse('2024-01-24T00:00:00+02:00'), DAY, ZONE)
    const evening = meanOf(ahead.slice(17 * 4, 22 * 4))
    const rest = meanOf(ahead.slice(4 * 4, 14 * 4))
    expect(evening - rest).toBeGreaterThan(7)
    expect(evening - rest).toBeLessThan(14)
  })

  it('is none for a building that nobody feels', () => {
    const belief = live(DAY, () => ({ heatKw: 60 }))
    expect([...forecastGains(belief, quarter(DAY), 4, ZONE)]).toEqual([0, 0, 0, 0])
  })
})

describe('a filter over gaps', () => {
  it('goes on over six hours of silence', () => {
    const before = heatedBy(6, () => 0)
    const after = live(1, () => ({ ...rooms(21), spaceHeatKw: balanceKw }), {
      from: before,
      first: 6 * DAY + 24,
    })
    expect(after.filter!.covariance[0]).toBeLessThan(0.1)
    expect(Math.abs(after.filter!.mean[1] - before.filter!.mean[1])).toBeLessThan(0.3)
  })

  it('begins anew after days of silence, keeping what is slow', () => {
    const before = heatedBy(6, () => 8)
    const after = live(1, () => ({ ...rooms(18), spaceHeatKw: 20 }), { from: before, first: 9 * DAY })
    expect(after.filter!.mean[0]).toBe(18)
    expect(after.filter!.mean[2]).toBe(0)
    expect(after.filter!.mean[3]).toBe(before.filter!.mean[3])
  })
})

describe('the outdoor temperature', () => {
  const away = (sensorC: (k: number) => number, weatherC = (_at: number) => -5) =>
    live(DAY, (k) => ({ heatKw: 60, outdoorC: sensorC(k) }), { world: worldOf(weatherC) })

  it('is the building’s own where its sensor is sane, whose distance from the weather is learned', () => {
    const belief = away((k) => -4 + ripple(k, 0))
    expect(belief.outdoor.source).toBe('sensor')
    expect(belief.outdoor.biasK).toBeGreaterThan(0.5)
    expect(belief.outdoor.biasK).toBeLessThan(1)
  })

  it.each([
    { what: 'hangs in a flat', sensor: () => 21, weather: () => -5 },
    { what: 'stands still', sensor: () => -3, weather: (at: number) => -3 + 3 * Math.sin(at / 1.3e7) },
  ])('is the weather’s where the sensor $what', ({ sensor, weather }) => {
    const belief = away(sensor, weather)
    expect(belief.outdoor.source).toBe('weather')
    expect(flags(belief)).toContain('outdoor-sensor')
  })

  it('is the sensor’s alone where no weather is known', () => {
    const belief = away(
      () => -23,
      () => Number.NaN,
    )
    expect(belief.outdoor).toMatchObject({ outdoorC: -23, source: 'sensor', biasK: 0 })
    const blind = live(3, () => rooms(21), {
      from: live(3, () => rooms(21), { world: worldOf(-7) }),
      first: 4,
      world: worldOf(Number.NaN),
    })
    expect(blind.outdoor.outdoorC).toBe(-7)
    expect([...blind.filter!.mean].every(Number.isFinite)).toBe(true)
  })

  it('has a mean of the day, for the heating season', () => {
    const belief = live(4 * DAY, () => ({ heatKw: 0 }), {
      world: worldOf((at) => (at < quarter(DAY) ? 0 : 18)),
    })
    expect(belief.outdoor.dayMeanC).toBeGreaterThan(16)
  })
})

describe('needing a new plan', () => {
  const cold = (c: number, from = live(DAY, (k) => rooms(21, 20.4 + ripple(k, 0)))) =>
    live(1, () => rooms(21, c), { from, first: DAY + 1 })

  it.each([
    { c: 20.1, expected: false },
    { c: 19.6, expected: false },
    { c: 19.4, expected: true },
  ])('is $expected when a zone falls to $c of 20 °C', ({ c, expected }) => {
    expect(needsReplan(cold(c), quarter(DAY + 1))).toBe(expected)
  })

  it('is news once, until the zone has come back', () => {
    const first = cold(19.4)
    const still = live(1, () => rooms(21, 19.3), { from: first, first: DAY + 2 })
    expect(needsReplan(still, quarter(DAY + 2))).toBe(false)
    const nearly = live(1, () => rooms(21, 19.6), { from: still, first: DAY + 3 })
    const again = live(1, () => rooms(21, 19.4), { from: nearly, first: DAY + 4 })
    expect(needsReplan(again, quarter(DAY + 4))).toBe(false)
    const back = live(1, () => rooms(21, 19.8), { from: again, first: DAY + 5 })
    const anew = live(1, () => rooms(21, 19.4), { from: back, first: DAY + 6 })
    expect(needsReplan(anew, quarter(DAY + 6))).toBe(true)
  })

  it('is not called for by a room with its window open, nor by old news', () => {
    expect(needsReplan(cold(18.9), quarter(DAY + 1))).toBe(false)
    expect(needsReplan(cold(19.4), quarter(DAY + 1) + HOUR_MS)).toBe(false)
  })
})
