import type { BuildingQp } from '../building-qp.ts'
import type { Workspace } from '../workspace.ts'
import type { Way } from './ways.ts'

/** answer += −du/dprice of a factored building, as it counts at its gate; the upper half in its own order of time. */
export function addPriceResponse(qp: BuildingQp, ws: Workspace, way: Way, answer: Float64Array): void {
  const { n } = qp
  const [a11, a12, a21, a22] = qp.a
  const [b1, b2] = qp.b
  const { k1, k2, k3, iq } = ws
  const square = way.scale * way.scale
  const first = (n - way.shift) % n
  // The answer is the covariance of u in the closed loop driven by noise of variance 1/Q at the heat; X is the state's.
  let X11 = 0
  let X12 = 0
  let X13 = 0
  let X22 = 0
  let X23 = 0
  let X33 = 0
  for (let j = 0, row = first; j < n; j++, row = row + 1 === n ? 0 : row + 1) {
    const c1 = X11 * k1[j] + X12 * k2[j] + X13 * k3[j]
    const c2 = X12 * k1[j] + X22 * k2[j] + X23 * k3[j]
    const c3 = X13 * k1[j] + X23 * k2[j] + X33 * k3[j]
    const variance = k1[j] * c1 + k2[j] * c2 + k3[j] * c3 + iq[j]
    let x = a11 * c1 + a12 * c2 + b1 * variance
    let y = a21 * c1 + a22 * c2 + b2 * variance
    let v = variance
    const A1 = a11 * X11 + a12 * X12 + b1 * c1
    const A2 = a11 * X12 + a12 * X22 + b1 * c2
    const B1 = a21 * X11 + a22 * X12 + b2 * c1
    const B2 = a21 * X12 + a22 * X22 + b2 * c2
    X11 = a11 * A1 + a12 * A2 + b1 * x
    X12 = a21 * A1 + a22 * A2 + b2 * x
    X22 = a21 * B1 + a22 * B2 + b2 * y
    X13 = x
    X23 = y
    X33 = v
    answer[row * n + row] += square * variance
    for (let i = j + 1, at = row + 1 === n ? 0 : row + 1; i < n; i++, at = at + 1 === n ? 0 : at + 1) {
      v = k1[i] * x + k2[i] * y + k3[i] * v
      answer[row * n + at] += square * v
      const next = a11 * x + a12 * y + b1 * v
      y = a21 * x + a22 * y + b2 * v
      x = next
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
