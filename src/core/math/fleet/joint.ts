import { factorCholesky, solveCholesky } from '../cholesky.ts'

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
  /** E, all n × n of it. */
  readonly answer: Float64Array
  /** Steps whose limits are felt, R there, K's factor, and L⁻¹ R E where it was asked for. */
  readonly felt: Int32Array
  readonly root: Float64Array
  readonly factor: Float64Array
  readonly reach: Float64Array
  /** ρ E, where it was asked for. */
  readonly passed: Float64Array
  count: number
}

// Curvature that changes nothing within the digits we have.
const NOT_FELT = 1e-14
// An answer that lost its definiteness to rounding is bent by this share of itself, and by ten times more if need be.
const FIRST_RIDGE = 1e-12

export function createJoint(n: number): Joint {
  const [felt, root] = [new Int32Array(n), new Float64Array(n)]
  const square = () => new Float64Array(n * n)
  return { n, answer: square(), felt, root, factor: square(), reach: square(), passed: square(), count: 0 }
}

export function factorJoint(joint: Joint, bend: Float64Array): void {
  const { n, answer, felt, root, factor } = joint
  let m = 0
  for (let k = 0; k < n; k++) {
    if (!(bend[k] * answer[k * n + k] > NOT_FELT)) continue
    felt[m] = k
    root[m++] = Math.sqrt(bend[k])
  }
  joint.count = m
  for (let ridge = 0; ; ridge = ridge === 0 ? FIRST_RIDGE : 10 * ridge) {
    for (let i = 0; i < m; i++) {
      const row = felt[i] * n
      for (let j = 0; j < i; j++) factor[i * m + j] = root[i] * answer[row + felt[j]] * root[j]
      factor[i * m + i] = 1 + (1 + ridge) * root[i] * answer[row + felt[i]] * root[i]
    }
    if (factorCholesky(factor, m) || ridge > 1) return
  }
}

/** What is left of the answer to prices beyond the gate. */
export function passAnswer(joint: Joint): void {
  const { n, answer, felt, root, factor, reach, passed, count: m } = joint
  for (let i = 0; i < m; i++) {
    const to = i * n
    for (let k = 0; k < n; k++) reach[to + k] = root[i] * answer[felt[i] * n + k]
    for (let j = 0; j < i; j++) subtractRow(reach, to, factor[i * m + j], j * n, n)
    const inverse = 1 / factor[i * m + i]
    for (let k = 0; k < n; k++) reach[to + k] *= inverse
  }
  passed.set(answer)
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < n; i++) {
      const scale = reach[j * n + i]
      const to = i * n
      for (let k = 0; k < n; k++) passed[to + k] -= scale * reach[j * n + k]
    }
  }
}

function subtractRow(rows: Float64Array, to: number, scale: number, from: number, n: number): void {
  for (let k = 0; k < n; k++) rows[to + k] -= scale * rows[from + k]
}

/** h −= E w */
export function subtractAnswer({ n, answer }: Joint, w: Float64Array, h: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let k = 0; k < n; k++) sum += answer[i * n + k] * w[k]
    h[i] -= sum
  }
}

/** Replaces h by dz = ρ(h), and adds D dz to `price` where one is given. */
export function settle(joint: Joint, h: Float64Array, price?: Float64Array): void {
  const { n, answer, felt, root, factor, count: m } = joint
  const s = new Float64Array(m)
  for (let i = 0; i < m; i++) s[i] = root[i] * h[felt[i]]
  solveCholesky(factor, m, s)
  for (let i = 0; i < m; i++) {
    const pull = root[i] * s[i]
    const row = felt[i] * n
    for (let k = 0; k < n; k++) h[k] -= pull * answer[row + k]
    if (price) price[felt[i]] += pull
  }
  // What a limit holds still is a small difference of large numbers above, but not as R dz = s.
  for (let i = 0; i < m; i++) {
    const k = felt[i]
    if (root[i] * root[i] * answer[k * n + k] > 1) h[k] = s[i] / root[i]
  }
}
