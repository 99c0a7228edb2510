import { expect, it } from 'vitest'
import { discretise } from '../../../../../src/core/thermal/discretise.ts'
import { responseKPerKw, timeConstants } from '../../../../../src/core/thermal/identify/box-response.ts'
import { coordinates, greyBoxAt, toScale } from '../../../../../src/core/thermal/identify/coordinates.ts'
import { priorByType } from '../../../../../src/core/thermal/identify/identify-prior.ts'
import { toThermalModel } from '../../../../../src/core/thermal/identify/to-thermal-model.ts'
import { heatLossKwPerK, timeConstantHours } from '../../../../../src/core/thermal/time-constant.ts'

const prior = priorByType({ kind: 'concrete-block', floorAreaM2: 3000, builtYear: 1975 })

it.each([
  { hasMass: true, hasEmitter: false },
  { hasMass: true, hasEmitter: true },
  { hasMass: false, hasEmitter: false },
  { hasMass: false, hasEmitter: true },
])(
  'the plan’s model of a building ($hasMass, $hasEmitter) loses, lasts and answers as the fit does',
  (some) => {
    const shape = { ...some, hasSun: true, hasHabit: false }
    const list = coordinates(prior, shape)
    const box = greyBoxAt(
      list,
      list.map(({ centre, scale }) => toScale(centre, scale)),
    )
    const model = toThermalModel(box, shape)
    expect(heatLossKwPerK(model)).toBeCloseTo(box.lossKwPerK, 8)
    expect(timeConstantHours(model) / timeConstants(box, shape).slowHours).toBeCloseTo(1, 1)
    // A single mass has no quick part to take a delay from: there the answer is only near.
    const answer = discretise(model, 2).bHeat1 / responseKPerKw(box, shape, 2)
    if (shape.hasMass) expect(answer).toBeCloseTo(1, 6)
    else expect(Math.abs(answer - 1)).toBeLessThan(0.25)
  },
)
