import { describe, expect, it } from 'vitest'
import { type Innovations, innovations, type MeasuredSystem } from '../../../../src/core/math/innovations.ts'

const COUNT = 400

/** One state that fades, warmed by its input. */
const system: MeasuredSystem = {
  n: 1,
  m: 1,
  a: Float64Array.of(-0.2),
  b: Float64Array.of(0.4),
  q: Float64Array.of(0.09),
  sensorVariance: 0.04,
  startVariance: Float64Array.of(1),
  start: (measured, _samples, _at, x) => {
    x[0] = measured
  },
}

function samplesOf(
  measured: (k: number) => number,
  stepOf: (k: number) => number = (k) => (k === 0 ? -1 : 0),
) {
  return {
    count: COUNT,
    m: 1,
    inputs: Float64Array.from({ length: COUNT }, (_, k) => Math.sin(k / 9)),
    measured: Float64Array.from({ length: COUNT }, (_, k) => measured(k)),
    stepOf: Int32Array.from({ length: COUNT }, (_, k) => stepOf(k)),
    hours: Float64Array.of(0.5, 1.5),
  }
}

/** The textbook's scalar filter, step by step, with no shortcut. */
function textbook(samples: ReturnType<typeof samplesOf>) {
  const error: number[] = []
  const variance: number[] = []
  let [x, p] = [0, 0]
  for (let k = 0; k < samples.count; k++) {
    const hours = samples.hours[samples.stepOf[k]]
    const y = samples.measured[k]
    if (samples.stepOf[k] < 0) {
      ;[x, p] = [y, system.sensorVariance]
      error.push(Number.NaN)
      variance.push(Number.NaN)
      continue
    }
    const f = Math.exp(-0.2 * hours)
    x = f * x + ((0.4 * (1 - f)) / 0.2) * samples.inputs[k]
    p = f * f * p + (0.09 * (1 - f * f)) / 0.4
    const s = p + system.sensorVariance
    error.push(y - x)
    variance.push(Number.isNaN(y) ? Number.NaN : s)
    if (Number.isNaN(y)) continue
    x += (p / s) * (y - x)
    p -= (p * p) / s
  }
  return { error, variance }
}

function run(samples: ReturnType<typeof samplesOf>): Innovations {
  const out = { error: new Float64Array(COUNT), variance: new Float64Array(COUNT) }
  innovations(system, samples, out)
  return out
}

describe('innovations of a Kalman filter', () => {
  it.each([
    { data: 'regular', measured: (k: number) => Math.cos(k / 7), stepOf: undefined },
    {
      data: 'with values missing',
      measured: (k: number) => (k % 97 < 3 ? Number.NaN : k % 5),
      stepOf: undefined,
    },
    {
      data: 'on two steps',
      measured: (k: number) => k % 3,
      stepOf: (k: number) => (k === 0 ? -1 : k % 50 === 0 ? 1 : 0),
    },
    {
      data: 'in two runs',
      measured: (k: number) => k % 4,
      stepOf: (k: number) => (k === 0 || k === 222 ? -1 : 0),
    },
  ])('are those of the textbook on data $data, converged or not', ({ measured, stepOf }) => {
    const samples = samplesOf(measured, stepOf)
    const expected = textbook(samples)
    const { error, variance } = run(samples)
    for (let k = 0; k < COUNT; k++) {
      if (!Number.isNaN(expected.error[k])) expect(error[k]).toBeCloseTo(expected.error[k], 7)
      if (Number.isNaN(expected.variance[k])) expect(variance[k]).toBeNaN()
      else expect(variance[k]).toBeCloseTo(expected.variance[k], 7)
    }
  })
})
