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
  const n = problem.wish.length
  const levels = Math.min(problem.available[n - 1] ?? 0, n)
  const width = n + 1
  const pieces = allPieces(problem)
  // best[w·width + k]: least cost of slots 0..k−1 with w changes; from[...]: where the last segment began.
  const best = new Float64Array((levels + 1) * width).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array((levels + 1) * width).fill(-1)
  best.set(pieces.heldCost)
  for (let w = 1; w <= levels; w++) {
    const before = (w - 1) * width
    for (let k = w; k <= n; k++) {
      let least = Number.POSITIVE_INFINITY
      let begin = -1
      for (let j = w - 1; j < k; j++) {
        // The w-th change would be made at slot j.
        if (problem.available[j] < w) continue
        const cost = best[before + j] + pieces.cost[j * width + k]
        if (cost < least - 1e-12) {
          least = cost
          begin = j
        }
      }
      best[w * width + k] = least + problem.writeCost
      from[w * width + k] = begin
    }
  }
  return readBack(problem, pieces, best, from, levels)
}

interface Pieces {
  /** Cost of slots 0..k−1 at the held value. */
  readonly heldCost: Float64Array
  /** Least cost of slots j..k−1 at one value, and that value, at j·(n+1)+k. */
  readonly cost: Float64Array
  readonly value: Float64Array
}

function allPieces(problem: SegmentProblem): Pieces {
  const n = problem.wish.length
  const width = n + 1
  const sums = prefixSums(problem)
  const pieces = {
    heldCost: new Float64Array(width),
    cost: new Float64Array(width * width),
    value: new Float64Array(width * width),
  }
  for (let k = 0; k <= n; k++) pieces.heldCost[k] = costOf(sums, 0, k, problem.held)
  for (let j = 0; j < n; j++) {
    for (let k = j + 1; k <= n; k++) {
      const value = level(problem, sums, j, k)
      pieces.value[j * width + k] = value
      pieces.cost[j * width + k] = costOf(sums, j, k, value)
    }
  }
  return pieces
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

function readBack(
  p: SegmentProblem,
  pieces: Pieces,
  best: Float64Array,
  from: Int32Array,
  levels: number,
): Segments {
  const n = p.wish.length
  const width = n + 1
  let w = 0
  for (let other = 1; other <= levels; other++) if (best[other * width + n] < best[w * width + n]) w = other
  const writes = w
  const values = new Float64Array(n)
  let k = n
  while (w > 0) {
    const j = from[w * width + k]
    values.fill(pieces.value[j * width + k], j, k)
    k = j
    w--
  }
  values.fill(p.held, 0, k)
  return { values, writes }
}
