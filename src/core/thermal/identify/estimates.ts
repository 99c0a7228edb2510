import { RESPONSE_HOURS, responseKPerKw, timeConstants } from './box-response.ts'
import { type Coordinate, fromScale, greyBoxAt, toScale } from './coordinates.ts'
import { type ShapeFit, shapeProblem } from './fit-shape.ts'
import { type GreyBox, massConductances } from './grey-box.ts'
import { type Interval, profileInterval, solve } from './profile-interval.ts'
import type { FitSeries } from './series.ts'

/** A parameter as it was found, and who says so. */
export interface Parameter {
  readonly name: keyof GreyBox
  readonly value: number
  readonly low: number
  readonly high: number
  /** `prior`: the data narrowed what was believed before by less than a third. `bound`: it rests on a limit. */
  readonly toldBy: 'data' | 'prior' | 'bound'
}

/** What an engineer would ask of a building, each with its profile-likelihood interval. */
export interface Estimates {
  readonly heatLossKwPerK: Interval
  /** The air after two hours of one kW more. */
  readonly response2hKPerKw: Interval
  /** Until a cooling house has lost 63 % of what it was above its end. */
  readonly slowHours: Interval
  readonly capacityKwhPerK: Interval
}

export function estimatesOf(series: FitSeries, fit: ShapeFit): Estimates {
  const problem = shapeProblem(series, fit.list, fit.shape)
  const interval = (quantity: (box: GreyBox) => number) =>
    profileInterval(problem, fit, (x) => quantity(greyBoxAt(fit.list, x)))
  return {
    heatLossKwPerK: interval((box) => box.lossKwPerK),
    response2hKPerKw: interval((box) => responseKPerKw(box, fit.shape, RESPONSE_HOURS)),
    slowHours: interval((box) => timeConstants(box, fit.shape).slowHours),
    capacityKwhPerK: interval((box) => box.airKwhPerK + box.massKwhPerK),
  }
}

/** Half of a 95 % interval as a share of the value: 0.1 is ±10 %. */
export function halfWidth({ low, high, isOpen }: Interval): number {
  return isOpen ? Number.POSITIVE_INFINITY : (Math.exp(Math.log(high / low)) - 1) / 2 / Math.sqrt(high / low)
}

const TOLD = 0.67
const REACH = 1.96

/** All parameters with intervals from the curvature at the optimum. */
export function parametersOf(fit: ShapeFit): readonly Parameter[] {
  return fit.list.map((coordinate, j) => {
    const unit = new Float64Array(fit.list.length)
    unit[j] = 1
    const error = Math.sqrt(Math.max(0, 2 * solve(fit.curvature, unit)[j]))
    const { name, scale } = coordinate
    const at = (x: number) => within(coordinate, fromScale(x, scale))
    return {
      name,
      value: fromScale(fit.x[j], scale),
      low: at(fit.x[j] - REACH * error),
      high: at(fit.x[j] + REACH * error),
      toldBy: isAtBound(coordinate, fit.x[j])
        ? 'bound'
        : error > TOLD * coordinate.deviation
          ? 'prior'
          : 'data',
    }
  })
}

function within({ min, max }: Coordinate, value: number): number {
  return Math.max(min, Math.min(max, value))
}

function isAtBound({ min, max, scale }: Coordinate, x: number): boolean {
  const [lo, hi] = [toScale(min, scale), toScale(max, scale)]
  const near = 1e-3 * (hi - lo)
  return x <= lo + near || x >= hi - near
}

/** kW/K between air and mass, for a report; null without a mass. */
export function couplingKwPerK(fit: Pick<ShapeFit, 'box' | 'shape'>): number | null {
  return fit.shape.hasMass ? massConductances(fit.box).coupling : null
}
