import { beyondK, type ComfortTerm, type ForesightProblem, roomKw } from './foresight-problem.ts'

/** Where the solver stands: a plan, the kelvins that it counts, and every inequality with its multiplier. */
export type ForesightIterate = ReturnType<typeof startForesight>

/** The comfort terms of all limits in a row, each with its limit. */
export interface Row extends ComfortTerm {
  readonly limit: number
}

/** A generous share for each kelvin's variable, K: budgets are overdrawn at first, and met on the way. */
const SPARE_K = 0.3

/** The plan that moves nothing. Kelvins beyond an edge are variables s ≥ 0, s ≥ v. */
export function startForesight(problem: ForesightProblem, mu: number) {
  const { n, keep, limits } = problem
  const rows: Row[] = limits.flatMap(({ terms }, limit) => terms.map((term) => ({ ...term, limit })))
  const each = () => new Float64Array(n)
  const perTerm = () => new Float64Array(rows.length * n)
  const perLimit = () => new Float64Array(limits.length)
  const iterate = {
    rows,
    u: each(),
    x: new Float64Array(n * keep.length),
    s: perTerm(),
    // Distances to the inequalities, and their multipliers: heat, kelvins and budgets.
    ...{ below: each(), above: each(), over: perTerm(), left: perLimit() },
    ...{ zBelow: each(), zAbove: each(), zS: perTerm(), zOver: perTerm(), zLeft: perLimit() },
    // What a budget and its kelvins are still apart.
    apart: perLimit(),
  }
  rows.forEach((row, t) => {
    for (let k = 0; k < n; k++) iterate.s[t * n + k] = Math.max(0, row.edgeK[k]!) + SPARE_K
    iterate.left[row.limit]! += SPARE_K * row.share * n
  })
  measure(problem, iterate)
  for (const [distance, z] of pairs(iterate)) for (let k = 0; k < z.length; k++) z[k] = mu / distance[k]!
  return iterate
}

/** Each kind of inequality: its distances and its multipliers. */
export function pairs(
  iterate: Pick<
    ForesightIterate,
    'below' | 'above' | 's' | 'over' | 'left' | 'zBelow' | 'zAbove' | 'zS' | 'zOver' | 'zLeft'
  >,
): [Float64Array, Float64Array][] {
  const { below, above, s, over, left, zBelow, zAbove, zS, zOver, zLeft } = iterate
  return [
    [below, zBelow],
    [above, zAbove],
    [s, zS],
    [over, zOver],
    [left, zLeft],
  ]
}

/** Distances to the limits of heat and of kelvins, and what budgets are apart, from u, x, s and left. */
export function measure(
  problem: ForesightProblem,
  iterate: Pick<ForesightIterate, 'rows' | 'u' | 'x' | 's' | 'below' | 'above' | 'over' | 'left' | 'apart'>,
): void {
  const { n, keep, limits } = problem
  const { rows, u, x, s, below, above, over, left, apart } = iterate
  for (let k = 0; k < n; k++) {
    const [toLeast, toMost] = roomKw(problem, { u, x }, k)
    below[k] = toLeast
    above[k] = toMost
  }
  for (let i = 0; i < left.length; i++) apart[i] = limits[i]!.budget - left[i]!
  rows.forEach((row, t) => {
    for (let k = 0; k < n; k++) {
      const j = t * n + k
      over[j] = s[j]! - beyondK(row, x, k, keep.length)
      apart[row.limit]! -= row.share * s[j]!
    }
  })
}

export function countRows({ u, s, left }: ForesightIterate): number {
  return 2 * u.length + 2 * s.length + left.length
}
