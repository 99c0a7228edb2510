import { type Innovations, innovations } from '../../math/innovations.ts'
import { type ScoredProblem, scoredMinimum } from '../../math/scored-minimum.ts'
import { boxSystem } from './box-system.ts'
import { type Coordinate, coordinates, greyBoxAt, toScale } from './coordinates.ts'
import type { GreyBox, Shape } from './grey-box.ts'
import type { FitSeries } from './series.ts'
import type { IdentifyPrior } from './telemetry.ts'

/** One shape fitted to one series. */
export interface ShapeFit {
  readonly shape: Shape
  readonly list: readonly Coordinate[]
  readonly x: Float64Array
  readonly box: GreyBox
  /** −2 ln of the likelihood alone, and with the prior. */
  readonly likelihoodDeviance: number
  readonly deviance: number
  /** Expected curvature of `deviance`; twice its inverse is the covariance of x. */
  readonly curvature: Float64Array
  readonly compared: number
  readonly converged: boolean
}

/** Of a deviance: a hundredth of what an information criterion or an interval turns on. */
const TOLERANCE = 0.01
const MOST_ITERATIONS = 40
/** Forward differences in units of the prior's deviation. */
const DIFFERENCE = 1e-4

/** The problem of fitting `shape`: −2 ln L by innovations, plus the prior's squares. */
export function shapeProblem(series: FitSeries, list: readonly Coordinate[], shape: Shape): ScoredProblem {
  const at = innovationsOf(series)
  const near = innovationsOf(series)
  const p = list.length
  const errors = new Float64Array(p * series.count)
  const logs = new Float64Array(p * series.count)
  const filter = (x: Float64Array, out: Innovations) =>
    innovations(boxSystem(greyBoxAt(list, x), shape), series, out)
  return {
    lo: Float64Array.from(list, ({ min, scale }) => toScale(min, scale)),
    hi: Float64Array.from(list, ({ max, scale }) => toScale(max, scale)),
    deviance(x) {
      filter(x, near)
      return devianceOf(near) + priorDeviance(list, x)
    },
    linearise(x, slope, curvature) {
      filter(x, at)
      const moved = x.slice()
      for (let j = 0; j < p; j++) {
        const step = DIFFERENCE * list[j].deviation
        moved[j] = x[j] + step
        filter(moved, near)
        moved[j] = x[j]
        differences(at, near, step, { errors, logs, from: j * series.count })
      }
      score(at, { errors, logs }, slope, curvature)
      return devianceOf(at) + addPrior(list, x, slope, curvature)
    },
  }
}

function innovationsOf({ count }: FitSeries): Innovations {
  return { error: new Float64Array(count), variance: new Float64Array(count) }
}

/** Σ e²/S + ln S. */
function devianceOf({ error, variance }: Innovations): number {
  let sum = 0
  for (let k = 0; k < error.length; k++) {
    const s = variance[k]
    if (s > 0) sum += (error[k] * error[k]) / s + Math.log(s)
  }
  return Number.isFinite(sum) ? sum : Number.POSITIVE_INFINITY
}

interface Columns {
  readonly errors: Float64Array
  readonly logs: Float64Array
}

/** Derivatives of e/√S with S held, and of ln S; nought where nothing was compared. */
function differences(at: Innovations, near: Innovations, step: number, to: Columns & { from: number }): void {
  for (let k = 0; k < at.error.length; k++) {
    const s = at.variance[k]
    const isCompared = s > 0
    to.errors[to.from + k] = isCompared ? (near.error[k] - at.error[k]) / (step * Math.sqrt(s)) : 0
    to.logs[to.from + k] = isCompared ? (near.variance[k] - s) / (step * s) : 0
  }
}

function score(
  at: Innovations,
  { errors, logs }: Columns,
  slope: Float64Array,
  curvature: Float64Array,
): void {
  const p = slope.length
  const count = at.error.length
  for (let i = 0; i < p; i++) {
    let down = 0
    for (let k = 0; k < count; k++) {
      const s = at.variance[k]
      if (!(s > 0)) continue
      const r = at.error[k] / Math.sqrt(s)
      down += 2 * r * errors[i * count + k] + (1 - r * r) * logs[i * count + k]
    }
    slope[i] = down
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = 0; k < count; k++) {
        sum += 2 * errors[i * count + k] * errors[j * count + k] + logs[i * count + k] * logs[j * count + k]
      }
      curvature[i * p + j] = sum
      curvature[j * p + i] = sum
    }
  }
}

export function priorDeviance(list: readonly Coordinate[], x: ArrayLike<number>): number {
  let sum = 0
  for (let j = 0; j < list.length; j++) {
    const z = (x[j] - toScale(list[j].centre, list[j].scale)) / list[j].deviation
    sum += z * z
  }
  return sum
}

function addPrior(
  list: readonly Coordinate[],
  x: Float64Array,
  slope: Float64Array,
  curvature: Float64Array,
) {
  for (let j = 0; j < list.length; j++) {
    const { centre, scale, deviation } = list[j]
    slope[j] += (2 * (x[j] - toScale(centre, scale))) / (deviation * deviation)
    curvature[j * list.length + j] += 2 / (deviation * deviation)
  }
  return priorDeviance(list, x)
}

/** The likeliest parameters of a shape, from the best of several starts. */
export function fitShape(
  series: FitSeries,
  prior: IdentifyPrior,
  shape: Shape,
  starts: readonly Partial<GreyBox>[],
): ShapeFit {
  const list = coordinates(prior, shape)
  const problem = shapeProblem(series, list, shape)
  const found = starts.map((start) => {
    const x = Float64Array.from(list, ({ name, scale, centre, min, max }) =>
      toScale(Math.max(min, Math.min(max, start[name] ?? centre)), scale),
    )
    return scoredMinimum(problem, x, { maxIterations: MOST_ITERATIONS, tolerance: TOLERANCE })
  })
  const best = found.reduce((least, next) => (next.deviance < least.deviance ? next : least))
  return {
    shape,
    list,
    x: best.x,
    box: greyBoxAt(list, best.x),
    likelihoodDeviance: best.deviance - priorDeviance(list, best.x),
    deviance: best.deviance,
    curvature: best.curvature,
    compared: comparedCount(series),
    converged: best.status === 'converged',
  }
}

function comparedCount({ count, stepOf, measured }: FitSeries): number {
  let compared = 0
  for (let k = 0; k < count; k++) if (stepOf[k] >= 0 && Number.isFinite(measured[k])) compared++
  return compared
}
