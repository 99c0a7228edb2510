/**
 * The best piecewise-constant answer to a wish: at most `maxWrites` changes of value, fewest where that is as
 * good. Controllers bear a dozen writes a day, plans change every quarter-hour, so what is sent is the step
 * function nearest to the plan (dynamic programming over the last change, exact).
 *
 *   min  Σ_k weight_k (v_k − wish_k)²  +  writeCost · (number of changes)
 *
 * The value in force, `held`, costs no write while it stays.
 */
export interface Segments {
  /** The value of each slot. */
  readonly values: Float64Array
  /** Changes that the answer makes. */
  readonly writes: number
}

export interface SegmentProblem {
  readonly wish: Float64Array
  readonly weight: Float64Array
  readonly held: number
  /** How many changes may have been made by each slot, counted from now; never falls. */
  readonly available: Int32Array
  readonly writeCost: number
  readonly step: number
  readonly min: number
  readonly max: number
}

export function segments(problem: SegmentProblem): Segments {
  const { available, writeCost } = problem
  const n = problem.wish.length
  const levels = Math.min(available[n - 1] ?? 0, n)
  const width = n + 1
  const sums = prefixSums(problem)
  const cost = pieceCosts(problem, sums)
  // best[w·width + k]: least cost of slots 0..k−1 with w changes; from[...]: where the last segment began.
  const best = new Float64Array((levels + 1) * width).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array((levels + 1) * width).fill(-1)
  for (let k = 0; k <= n; k++) best[k] = costOf(sums, 0, k, problem.held)
  let fewest = 0
  for (let w = 1, first = 0; w <= levels; w++) {
    const before = (w - 1) * width
    // Every way with more changes costs at least the cheapest beginning and one write.
    if (leastOf(best, before, width) + writeCost >= best[fewest * width + n]) break
    // The w-th change would be made at slot j, of which none before `first` may be one.
    first = Math.max(first, w - 1)
    while (available[first] < w) first++
    for (let k = first + 1; k <= n; k++) {
      let least = Number.POSITIVE_INFINITY
      let begin = -1
      for (let j = first; j < k; j++) {
        const sum = best[before + j] + cost[k * width + j]
        if (sum < least - 1e-12) {
          least = sum
          begin = j
        }
      }
      best[w * width + k] = least + writeCost
      from[w * width + k] = begin
    }
    if (best[w * width + n] < best[fewest * width + n]) fewest = w
  }
  return readBack(problem, sums, from, fewest)
}

function leastOf(values: Float64Array, from: number, count: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let k = from; k < from + count; k++) if (values[k] < least) least = values[k]
  return least
}

/** Least cost of slots j..k−1 at one value, at k·(n+1)+j. */
function pieceCosts(problem: SegmentProblem, sums: Sums): Float64Array {
  const n = problem.wish.length
  const width = n + 1
  const cost = new Float64Array(width * width)
  for (let k = 1; k <= n; k++) {
    for (let j = 0; j < k; j++) cost[k * width + j] = costOf(sums, j, k, level(problem, sums, j, k))
  }
  return cost
}

interface Sums {
  readonly w: Float64Array
  readonly wv: Float64Array
  readonly wvv: Float64Array
}

function prefixSums({ wish, weight }: SegmentProblem): Sums {
  const n = wish.length
  const sums = { w: new Float64Array(n + 1), wv: new Float64Array(n + 1), wvv: new Float64Array(n + 1) }
  for (let k = 0; k < n; k++) {
    sums.w[k + 1] = sums.w[k] + weight[k]
    sums.wv[k + 1] = sums.wv[k] + weight[k] * wish[k]
    sums.wvv[k + 1] = sums.wvv[k] + weight[k] * wish[k] * wish[k]
  }
  return sums
}

function costOf(sums: Sums, j: number, k: number, value: number): number {
  const w = sums.w[k] - sums.w[j]
  const wv = sums.wv[k] - sums.wv[j]
  const wvv = sums.wvv[k] - sums.wvv[j]
  return Math.max(0, wvv - 2 * value * wv + value * value * w)
}

/** The best value of slots j..k−1 on the actuator's grid. */
function level(problem: SegmentProblem, sums: Sums, j: number, k: number): number {
  const w = sums.w[k] - sums.w[j]
  const mean = w > 0 ? (sums.wv[k] - sums.wv[j]) / w : problem.held
  const rounded = Math.round(mean / problem.step) * problem.step
  return Math.min(problem.max, Math.max(problem.min, rounded))
}

function readBack(problem: SegmentProblem, sums: Sums, from: Int32Array, writes: number): Segments {
  const n = problem.wish.length
  const values = new Float64Array(n)
  let k = n
  for (let w = writes; w > 0; w--) {
    const j = from[w * (n + 1) + k]
    values.fill(level(problem, sums, j, k), j, k)
    k = j
  }
  values.fill(problem.held, 0, k)
  return { values, writes }
}
