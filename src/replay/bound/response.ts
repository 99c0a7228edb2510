import type { SampledLife } from './sampled-life.ts'

/** Modes that each forget at their own pace: y' = a y + (1 − a)·kW, slot by slot, shared by all zones. */
export const MODES = 3

/** What a deviation of heat does, as sums over the modes: K and kWh a kW. */
export interface Response {
  readonly keep: Float64Array
  readonly zoneK: readonly Float64Array[]
  readonly meanK: Float64Array
  readonly storedKwh: Float64Array
}

const TAU_HOURS = [0.35, 0.7, 1.5, 3, 6, 12, 25, 50, 100, 200, 400]
const KEEP = TAU_HOURS.map((hours) => Math.exp(-0.25 / hours))

/** Fits the difference of two lives under the same sky: weather, people and sun cancel. */
export function fitResponse(base: SampledLife, moved: SampledLife): Response {
  const duKw = moved.heatKw.map((kw, k) => kw - base.heatKw[k]!)
  const modes = KEEP.map((keep) => filtered(duKw, keep))
  const gram = modes.map((left) => modes.map((right) => dot(left, right)))
  const zones = base.zoneC.map((c, z) => projected(modes, difference(moved.zoneC[z]!, c)))
  const chosen = bestModes(gram, zones)
  const stored = projected(modes, difference(moved.storedKwh, base.storedKwh))
  const zoneK = zones.map((zone) => coefficients(gram, zone, chosen).c)
  return {
    keep: Float64Array.from(chosen, (j) => KEEP[j]!),
    zoneK,
    meanK: Float64Array.from({ length: MODES }, (_, j) => meanOf(zoneK, j)),
    storedKwh: coefficients(gram, stored, chosen).c,
  }
}

/** Modes' states after each slot, one series a mode. */
export function modeStates(response: Response, duKw: Float64Array): readonly Float64Array[] {
  return Array.from(response.keep, (keep) => filtered(duKw, keep))
}

/** Root mean square error of all zones' deviations between two lives that the fit has not seen, K. */
export function responseRmseC(response: Response, base: SampledLife, moved: SampledLife): number {
  const states = modeStates(response, difference(moved.heatKw, base.heatKw))
  let squares = 0
  base.zoneC.forEach((series, z) => {
    const gains = response.zoneK[z]!
    for (let k = 0; k < series.length; k++) {
      let error = moved.zoneC[z]![k]! - series[k]!
      for (let j = 0; j < MODES; j++) error -= gains[j]! * states[j]![k]!
      squares += (error * error) / series.length
    }
  })
  return Math.sqrt(squares / base.zoneC.length)
}

const CLEAR_RISE_K = 0.2

/**
 * The share of its fitted rise that each zone shows between two lives where it becomes warmer: hot rooms air more and
 * their valves shut. Never above one, so that no room is held to warm more than the fit says.
 */
export function riseShares(response: Response, base: SampledLife, moved: SampledLife): number[] {
  const states = modeStates(response, difference(moved.heatKw, base.heatKw))
  return base.zoneC.map((series, z) => {
    const gains = response.zoneK[z]!
    let both = 0
    let fitted = 0
    for (let k = 0; k < series.length; k++) {
      let riseK = 0
      for (let j = 0; j < MODES; j++) riseK += gains[j]! * states[j]![k]!
      if (riseK < CLEAR_RISE_K) continue
      both += riseK * (moved.zoneC[z]![k]! - series[k]!)
      fitted += riseK * riseK
    }
    return fitted > 0 ? Math.max(0, Math.min(1, both / fitted)) : 1
  })
}

function filtered(duKw: Float64Array, keep: number): Float64Array {
  let y = 0
  return duKw.map((kw) => {
    y = keep * y + (1 - keep) * kw
    return y
  })
}

interface Projection {
  readonly on: readonly number[]
  readonly square: number
}

function projected(modes: readonly Float64Array[], target: Float64Array): Projection {
  return { on: modes.map((mode) => dot(mode, target)), square: dot(target, target) }
}

/** The set of modes that leaves least of all zones' deviations unexplained. */
function bestModes(gram: readonly number[][], zones: readonly Projection[]): readonly number[] {
  let best: readonly number[] = []
  let least = Number.POSITIVE_INFINITY
  for (const set of subsets(KEEP.length, MODES)) {
    const left = zones.reduce((sum, zone) => sum + zone.square - coefficients(gram, zone, set).explained, 0)
    if (left < least) {
      least = left
      best = set
    }
  }
  return best
}

/** Least squares with no coefficient below zero: heat warms every room. */
function coefficients(gram: readonly number[][], { on }: Projection, set: readonly number[]) {
  let best = { c: new Float64Array(set.length), explained: 0 }
  for (let mask = 1; mask < 1 << set.length; mask++) {
    const used = set.filter((_, j) => mask & (1 << j))
    const solved = solveSmall(
      used.map((row) => used.map((column) => gram[row]![column]!)),
      used.map((row) => on[row]!),
    )
    if (!solved?.every((value) => value >= 0)) continue
    const explained = solved.reduce((sum, value, i) => sum + value * on[used[i]!]!, 0)
    if (explained <= best.explained) continue
    const c = new Float64Array(set.length)
    used.forEach((mode, i) => {
      c[set.indexOf(mode)] = solved[i]!
    })
    best = { c, explained }
  }
  return best
}

/** Gauss without pivoting: the matrices are positive definite. */
function solveSmall(matrix: number[][], right: number[]): number[] | undefined {
  const n = right.length
  for (let i = 0; i < n; i++) {
    const pivot = matrix[i]![i]!
    if (!(pivot > 0)) return undefined
    for (let row = i + 1; row < n; row++) {
      const ratio = matrix[row]![i]! / pivot
      for (let column = i; column < n; column++) matrix[row]![column]! -= ratio * matrix[i]![column]!
      right[row]! -= ratio * right[i]!
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let column = i + 1; column < n; column++) right[i]! -= matrix[i]![column]! * right[column]!
    right[i]! /= matrix[i]![i]!
  }
  return right
}

function subsets(n: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]]
  const sets: number[][] = []
  for (let first = from; first <= n - size; first++) {
    for (const rest of subsets(n, size - 1, first + 1)) sets.push([first, ...rest])
  }
  return sets
}

function difference(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, k) => value - y[k]!)
}

function meanOf(rows: readonly Float64Array[], j: number): number {
  return rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!
  return sum
}
