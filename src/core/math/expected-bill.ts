import type { BuildingQp } from './building-qp.ts'

// A plan that hardly heats is measured against this share of full heat, and free heat against this much comfort.
const LEAST_SHARE = 0.05
const LEAST_K = 1e-3

/** Of the building solver's workspace, or of a plan. */
interface HeatAndLimit {
  readonly u: Float64Array
  readonly top: Float64Array
}

/**
 * What a gap is measured against, EUR: the heat of the plan at the price's amount. (The objective itself will not do:
 * the value of stored heat in it has an arbitrary origin.) Never zero.
 */
export function expectedBill(qp: BuildingQp, { u, top }: HeatAndLimit): number {
  let bill = 0
  for (let k = 0; k < qp.n; k++) bill += Math.abs(qp.price[k]) * u[k]
  return Math.max(bill, leastBill(qp, { top }))
}

/** The least that counts as a bill, EUR. */
export function leastBill(qp: BuildingQp, { top }: Pick<HeatAndLimit, 'top'>): number {
  const { n, price, w1Lo, w1Hi, w2Lo, w2Hi, terminal } = qp
  let full = 0
  let perK = n * (w2Lo + w2Hi) + Math.abs(terminal.p[0]) + Math.abs(terminal.p[1])
  for (let k = 0; k < n; k++) {
    full += Math.abs(price[k]) * top[k]
    perK += w1Lo[k] + w1Hi[k]
  }
  return Math.max(LEAST_SHARE * full, LEAST_K * perK) || 1
}
