/**
 * The cheapest deviation of one building's heat from a schedule whose whole future is known:
 *
 *   min  Σ price_k u_k − endValue'x_n
 *   s.t. x_{k+1} = keep ∘ x_k + (1 − keep) u_k,   x_0 = 0
 *        least_k − leastPerK mean'x_k  ≤  u_k  ≤  most_k − mostPerK mean'x_k
 *        Σ_k Σ_terms share φ(edge_k − gain_k'x_{k+1})  ≤  budget_i      for each limit i of comfort
 *
 * with φ(v) = max(0, v). x are the modes of the building's response, u is in kW.
 */
export interface ForesightProblem {
  readonly n: number
  readonly keep: Float64Array
  /** EUR for one kW held for a step. */
  readonly price: Float64Array
  /** EUR a kW of each mode at the end. */
  readonly endValue: Float64Array
  readonly least: Float64Array
  readonly most: Float64Array
  /** Deviation of the mean room, K a kW of each mode. */
  readonly mean: Float64Array
  readonly leastPerK: number
  readonly mostPerK: number
  readonly limits: readonly ComfortLimit[]
}

/** Kelvins beyond an edge, summed over slots: the count, and what it may come to. */
export interface ComfortLimit {
  readonly budget: number
  readonly terms: readonly ComfortTerm[]
}

/** φ(edgeK_k − gain_k'x): one room, or one percentile of rooms, against one edge. */
export interface ComfortTerm {
  readonly edgeK: Float64Array
  /** K a kW, slot by slot and mode by mode: whose room it is may change with the slot. */
  readonly gain: Float64Array
  readonly share: number
}

export interface ForesightPlan {
  /** Deviation of heat, kW a slot. */
  readonly u: Float64Array
  /** Modes after each slot, slot by slot. */
  readonly x: Float64Array
}

/** Where no heat is moved. */
export function restingPlan({ n, keep }: ForesightProblem): ForesightPlan {
  return { u: new Float64Array(n), x: new Float64Array(n * keep.length) }
}

/** What the plan costs more than none, EUR; heat left at the end is worth something. */
export function planCost({ n, price, endValue, keep }: ForesightProblem, { u, x }: ForesightPlan): number {
  let sum = 0
  for (let k = 0; k < n; k++) sum += price[k]! * u[k]!
  for (let j = 0; j < keep.length; j++) sum -= endValue[j]! * x[(n - 1) * keep.length + j]!
  return sum
}

/** What a limit counts under a plan. */
export function countOf({ n, keep }: ForesightProblem, { terms }: ComfortLimit, x: Float64Array): number {
  let sum = 0
  for (const term of terms) {
    for (let k = 0; k < n; k++) sum += term.share * Math.max(0, beyondK(term, x, k, keep.length))
  }
  return sum
}

/** How far beyond its edge a term is after slot k, K; negative inside. */
export function beyondK({ edgeK, gain }: ComfortTerm, x: Float64Array, k: number, modes: number): number {
  let v = edgeK[k]!
  for (let j = k * modes; j < (k + 1) * modes; j++) v -= gain[j]! * x[j]!
  return v
}

/** How far u_k is from the least and from the most heat, kW. */
export function roomKw(
  problem: ForesightProblem,
  { u, x }: ForesightPlan,
  k: number,
): readonly [number, number] {
  const { keep, mean, least, most, leastPerK, mostPerK } = problem
  const m = keep.length
  let warmerK = 0
  if (k > 0) for (let j = 0; j < m; j++) warmerK += mean[j]! * x[(k - 1) * m + j]!
  return [u[k]! - least[k]! + leastPerK * warmerK, most[k]! - mostPerK * warmerK - u[k]!]
}
