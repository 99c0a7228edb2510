import { type Instant, SLOT_MS } from '../../domain/instant.ts'
import type { ReturnFee } from '../../domain/tariff.ts'
import { isCounted } from './counted-months.ts'

/** Bonus (below zero) or fee at a flow-weighted primary return temperature, as a share of the price of energy. */
export function returnShare(fee: ReturnFee, returnC: number): number {
  const offK = returnC - fee.neutralC
  const countedK = Math.sign(offK) * Math.max(0, Math.abs(offK) - fee.bandK)
  const percent = Math.max(-fee.mostPercent, Math.min(fee.mostPercent, fee.percentPerK * countedK))
  return percent / 100
}

export interface PrimaryFlow {
  readonly start: Instant
  readonly flowM3h: Float64Array
  /** Flow times its return temperature. */
  readonly flowReturn: Float64Array
  readonly timeZone: string
}

/** Return temperature weighted by flow over the months that count, °C; `NaN` where nothing flowed. */
export function flowWeightedReturnC(months: readonly number[] | undefined, primary: PrimaryFlow): number {
  let flow = 0
  let heat = 0
  for (let k = 0; k < primary.flowM3h.length; k++) {
    if (!isCounted(months, primary.start + k * SLOT_MS, primary.timeZone)) continue
    flow += primary.flowM3h[k]
    heat += primary.flowReturn[k]
  }
  return flow > 0 ? heat / flow : Number.NaN
}
