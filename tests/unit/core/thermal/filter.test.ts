import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discretise } from '../../../../src/core/thermal/discretise.ts'
import {
  AIR,
  BRIEF,
  createFilter,
  filterNoise,
  MASS,
  SLOW,
  STATES,
  shiftFilter,
  type ThermalFilter,
} from '../../../../src/core/thermal/filter.ts'
import { predict, settledMassC } from '../../../../src/core/thermal/predict.ts'
import { predictFilter } from '../../../../src/core/thermal/predict-filter.ts'
import { priorModel } from '../../../../src/core/thermal/prior-model.ts'
import { heatLossKwPerK } from '../../../../src/core/thermal/time-constant.ts'
import { updateFilter } from '../../../../src/core/thermal/update-filter.ts'

const model = priorModel({ kind: 'concrete-block', floorAreaM2: 2500, builtYear: 1970 })
const noise = filterNoise(model)
const OUTDOOR_C = -5
const gainsKw = model.gainsKw

/** All leading minors of the symmetric matrix by Cholesky; a little below zero is rounding. */
function isPositiveSemidefinite(p: Float64Array): boolean {
  const l = p.slice()
  for (let j = 0; j < STATES; j++) {
    for (let k = 0; k < j; k++) l[j * STATES + j] -= l[j * STATES + k] * l[j * STATES + k]
    if (l[j * STATES + j] < -1e-9 * (1 + p[j * STATES + j])) return false
    const root = Math.sqrt(Math.max(l[j * STATES + j], 1e-300))
    l[j * STATES + j] = root
    for (let i = j + 1; i < STATES; i++) {
      for (let k = 0; k < j; k++) l[i * STATES + j] -= l[i * STATES + k] * l[j * STATES + k]
      l[i * STATES + j] /= root
    }
  }
  return true
}

/** A building with `extraKw(hour)` that the filter is not told of; it is held at 21 °C by its own thermostat. */
function live(days: number, extraKw: (hour: number) => number) {
  const step = discretise(model, 0.25)
  const balanceKw = heatLossKwPerK(model) * (21 - OUTDOOR_C) - gainsKw
  let state = {
    airC: 21,
    massC: settledMassC(model, { airC: 21, heatKw: balanceKw, outdoorC: OUTDOOR_C, solarKw: 0, gainsKw }),
  }
  let filter = createFilter(model, { airC: 21, massC: state.massC })
  let heatKw = balanceKw
  const tell = (hour: number) => {
    const input = { heatKw, outdoorC: OUTDOOR_C, solarKw: 0, gainsKw }
    state = predict(step, state, { ...input, gainsKw: gainsKw + extraKw(hour) })
    filter = predictFilter(filter, model, noise, input, 0.25)
    filter = updateFilter(filter, noise, Math.round(state.airC * 10) / 10, 0.25).filter
    heatKw = Math.max(0, balanceKw + 10 * (21 - state.airC))
  }
  for (let k = 0; k < days * 96; k++) tell(k / 4)
  return { state, filter, heatKw, step }
}

/** The air `hours` ahead by the filter, and as it really comes, with the heat held. */
function freeRun(lived: ReturnType<typeof live>, extraKw: number, hours: number) {
  let { state, filter } = lived
  const input = { heatKw: lived.heatKw, outdoorC: OUTDOOR_C, solarKw: 0, gainsKw }
  for (let k = 0; k < hours * 4; k++) {
    state = predict(lived.step, state, { ...input, gainsKw: gainsKw + extraKw })
    filter = predictFilter(filter, model, noise, input, 0.25)
  }
  return { trueC: state.airC, expectedC: filter.mean[AIR] }
}

describe('the filter', () => {
  it.each([-15, -5, 8, 20])(
    'takes up a steady %d kW that nobody measures, and predicts a day without bias',
    (kw) => {
      const lived = live(6, () => kw)
      expect(lived.filter.mean[SLOW] + lived.filter.mean[BRIEF]).toBeCloseTo(kw, -0.5)
      const run = freeRun(lived, kw, 24)
      expect(Math.abs(run.expectedC - run.trueC)).toBeLessThan(0.15)
    },
  )

  it('does not believe an afternoon of 20 kW of sun for two days', () => {
    const lived = live(7, (hour) => (hour >= 156.5 && hour < 161 ? 20 : 0))
    const before = live(6.5, () => 0).filter.mean[SLOW]
    const sunny = live(6.7, (hour) => (hour >= 156.5 && hour < 161 ? 20 : 0)).filter
    expect(sunny.mean[BRIEF]).toBeGreaterThan(8)
    expect(Math.abs(lived.filter.mean[SLOW] - before)).toBeLessThan(2)
    const run = freeRun(lived, 0, 24)
    expect(Math.abs(run.expectedC - run.trueC)).toBeLessThan(0.2)
  })

  it('finds the mass from the air alone', () => {
    const lived = live(4, () => 0)
    const lost = { ...lived, filter: createFilter(model, { airC: 21, massC: lived.state.massC + 2 }) }
    let { filter, state } = lost
    const input = { heatKw: lived.heatKw, outdoorC: OUTDOOR_C, solarKw: 0, gainsKw }
    for (let k = 0; k < 96 * 2; k++) {
      state = predict(lived.step, state, input)
      filter = updateFilter(predictFilter(filter, model, noise, input, 0.25), noise, state.airC, 0.25).filter
    }
    expect(Math.abs(filter.mean[MASS] - state.massC)).toBeLessThan(0.4)
  })

  it('keeps its covariance symmetric and positive semidefinite, whatever the steps', () => {
    const event = fc.record({
      hours: fc.double({ min: 1 / 60, max: 6, noNaN: true }),
      airC: fc.option(fc.double({ min: 5, max: 40, noNaN: true })),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let filter: ThermalFilter = createFilter(model, { airC: 21, massC: 20 })
        for (const { hours, airC } of events) {
          filter = predictFilter(
            filter,
            model,
            noise,
            { heatKw: 50, outdoorC: 0, solarKw: 0, gainsKw },
            hours,
          )
          if (airC !== null) filter = updateFilter(filter, noise, airC, hours).filter
        }
        for (let i = 0; i < STATES; i++) {
          for (let j = 0; j < i; j++) {
            expect(filter.covariance[i * STATES + j]).toBe(filter.covariance[j * STATES + i])
          }
        }
        expect(isPositiveSemidefinite(filter.covariance)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('is moved little by one reading that cannot be', () => {
    const { filter } = live(3, () => 0)
    const after = updateFilter(filter, noise, 35, 0.25).filter
    expect(after.mean[AIR] - filter.mean[AIR]).toBeLessThan(0.6)
  })

  it('limits how fast the slow part moves', () => {
    const start = createFilter(model, { airC: 21, massC: 20 })
    const after = updateFilter(start, noise, 24, 0.25).filter
    expect(Math.abs(after.mean[SLOW])).toBeLessThanOrEqual(0.25 * noise.slowRateKw + 1e-12)
  })

  it('shifts both temperatures and nothing else', () => {
    const { filter } = live(1, () => 3)
    const shifted = shiftFilter(filter, 0.7)
    expect(shifted.mean[AIR] - filter.mean[AIR]).toBeCloseTo(0.7, 12)
    expect(shifted.mean[MASS] - filter.mean[MASS]).toBeCloseTo(0.7, 12)
    expect(shifted.mean.slice(BRIEF)).toEqual(filter.mean.slice(BRIEF))
  })
})
