import type { Dense } from './dense.ts'

/**
 * One gate's place in Newton's system. Below it, heat answers prices by dz = r − E dλ; its limits, of curvature D, make
 * the price dλ = w + D dz, where w comes from the plant's side. Hence
 *
 *   dz = ρ(r − E w),  ρ(h) = h − E R K⁻¹ R h,  K = I + R E R,  R = √D,
 *
 * which stays exact where D is zero and sound where it is large: the branch has left the equations, and what is left
 * of its answer to prices is ρ E.
 */
export interface Joint {
  readonly n: number
  readonly dense: Dense
  /** E, all n × n of it. */
  readonly answer: Float64Array
  /** Steps whose limits are felt, and R there. */
  readonly felt: Int32Array
  readonly root: Float64Array
  /** Rows (U | U⁻ᵀ R E) with K = Uᵀ U; the second half only where the answer is passed on. */
  readonly factor: Float64Array
  /** Of the felt steps, how many they are; of the rows, and of their width, in multiples of four. */
  count: number
  rows: number
  width: number
}

// Curvature too small to steer by: what it leaves out of a step the next one finds. A branch is worth less trouble.
const NOT_FELT = 1e-5
const NOT_FELT_ON_BRANCH = 5e-2
// An answer that lost its definiteness to rounding is bent by this share of itself, and by ten times more if need be.
const FIRST_RIDGE = 1e-12

/** Numbers that a joint takes. */
export function jointSize(n: number): number {
  return n * n + upToFour(n) * (upToFour(n) + n)
}

export function createJoint(n: number, dense: Dense): Joint {
  const [felt, root] = [new Int32Array(n), new Float64Array(n)]
  const [answer, factor] = [dense.take(n * n), dense.take(upToFour(n) * (upToFour(n) + n))]
  return { n, dense, answer, felt, root, factor, count: 0, rows: 0, width: 0 }
}

/** Factors K; with `passes`, takes R E through the factor too. */
export function factorJoint(joint: Joint, bend: Float64Array, passes: boolean, dense: Dense): void {
  const { n, answer, felt, root } = joint
  const least = passes ? NOT_FELT_ON_BRANCH : NOT_FELT
  let m = 0
  for (let k = 0; k < n; k++) {
    if (!(bend[k] * answer[k * n + k] > least)) continue
    felt[m] = k
    root[m++] = Math.sqrt(bend[k])
  }
  joint.count = m
  joint.rows = upToFour(m)
  joint.width = joint.rows + (passes ? n : 0)
  if (m === 0) return
  for (let ridge = 0; ridge <= 1; ridge = ridge === 0 ? FIRST_RIDGE : 10 * ridge) {
    fillRows(joint, ridge, passes)
    if (dense.eliminate(joint.factor, joint.rows, joint.width)) return
  }
}

function fillRows(joint: Joint, ridge: number, passes: boolean): void {
  const { n, answer, felt, root, factor, count: m, rows, width } = joint
  for (let i = 0; i < rows; i++) {
    const to = i * width
    factor.fill(0, to, to + width)
    factor[to + i] = 1
    if (i >= m) continue
    const row = felt[i] * n
    for (let j = i; j < m; j++) factor[to + j] += root[i] * answer[row + felt[j]] * root[j]
    factor[to + i] += ridge * (factor[to + i] - 1)
    if (!passes) continue
    for (let k = 0; k < n; k++) factor[to + rows + k] = root[i] * answer[row + k]
  }
}

/** What is left of the answer to prices beyond the gate, into `passed`. */
export function passAnswer(
  { n, answer, factor, rows, width }: Joint,
  passed: Float64Array,
  dense: Dense,
): void {
  passed.set(answer)
  if (rows > 0) dense.removeSquare(factor, rows, width, n, passed)
}

/** h −= E w */
export function subtractAnswer({ dense, answer }: Joint, w: Float64Array, h: Float64Array): void {
  dense.subtractProduct(answer, w, h)
}

/** Replaces h by dz = ρ(h), and adds D dz to `price` where one is given. */
export function settle(joint: Joint, h: Float64Array, price?: Float64Array): void {
  const { n, dense, answer, felt, root, factor, count: m, rows, width } = joint
  if (m === 0) return
  const s = new Float64Array(rows)
  for (let i = 0; i < m; i++) s[i] = root[i] * h[felt[i]]
  dense.solve(factor, rows, width, s)
  const pull = new Float64Array(n)
  for (let i = 0; i < m; i++) {
    pull[felt[i]] = root[i] * s[i]
    if (price) price[felt[i]] += root[i] * s[i]
  }
  subtractAnswer(joint, pull, h)
  // What a limit holds still is a small difference of large numbers above, but not as R dz = s.
  for (let i = 0; i < m; i++) {
    const k = felt[i]
    if (root[i] * root[i] * answer[k * n + k] > 1) h[k] = s[i] / root[i]
  }
}

function upToFour(count: number): number {
  return Math.ceil(count / 4) * 4
}
