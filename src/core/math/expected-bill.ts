import type { BuildingQp } from './building-qp.ts'
import type { Workspace } from './workspace.ts'

// A plan that hardly heats is measured against this share of full heat, and free heat against this much comfort.
const LEAST_SHARE = 0.05
const LEAST_K = 1e-3

/**
 * What a gap is measured against, EUR: the heat of the plan at the price's amount. (The objective itself will not do:
 * the value of stored heat in it has an arbitrary origin.) Never zero.
 */
export function expectedBill(qp: BuildingQp, ws: Workspace): number {
  const { n, price, w1Lo, w1Hi, w2Lo, w2Hi, terminal } = qp
  let bill = 0
  let full = 0
  let perK = n * (w2Lo + w2Hi) + Math.abs(terminal.p[0]) + Math.abs(terminal.p[1])
  for (let k = 0; k < n; k++) {
    const amount = Math.abs(price[k])
    bill += amount * ws.u[k]
    full += amount * ws.top[k]
    perK += w1Lo[k] + w1Hi[k]
  }
  return Math.max(bill, LEAST_SHARE * full, LEAST_K * perK) || 1
}
