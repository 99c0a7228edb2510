import { SLOT_HOURS, SLOT_MS } from '../../domain/instant.ts'
import type { FlowFee } from '../../domain/tariff.ts'
import { isCounted } from './counted-months.ts'
import type { PrimaryFlow } from './return-fee.ts'

/** What a kelvin of spread carries, kWh in a cubic metre of water. */
const KWH_PER_M3_K = 1.163
/** A substation that cools its water by less is broken; its flow is then not priced beyond all measure. */
const LEAST_SPREAD_K = 5

/** What the water of a period is charged, EUR. */
export function flowFeeEur(
  { eurPerM3, months }: FlowFee,
  primary: Pick<PrimaryFlow, 'start' | 'flowM3h' | 'timeZone'>,
): number {
  let m3 = 0
  for (let k = 0; k < primary.flowM3h.length; k++) {
    if (isCounted(months, primary.start + k * SLOT_MS, primary.timeZone)) {
      m3 += primary.flowM3h[k] * SLOT_HOURS
    }
  }
  return eurPerM3 * m3
}

/** What the water behind a kilowatt-hour is charged at this spread of supply over return, EUR/kWh. */
export function flowEurPerKwh({ eurPerM3 }: FlowFee, spreadK: number): number {
  return eurPerM3 / (KWH_PER_M3_K * Math.max(LEAST_SPREAD_K, spreadK))
}
