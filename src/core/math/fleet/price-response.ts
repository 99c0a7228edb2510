import { type BuildingQp, NO_LAG } from '../building-qp.ts'
import type { Workspace } from '../workspace.ts'
import type { Way } from './ways.ts'

/** answer += −du/dprice of a factored building, as it counts at its gate; the upper half in its own order of time. */
export function addPriceResponse(qp: BuildingQp, ws: Workspace, way: Way, answer: Float64Array): void {
  const { n } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { toTi: a14, toTm: a24, keep: a44, take: b4 } = qp.emitter ?? NO_LAG
  const { k1, k2, k3, k4, iq } = ws
  const square = way.scale * way.scale
  const first = (n - way.shift) % n
  // The answer is the covariance of u in the closed loop driven by noise of variance 1/Q at the heat; X is the state's.
  let [X11, X12, X13, X14, X22, X23, X24, X33, X34, X44] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let j = 0, row = first; j < n; j++, row = row + 1 === n ? 0 : row + 1) {
    const c1 = X11 * k1[j] + X12 * k2[j] + X13 * k3[j] + X14 * k4[j]
    const c2 = X12 * k1[j] + X22 * k2[j] + X23 * k3[j] + X24 * k4[j]
    const c3 = X13 * k1[j] + X23 * k2[j] + X33 * k3[j] + X34 * k4[j]
    const c4 = X14 * k1[j] + X24 * k2[j] + X34 * k3[j] + X44 * k4[j]
    let v = k1[j] * c1 + k2[j] * c2 + k3[j] * c3 + k4[j] * c4 + iq[j]
    answer[row * n + row] += square * v
    let x = a11 * c1 + a12 * c2 + a14 * c4 + b1 * v
    let y = a21 * c1 + a22 * c2 + a24 * c4 + b2 * v
    let q = a44 * c4 + b4 * v
    const A1 = a11 * X11 + a12 * X12 + a14 * X14 + b1 * c1
    const A2 = a11 * X12 + a12 * X22 + a14 * X24 + b1 * c2
    const A4 = a11 * X14 + a12 * X24 + a14 * X44 + b1 * c4
    const B1 = a21 * X11 + a22 * X12 + a24 * X14 + b2 * c1
    const B2 = a21 * X12 + a22 * X22 + a24 * X24 + b2 * c2
    const B4 = a21 * X14 + a22 * X24 + a24 * X44 + b2 * c4
    X44 = a44 * (a44 * X44 + b4 * c4) + b4 * q
    X11 = a11 * A1 + a12 * A2 + a14 * A4 + b1 * x
    X12 = a21 * A1 + a22 * A2 + a24 * A4 + b2 * x
    X22 = a21 * B1 + a22 * B2 + a24 * B4 + b2 * y
    X14 = a44 * A4 + b4 * x
    X24 = a44 * B4 + b4 * y
    X13 = x
    X23 = y
    X33 = v
    X34 = q
    for (let i = j + 1, at = row + 1 === n ? 0 : row + 1; i < n; i++, at = at + 1 === n ? 0 : at + 1) {
      v = k1[i] * x + k2[i] * y + k3[i] * v + k4[i] * q
      answer[row * n + at] += square * v
      const next = a11 * x + a12 * y + a14 * q + b1 * v
      y = a21 * x + a22 * y + a24 * q + b2 * v
      x = next
      q = a44 * q + b4 * v
    }
  }
  if (qp.peak) addPeakResponse(n, ws, way, answer)
}

/** What the peak adds by following prices, see `peak-term.ts`; once a pair of steps as well. */
function addPeakResponse(n: number, { ue, peak }: Workspace, way: Way, answer: Float64Array): void {
  const square = (way.scale * way.scale) / peak.pivot
  const first = (n - way.shift) % n
  for (let j = 0, row = first; j < n; j++, row = row + 1 === n ? 0 : row + 1) {
    for (let i = j, at = row; i < n; i++, at = at + 1 === n ? 0 : at + 1) {
      answer[row * n + at] += square * ue[j] * ue[i]
    }
  }
}

/** Each pair of steps was written once, on one side or the other of the diagonal; makes both sides the whole. */
export function symmetrise(answer: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const both = answer[i * n + j] + answer[j * n + i]
      answer[i * n + j] = both
      answer[j * n + i] = both
    }
  }
}
