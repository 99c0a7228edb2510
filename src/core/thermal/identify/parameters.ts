import { type Coordinate, fromScale, toScale } from './coordinates.ts'
import type { ShapeFit } from './fit-shape.ts'
import type { GreyBox } from './grey-box.ts'
import { solve } from './profile-interval.ts'

/** A parameter as it was found, and who says so. */
export interface Parameter {
  readonly name: keyof GreyBox
  readonly value: number
  readonly low: number
  readonly high: number
  /** `prior`: the data narrowed what was believed before by less than a third. `bound`: it rests on a limit. */
  readonly toldBy: 'data' | 'prior' | 'bound'
}

const TOLD = 0.67
const REACH = 1.96

/** All parameters with 95 % intervals from the curvature at the optimum. */
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
      toldBy: teller(coordinate, fit.x[j], error),
    }
  })
}

function teller(coordinate: Coordinate, x: number, error: number): Parameter['toldBy'] {
  if (isAtBound(coordinate, x)) return 'bound'
  return error > TOLD * coordinate.deviation ? 'prior' : 'data'
}

function within({ min, max }: Coordinate, value: number): number {
  return Math.max(min, Math.min(max, value))
}

function isAtBound({ min, max, scale }: Coordinate, x: number): boolean {
  const [lo, hi] = [toScale(min, scale), toScale(max, scale)]
  const near = 1e-3 * (hi - lo)
  return x <= lo + near || x >= hi - near
}
