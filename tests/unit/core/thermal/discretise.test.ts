import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ThermalModel } from '../../../../src/core/domain/building.ts'
import { discretise } from '../../../../src/core/thermal/discretise.ts'
import { predict, settledMassC } from '../../../../src/core/thermal/predict.ts'
import { priorModel } from '../../../../src/core/thermal/prior-model.ts'
import { heatLossKwPerK, timeConstantHours } from '../../../../src/core/thermal/time-constant.ts'

const block = priorModel({ kind: 'concrete-block', floorAreaM2: 2500, builtYear: 1970 })
const input = { heatKw: 60, outdoorC: -8, solarKw: 5, gainsKw: 9 }

/** Thousands of small Heun steps: no formula in common with what is tested. */
function integrate(model: ThermalModel, hours: number) {
  let [air, mass] = [21, 20]
  const steps = 20_000
  const h = hours / steps
  const slope = (a: number, m: number) => {
    const exchange = model.couplingKwPerK * (m - a)
    const toAir = model.heatToAirRatio * input.heatKw + input.gainsKw + input.solarKw / 2
    const toMass = (1 - model.heatToAirRatio) * input.heatKw + input.solarKw / 2
    return [
      (toAir + exchange + model.airLossKwPerK * (input.outdoorC - a)) / model.airKwhPerK,
      (toMass - exchange + model.massLossKwPerK * (input.outdoorC - m)) / model.massKwhPerK,
    ]
  }
  for (let k = 0; k < steps; k++) {
    const [a1, m1] = slope(air, mass)
    const [a2, m2] = slope(air + h * a1, mass + h * m1)
    air += (h * (a1 + a2)) / 2
    mass += (h * (m1 + m2)) / 2
  }
  return { airC: air, massC: mass }
}

const modelArbitrary = fc.record({
  airKwhPerK: fc.double({ min: 0.5, max: 50, noNaN: true }),
  massKwhPerK: fc.double({ min: 20, max: 2000, noNaN: true }),
  couplingKwPerK: fc.double({ min: 0.5, max: 200, noNaN: true }),
  airLossKwPerK: fc.double({ min: 0, max: 10, noNaN: true }),
  massLossKwPerK: fc.double({ min: 0, max: 10, noNaN: true }),
  apertureM2: fc.constant(50),
  gainsKw: fc.constant(5),
  heatToAirRatio: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('discretise', () => {
  it.each([0.25, 1, 6])('agrees with small steps over %d h', (hours) => {
    const exact = predict(discretise(block, hours), { airC: 21, massC: 20 }, input)
    const small = integrate(block, hours)
    expect(exact.airC).toBeCloseTo(small.airC, 5)
    expect(exact.massC).toBeCloseTo(small.massC, 5)
  })

  it('gives the same after two halves as after the whole', () => {
    fc.assert(
      fc.property(modelArbitrary, fc.double({ min: 0.01, max: 24, noNaN: true }), (model, hours) => {
        const half = discretise(model, hours / 2)
        const start = { airC: 21, massC: 19 }
        const twice = predict(half, predict(half, start, input), input)
        const once = predict(discretise(model, hours), start, input)
        expect(twice.airC).toBeCloseTo(once.airC, 6)
        expect(twice.massC).toBeCloseTo(once.massC, 6)
      }),
    )
  })

  it('rests at the outside temperature without heat', () => {
    fc.assert(
      fc.property(modelArbitrary, (model) => {
        const step = discretise(model, 0.25)
        const rest = predict(
          step,
          { airC: -8, massC: -8 },
          { heatKw: 0, outdoorC: -8, solarKw: 0, gainsKw: 0 },
        )
        expect(rest.airC).toBeCloseTo(-8, 8)
        expect(rest.massC).toBeCloseTo(-8, 8)
      }),
    )
  })

  it('holds a building that neither loses nor exchanges heat', () => {
    const dead = { ...block, couplingKwPerK: 0, airLossKwPerK: 0, massLossKwPerK: 0 }
    const after = predict(
      discretise(dead, 1),
      { airC: 20, massC: 18 },
      { ...input, heatKw: 0, gainsKw: 7, solarKw: 0 },
    )
    expect(after).toEqual({ airC: 20 + 7 / dead.airKwhPerK, massC: 18 })
  })
})

describe('the settled building', () => {
  it('loses what heatLossKwPerK says', () => {
    const kwPerK = heatLossKwPerK(block)
    const heated = { heatKw: 0, outdoorC: -10, solarKw: 0, gainsKw: kwPerK * 30 }
    const state = { airC: 20, massC: settledMassC(block, { airC: 20, ...heated }) }
    const after = predict(discretise(block, 100), state, heated)
    expect(after.airC).toBeCloseTo(20, 6)
    expect(after.massC).toBeCloseTo(state.massC, 6)
  })

  it('falls to 1/e in its time constant', () => {
    const cold = { heatKw: 0, outdoorC: 0, solarKw: 0, gainsKw: 0 }
    const late = predict(discretise(block, 40), { airC: 20, massC: 20 }, cold)
    const later = predict(discretise(block, timeConstantHours(block)), late, cold)
    expect(later.massC / late.massC).toBeCloseTo(Math.exp(-1), 6)
  })
})
