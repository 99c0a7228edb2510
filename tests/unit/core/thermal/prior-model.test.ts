import { describe, expect, it } from 'vitest'
import { BUILDING_KINDS } from '../../../../src/core/domain/building.ts'
import { discretise } from '../../../../src/core/thermal/discretise.ts'
import { predict, settledMassC } from '../../../../src/core/thermal/predict.ts'
import { priorModel } from '../../../../src/core/thermal/prior-model.ts'
import { heatLossKwPerK, timeConstantHours } from '../../../../src/core/thermal/time-constant.ts'

describe('priorModel', () => {
  it.each(BUILDING_KINDS)('gives a %s a time constant that the field knows', (kind) => {
    const hours = timeConstantHours(priorModel({ kind, floorAreaM2: 2000, builtYear: 1975 }))
    expect(hours).toBeGreaterThan(30)
    expect(hours).toBeLessThan(300)
  })

  it('grows with the floor area', () => {
    const one = priorModel({ kind: 'school', floorAreaM2: 1000, builtYear: 1985 })
    const three = priorModel({ kind: 'school', floorAreaM2: 3000, builtYear: 1985 })
    expect(heatLossKwPerK(three)).toBeCloseTo(3 * heatLossKwPerK(one), 9)
    expect(timeConstantHours(three)).toBeCloseTo(timeConstantHours(one), 6)
  })

  it('never gives a newer building more loss', () => {
    const losses = [1930, 1959, 1965, 1985, 2005, 2015].map((builtYear) =>
      heatLossKwPerK(priorModel({ kind: 'concrete-block', floorAreaM2: 1000, builtYear })),
    )
    expect(losses).toEqual(losses.toSorted((a, b) => b - a))
    expect(losses[5]).toBeLessThan(losses[0] / 2)
  })

  it('cools a concrete block by 0.2 to 1 K in two hours at 40 % less heat, as field trials saw', () => {
    const model = priorModel({ kind: 'concrete-block', floorAreaM2: 2500, builtYear: 1970 })
    const heatKw = heatLossKwPerK(model) * 21
    const steady = { airC: 21, heatKw, outdoorC: 0, solarKw: 0, gainsKw: 0 }
    const from = { airC: 21, massC: settledMassC(model, steady) }
    const step = discretise(model, 2)
    const dropK =
      predict(step, from, steady).airC - predict(step, from, { ...steady, heatKw: 0.6 * heatKw }).airC
    expect(dropK).toBeGreaterThan(0.2)
    expect(dropK).toBeLessThan(1)
  })
})
