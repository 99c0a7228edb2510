import { type ScoredProblem, scoredMinimum } from '../../math/scored-minimum.ts'
import { RESPONSE_HOURS, responseKPerKw, timeConstants } from './box-response.ts'
import { greyBoxAt } from './coordinates.ts'
import { type ShapeFit, shapeProblem } from './fit-shape.ts'
import type { GreyBox, Shape } from './grey-box.ts'
import { mixtureInterval, type Side } from './mixture-interval.ts'
import { type Interval, type Optimum, profileInterval, quantityError } from './profile-interval.ts'
import type { FitSeries } from './series.ts'

/** What an engineer would ask of a building, each with a 95 % interval over all models that explain the data. */
export interface Estimates {
  readonly heatLossKwPerK: Interval
  /** The air after two hours of one kW more. */
  readonly response2hKPerKw: Interval
  /** Until a cooling house has lost 63 % of what it was above its end. */
  readonly slowHours: Interval
  readonly capacityKwhPerK: Interval
}

/** A fit, and by how much its criterion is above that of the best. */
export interface Weighed {
  readonly fit: ShapeFit
  readonly behind: number
}

type Quantity = (box: GreyBox, shape: Shape) => number

const QUANTITIES: { readonly [K in keyof Estimates]: Quantity } = {
  heatLossKwPerK: (box) => box.lossKwPerK,
  response2hKPerKw: (box, shape) => responseKPerKw(box, shape, RESPONSE_HOURS),
  slowHours: (box, shape) => timeConstants(box, shape).slowHours,
  capacityKwhPerK: (box) => box.airKwhPerK + box.massKwhPerK,
}

/** Estimates lean on the prior as it is, their intervals on one that may be half as wide again. */
const RELAXED = 1.5
/** Rivals this far behind the best have less than a thirtieth of its weight. */
const FURTHEST_BEHIND = 7

/** By the profile of the chosen fit, widened by what its rivals say where the data do not decide between them. */
export function estimatesOf(series: FitSeries, chosen: Weighed, rivals: readonly Weighed[]): Estimates {
  const list = chosen.fit.list.map((one) => ({ ...one, deviation: RELAXED * one.deviation }))
  const problem = shapeProblem(series, list, chosen.fit.shape)
  const optimum = scoredMinimum(problem, chosen.fit.x, { maxIterations: 10, tolerance: 0.02 })
  const near = rivals.filter(({ behind }) => behind < FURTHEST_BEHIND)
  const interval = (quantity: Quantity) => intervalOf(quantity, { problem, optimum, chosen, near })
  return {
    heatLossKwPerK: interval(QUANTITIES.heatLossKwPerK),
    response2hKPerKw: interval(QUANTITIES.response2hKPerKw),
    slowHours: interval(QUANTITIES.slowHours),
    capacityKwhPerK: interval(QUANTITIES.capacityKwhPerK),
  }
}

interface Evidence {
  readonly problem: ScoredProblem
  readonly optimum: Optimum
  readonly chosen: Weighed
  readonly near: readonly Weighed[]
}

function intervalOf(quantity: Quantity, { problem, optimum, chosen, near }: Evidence): Interval {
  const { fit } = chosen
  const profile = profileInterval(problem, optimum, (x) => quantity(greyBoxAt(fit.list, x), fit.shape))
  const value = quantity(fit.box, fit.shape)
  const sides: Side[] = [
    { behind: chosen.behind, centre: profile.value, low: profile.low, high: profile.high },
    ...near.map((rival) => sideOf(quantity, rival)),
  ]
  const { low, high } = mixtureInterval(sides)
  return { value, low: Math.min(low, value), high: Math.max(high, value), isOpen: profile.isOpen }
}

/** A rival's interval by the curvature at its optimum: enough for what it weighs. */
function sideOf(quantity: Quantity, { fit, behind }: Weighed): Side {
  const { list, shape, x } = fit
  const p = list.length
  const curvature = fit.curvature.slice()
  list.forEach(({ deviation }, j) => {
    curvature[j * p + j] -= (2 / (deviation * deviation)) * (1 - 1 / (RELAXED * RELAXED))
  })
  const of = (at: Float64Array) => quantity(greyBoxAt(list, at), shape)
  const spread = Math.exp(1.96 * quantityError(of, x, curvature))
  const centre = of(x)
  return { behind, centre, low: centre / spread, high: centre * spread }
}

/** Half of a 95 % interval as a share of the value: 0.1 is ±10 %. */
export function halfWidth({ value, low, high, isOpen }: Interval): number {
  return isOpen ? Number.POSITIVE_INFINITY : (high - low) / 2 / value
}
