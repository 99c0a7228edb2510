/**
 * The heat that a building's own curve takes, and what an offset on it changes, learned hour by hour:
 *
 *   q = Σ hat_i(Tout) θ_i + π(Tout) · [ up⁺(Tout) + down⁻(Tout) − room ]
 *
 * θ_i are kW at three outdoor temperatures, π is the kW a kelvin that a radiator gives by EN 442, `up` and `down`
 * are how much of it comes, in the cold and in the mild, and `room` is what a warmer room refuses. A Kalman filter
 * with a random walk; the walk adds no variance beyond the prior's, so that still weeks cannot wind it up.
 */
import type { Building } from '../domain/building.ts'
import { modelOf } from '../thermal/prior-model.ts'
import { heatLossKwPerK } from '../thermal/time-constant.ts'
import { WEEK_HOURS } from '../thermal/week-profile.ts'
import type { SignatureBelief } from './belief.ts'
import { curveSupplyC } from './curve-supply.ts'

export const TERMS = 8
export const UP = 3
export const DOWN = 5
export const ROOM = 7
const KNOTS_C = [-20, -5, 10] as const
const COLD_C = -15
const MILD_C = 5

const ROOM_C = 21.5
/** Thermostatic valves throttle what is pre-heated and open when it is cut: less up than down, and more by room. */
const PRIOR_UP = 0.7
const PRIOR_DOWN = 0.9
const PRIOR_ROOM = 1.5
const RADIATOR_EXPONENT = 1.3

/** The prior: loss times temperature difference less the gains. */
export function newSignature(building: Building): SignatureBelief {
  const model = modelOf(building)
  const kwPerK = heatLossKwPerK(model)
  const knots = KNOTS_C.map((c) => Math.max(0.1 * kwPerK, kwPerK * (ROOM_C - c) - model.gainsKw))
  const mean = Float64Array.of(...knots, PRIOR_UP, PRIOR_UP, PRIOR_DOWN, PRIOR_DOWN, PRIOR_ROOM)
  const covariance = priorCovariance(knots)
  const priorVariance = Float64Array.from({ length: TERMS }, (_, i) => covariance[i * TERMS + i])
  return {
    mean,
    covariance,
    priorVariance,
    weekKw: new Float64Array(WEEK_HOURS),
    roomC: null,
    hours: 0,
    residualKw: 0.1 * knots[1],
  }
}

// A building that is 30 % off at one temperature is so at the others; the two ends of an effect hang together too.
function priorCovariance(knots: readonly number[]): Float64Array {
  const p = new Float64Array(TERMS * TERMS)
  const own = 0.12 * knots[1]
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) p[i * TERMS + j] = 0.3 * knots[i] * 0.3 * knots[j] + (i === j ? own * own : 0)
  }
  for (const first of [UP, DOWN]) {
    for (let i = first; i < first + 2; i++) {
      for (let j = first; j < first + 2; j++) p[i * TERMS + j] = i === j ? 0.16 : 0.1
    }
  }
  p[ROOM * TERMS + ROOM] = 1
  return p
}

/** Space heat that the untouched curve takes at `outdoorC` with rooms as usual, kW. */
export function signatureHeatKw(signature: SignatureBelief, outdoorC: number): number {
  const [a, b, c] = hats(outdoorC)
  return Math.max(0, a * signature.mean[0] + b * signature.mean[1] + c * signature.mean[2])
}

/** What EN 442 lets one kelvin of supply change, kW. */
export function radiatorKwPerK(signature: SignatureBelief, building: Building, outdoorC: number): number {
  const excessK = Math.max(5, curveSupplyC(building, outdoorC) - ROOM_C)
  return (RADIATOR_EXPONENT * signatureHeatKw(signature, outdoorC)) / excessK
}

/** The learned share of the radiator's effect at `outdoorC`; `first` is UP or DOWN. */
export function effectShare(signature: SignatureBelief, first: number, outdoorC: number): number {
  const mild = mildness(outdoorC)
  const share = (1 - mild) * signature.mean[first] + mild * signature.mean[first + 1]
  return Math.max(0.05, Math.min(2, share))
}

/** Means over one hour. */
export interface HeatHour {
  readonly spaceKw: number
  readonly outdoorC: number
  /** Kelvins of supply. */
  readonly offsetK: number
  readonly roomC: number | null
  /** Hour of the local week. */
  readonly weekHour: number
  /** Standard deviation of `spaceKw` as metered. */
  readonly noiseKw: number
}

/** What the signature expects of such an hour, kW. */
export function expectedKw(signature: SignatureBelief, building: Building, hour: HeatHour): number {
  return dot(terms(signature, building, hour), signature.mean) + signature.weekKw[hour.weekHour]
}

/** The regressors of one hour, in the order of the terms. */
export function terms(signature: SignatureBelief, building: Building, hour: HeatHour): Float64Array {
  const perK = radiatorKwPerK(signature, building, hour.outdoorC)
  const mild = mildness(hour.outdoorC)
  const up = perK * Math.max(0, hour.offsetK)
  const down = perK * Math.min(0, hour.offsetK)
  const warmerK = hour.roomC === null || signature.roomC === null ? 0 : hour.roomC - signature.roomC
  const [a, b, c] = hats(hour.outdoorC)
  return Float64Array.of(a, b, c, (1 - mild) * up, mild * up, (1 - mild) * down, mild * down, -perK * warmerK)
}

/** Shares of the three knots, straight on beyond both ends. */
function hats(outdoorC: number): readonly [number, number, number] {
  const [low, mid, high] = KNOTS_C
  if (outdoorC < mid) {
    const share = (mid - outdoorC) / (mid - low)
    return [share, 1 - share, 0]
  }
  const share = (outdoorC - mid) / (high - mid)
  return [0, 1 - share, share]
}

/** 0 in the cold, 1 in the mild: between which of the two ends of an effect counts. */
export function mildness(outdoorC: number): number {
  return Math.max(0, Math.min(1, (outdoorC - COLD_C) / (MILD_C - COLD_C)))
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
