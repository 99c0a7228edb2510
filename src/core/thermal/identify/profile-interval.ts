import { factorCholesky, solveCholesky } from '../../math/cholesky.ts'
import { type ScoredProblem, scoredMinimum } from '../../math/scored-minimum.ts'

/** A 95 % interval; `isOpen` where even the bounds are likely, so that the data set no limit. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly isOpen: boolean
}

export interface Optimum {
  readonly x: Float64Array
  readonly deviance: number
  readonly curvature: Float64Array
}

/** √3.84: the deviance of a 95 % interval, as a distance. */
const REACH = 1.96
const CLOSE = 0.12
const MOST_TRIES = 4
const SETTINGS = { maxIterations: 8, tolerance: 0.02 }
const DIFFERENCE = 1e-5
/** How tightly the quantity is held while the rest adapts, in its own standard errors. */
const HOLD = 0.05

/**
 * The profile-likelihood interval of a positive quantity: how far its logarithm can go, all parameters adapting,
 * before the deviance has risen by 3.84.
 */
export function profileInterval(
  problem: ScoredProblem,
  optimum: Optimum,
  quantity: (x: Float64Array) => number,
): Interval {
  const phi = (x: Float64Array) => Math.log(quantity(x))
  const centre = phi(optimum.x)
  const slope = gradient(phi, optimum.x)
  const along = solve(optimum.curvature, slope)
  const error = Math.sqrt(Math.max(1e-12, 2 * dot(slope, along)))
  const side = (sign: 1 | -1) => {
    let best = { phi: centre, reach: 0 }
    let before = best
    for (let k = 0, target = centre + sign * REACH * error; k < MOST_TRIES; k++) {
      const guess = optimum.x.map((value, j) => value + (2 * along[j] * (target - centre)) / (error * error))
      const found = scoredMinimum(held(problem, phi, target, HOLD * error), guess, SETTINGS)
      const reach = Math.sqrt(Math.max(0, problem.deviance(found.x) - optimum.deviance))
      before = best
      best = { phi: phi(found.x), reach }
      if (Math.abs(reach - REACH) < CLOSE) break
      const rise = reach - before.reach
      // A reach that no longer rises is a bound's.
      if (!(Math.abs(rise) > 0.02)) break
      const step = ((REACH - reach) * (best.phi - before.phi)) / rise
      target = best.phi + sign * Math.max(-3 * error, Math.min(3 * error, sign * step))
      if (sign * (target - centre) <= 0) target = centre + sign * 0.5 * Math.abs(best.phi - centre)
    }
    const isOpen = best.reach < 1
    return { isOpen, phi: scaled(best, before, centre) }
  }
  const [low, high] = [side(-1), side(1)]
  return {
    value: Math.exp(centre),
    low: Math.exp(Math.min(centre, low.phi)),
    high: Math.exp(Math.max(centre, high.phi)),
    isOpen: low.isOpen || high.isOpen,
  }
}

/** Standard error of the quantity's logarithm by the curvature at x. */
export function quantityError(
  quantity: (x: Float64Array) => number,
  x: Float64Array,
  curvature: Float64Array,
): number {
  const slope = gradient((at) => Math.log(quantity(at)), x)
  return Math.sqrt(Math.max(1e-12, 2 * dot(slope, solve(curvature, slope))))
}

interface Reached {
  readonly phi: number
  readonly reach: number
}

/** Where the reach is 1.96, straight between the last two points, or as far as was seen. */
function scaled(last: Reached, before: Reached, centre: number): number {
  if (last.reach < 0.3) return last.phi
  const rise = last.reach - before.reach
  if (Math.abs(rise) < 0.05) return centre + ((last.phi - centre) * REACH) / last.reach
  return last.phi + ((REACH - last.reach) * (last.phi - before.phi)) / rise
}

/** The problem with the quantity held near `target`: its minimum lies on the profile wherever it comes to rest. */
function held(
  problem: ScoredProblem,
  phi: (x: Float64Array) => number,
  target: number,
  within: number,
): ScoredProblem {
  const off = (x: Float64Array) => (phi(x) - target) / within
  return {
    lo: problem.lo,
    hi: problem.hi,
    deviance: (x) => problem.deviance(x) + off(x) * off(x),
    linearise(x, slope, curvature) {
      const deviance = problem.linearise(x, slope, curvature)
      const direction = gradient(phi, x)
      const distance = off(x)
      for (let i = 0; i < x.length; i++) {
        slope[i] += (2 * distance * direction[i]) / within
        for (let j = 0; j < x.length; j++) {
          curvature[i * x.length + j] += (2 * direction[i] * direction[j]) / (within * within)
        }
      }
      return deviance + distance * distance
    },
  }
}

function gradient(phi: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const at = phi(x)
  const moved = x.slice()
  return x.map((value, j) => {
    moved[j] = value + DIFFERENCE
    const slope = (phi(moved) - at) / DIFFERENCE
    moved[j] = value
    return slope
  })
}

/** curvature⁻¹ · right; nought where it cannot be had. */
export function solve(curvature: Float64Array, right: Float64Array): Float64Array {
  const factor = curvature.slice()
  const x = right.slice()
  if (!factorCholesky(factor, x.length)) return x.fill(0)
  solveCholesky(factor, x.length, x)
  return x
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i]
  return sum
}
