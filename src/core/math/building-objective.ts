import { type BuildingQp, NO_LAG } from './building-qp.ts'
import { peakOf } from './peak-term.ts'

interface Plan {
  readonly u: Float64Array
  readonly ti: Float64Array
  readonly tm: Float64Array
}

/** The objective of a plan and the sums of its violations of the band. */
export function buildingObjective(qp: BuildingQp, { u, ti, tm }: Plan) {
  const { n, price, wr, terminal } = qp
  const { discomfort, slackLo, slackHi } = discomfortOf(qp, ti)
  let objective = discomfort
  const { keep, take, q0, endEurPerKw } = qp.emitter ?? NO_LAG
  let before = qp.u0
  let q = q0
  for (let k = 0; k < n; k++) {
    const change = u[k] - before
    objective += price[k] * u[k] + 0.5 * wr * change * change
    before = u[k]
    q = keep * q + take * u[k]
  }
  objective += endEurPerKw * q
  if (qp.peak) objective += qp.peak.eurPerKw * peakOf(qp.peak, u, n)
  const [p1, p2] = terminal.p
  const [P11, P12, P22] = terminal.P
  const e1 = ti[n - 1] - terminal.r[0]
  const e2 = tm[n - 1] - terminal.r[1]
  objective += p1 * ti[n - 1] + p2 * tm[n - 1] + 0.5 * (P11 * e1 * e1 + 2 * P12 * e1 * e2 + P22 * e2 * e2)
  return { objective, slackLo, slackHi }
}

/** What the violations of the band cost, EUR, and their sums. */
function discomfortOf(qp: BuildingQp, ti: Float64Array) {
  const { n, lo, hi, w1Lo, w1Hi, w2Lo, w2Hi } = qp
  let slackLo = 0
  let slackHi = 0
  let discomfort = 0
  for (let k = 0; k < n; k++) {
    const s = Math.max(0, lo[k] - ti[k])
    const t = Math.max(0, ti[k] - hi[k])
    discomfort += s * (w1Lo[k] + 0.5 * w2Lo * s) + t * (w1Hi[k] + 0.5 * w2Hi * t)
    slackLo += s
    slackHi += t
  }
  return { discomfort, slackLo, slackHi }
}
