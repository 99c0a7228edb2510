import { expect, it } from 'vitest'
import { SLOT_HOURS } from '../../../../src/core/domain/instant.ts'
import { leastSquares } from '../../../../src/core/math/least-squares.ts'
import { discretise } from '../../../../src/core/thermal/discretise.ts'
import { predict } from '../../../../src/core/thermal/predict.ts'
import { priorModel } from '../../../../src/core/thermal/prior-model.ts'
import {
  PARAMETER_COUNT,
  parameterBounds,
  priorResiduals,
  scaledModel,
} from '../../../../src/replay/fit/model-parameters.ts'
import { WINDOW_RESIDUALS, windowResiduals } from '../../../../src/replay/fit/window-residuals.ts'

const SLOTS = 1344
const STARTS = [96, 288, 480, 672, 864, 1056]
const prior = priorModel({ kind: 'concrete-block', floorAreaM2: 2000, builtYear: 1970 })
const truth = scaledModel(prior, Float64Array.of(0.5, -0.4, 0.3, 0.2, -0.2, 0.3, 0.1, -0.1))

/** A life of a building that is exactly `truth`, its heat moved in steps. */
function life() {
  const step = discretise(truth, SLOT_HOURS)
  const heatKw = Float64Array.from({ length: SLOTS }, (_, k) => 45 + ((Math.floor(k / 23) * 37) % 41) - 20)
  const outdoorC = Float64Array.from({ length: SLOTS }, (_, k) => -5 + 5 * Math.sin(k / 60))
  const solarWm2 = Float64Array.from({ length: SLOTS }, (_, k) => Math.max(0, 200 * Math.sin(k / 15.3)))
  let state = { airC: 21, massC: 21 }
  const airC = Float64Array.from({ length: SLOTS }, (_, k) => {
    const solarKw = (truth.apertureM2 * solarWm2[k]!) / 1000
    state = predict(step, state, {
      heatKw: heatKw[k]!,
      outdoorC: outdoorC[k]!,
      solarKw,
      gainsKw: truth.gainsKw,
    })
    return state.airC
  })
  return { airC, heatKw, outdoorC, solarWm2 }
}

const sizeOf = (errors: Float64Array) =>
  Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)

it('leaves almost nothing of the errors of the true model, and much of a wrong one', () => {
  const seen = life()
  const right = new Float64Array(STARTS.length * WINDOW_RESIDUALS)
  const wrong = right.slice()
  windowResiduals(truth, seen, STARTS, right)
  windowResiduals(prior, seen, STARTS, wrong)
  expect(sizeOf(right)).toBeLessThan(0.15 * sizeOf(wrong))
})

it('finds the parameters that heat steps tell apart', () => {
  const seen = life()
  const count = STARTS.length * WINDOW_RESIDUALS
  const { x } = leastSquares({
    residuals(at, out) {
      windowResiduals(scaledModel(prior, at), seen, STARTS, out)
      for (let k = 0; k < count; k++) out[k]! *= 20
      priorResiduals(at, out, count)
    },
    residualCount: count + PARAMETER_COUNT,
    start: new Float64Array(PARAMETER_COUNT),
    ...parameterBounds(prior),
  })
  const found = scaledModel(prior, x)
  expect(found.massKwhPerK / truth.massKwhPerK).toBeGreaterThan(0.85)
  expect(found.massKwhPerK / truth.massKwhPerK).toBeLessThan(1.18)
})

it('does not hold what was not seen against a model', () => {
  const seen = life()
  const out = new Float64Array(WINDOW_RESIDUALS)
  seen.airC.fill(Number.NaN, 100, 200)
  windowResiduals(truth, seen, [96], out)
  expect(out.every(Number.isFinite)).toBe(true)
})
