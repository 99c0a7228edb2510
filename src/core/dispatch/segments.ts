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
  readonly maxWrites: number
  readonly writeCost: number
  readonly step: number
  readonly min: number
  readonly max: number
}

export function segments(problem: SegmentProblem): Segments {
  const n = problem.wish.length
  const sums = prefixSums(problem)
  const levels = Math.min(problem.maxWrites, n)
  const width = n + 1
  // best[w·width + k]: least cost of slots 0..k−1 with w changes; from[...]: where the last segment began.
  const best = new Float64Array((levels + 1) * width).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array((levels + 1) * width).fill(-1)
  for (let k = 0; k <= n; k++) best[k] = costOf(sums, 0, k, problem.held)
  for (let w = 1; w <= levels; w++) {
    for (let k = w; k <= n; k++) {
      for (let j = w - 1; j < k; j++) {
        const before = best[(w - 1) * width + j]
        if (before === Number.POSITIVE_INFINITY) continue
        const cost = before + problem.writeCost + costOf(sums, j, k, level(problem, sums, j, k))
        if (cost < best[w * width + k] - 1e-12) {
          best[w * width + k] = cost
          from[w * width + k] = j
        }
      }
    }
  }
  return readBack(problem, sums, best, from, levels)
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
  sums: Sums,
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
    values.fill(level(p, sums, j, k), j, k)
    k = j
    w--
  }
  values.fill(p.held, 0, k)
  return { values, writes }
}
